"""The plan of a class: what it will do, in order. The first `pace` items are open to learners."""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from ...models import Classroom, Exercise, Item, Scenario
from ..errors import Problem, Refused
from .writing import changing, store

MOST_ITEMS = 60

Planned = Sequence[Scenario | Exercise]


def append_items(classroom: Classroom, planned: Planned) -> list[Item]:
    """At the end of the plan; what stands there already stands there once."""
    known = {(item.scenario_id, item.exercise_id) for item in classroom.plan.filter(lab=None)}
    place = classroom.plan.count()
    items: list[Item] = []
    for what in planned:
        found = {"exercise": what} if isinstance(what, Exercise) else {"scenario": what}
        item = Item(classroom=classroom, order=place + len(items), **found)
        if (item.scenario_id, item.exercise_id) not in known:
            known.add((item.scenario_id, item.exercise_id))
            items.append(item)
    if place + len(items) > MOST_ITEMS:
        raise Refused(Problem("plan_full", "items"), code=409)
    return Item.objects.bulk_create(items)


def add_items(classroom_id: str, planned: Planned) -> None:
    if not planned:
        raise Refused(Problem("plan_empty", "items"))
    with changing(classroom_id) as classroom:
        if not append_items(classroom, planned):
            raise Refused(Problem("plan_known", "items"), code=409)
        store(classroom)


def remove_item(classroom_id: str, item_id: int) -> None:
    """Out of the plan. What learners did in it stays in the report; what they do now is not taken from under them."""
    with changing(classroom_id) as classroom:
        item = item_of(classroom, item_id)
        if classroom.mode == Classroom.WORK and classroom.item_id == item.pk:
            raise Refused(Problem("item_now", "item"), code=409)
        if classroom.plan.count() == 1:
            raise Refused(Problem("plan_last", "item"), code=409)
        _take_out(classroom, item)
        if item.order < classroom.pace:
            classroom.pace = max(1, classroom.pace - 1)
        if classroom.item_id == item.pk:
            classroom.item = classroom.plan.first()
        store(classroom, "pace", "item")


def _take_out(classroom: Classroom, item: Item) -> None:
    item.removed = timezone.now()
    item.save(update_fields=["removed"])
    item.cells.update(rv=classroom.rv)
    item.misconceptions.update(rv=classroom.rv)
    _number(classroom, list(classroom.plan))


def move_item(classroom_id: str, item_id: int, by: int) -> None:
    """So many places later; earlier if *by* is negative. At either end it stays where it is."""
    with changing(classroom_id) as classroom:
        item = item_of(classroom, item_id)
        plan = list(classroom.plan)
        plan.remove(item)
        plan.insert(max(0, item.order + by), item)
        _number(classroom, plan)
        store(classroom)


def _number(classroom: Classroom, plan: list[Item]) -> None:
    """Far away first: no two stand in one place even for a moment."""
    classroom.plan.update(order=F("order") + 10 * MOST_ITEMS)
    for place, item in enumerate(plan):
        item.order = place
    Item.objects.bulk_update(plan, ["order"])


def item_of(classroom: Classroom, item_id: int) -> Item:
    item = classroom.plan.filter(pk=item_id).first()
    if item is None:
        raise Refused(Problem("item_gone", "item"), code=404)
    return item
