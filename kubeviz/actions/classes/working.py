"""A learner's own lab for an item of the plan; how they get on in it, kept as it changes."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.utils import timezone

from ... import queries
from ...engine import aimed_at
from ...models import Attempt, Cell, Classroom, Item, Lab, Misled, Seat, Trace
from ...wording import LANGUAGES, say
from ..attempts import attempt_changed, start
from ..errors import Problem, Refused
from ..labs import copy_lab, open_lab, reset
from .seats import seat_of
from .writing import changing


def begin(classroom_id: str, seat_id: int, item_id: int | None = None) -> Cell:
    """The learner's cell for this item, with a lab to work in; the same again however often it is asked for."""
    seat = Seat.objects.select_related("classroom").filter(pk=seat_id, removed=None).first()
    if seat is None:
        raise Refused("seat_gone", code=404)
    item = _open_item(seat.classroom, item_id or seat.classroom.item_id)
    cell = Cell.objects.select_related("lab").filter(seat=seat, item=item).first()
    if cell is not None and cell.lab_id is not None and seat.lab_id == cell.lab_id:
        return cell
    lab = (cell.lab if cell else None) or _new_lab(item, seat.learner)
    with changing(classroom_id) as classroom:
        cell, _ = Cell.objects.get_or_create(seat=seat, item=item, defaults={"classroom": classroom})
        cell.lab, cell.rv = lab, classroom.rv
        cell.save(update_fields=["lab", "rv"])
        Seat.objects.filter(pk=seat.pk).update(lab=lab, rv=classroom.rv)
    return cell


def _open_item(classroom: Classroom, item_id: int | None) -> Item:
    item = classroom.plan.select_related("scenario", "exercise", "lab").filter(pk=item_id or 0).first()
    if item is None or item.order >= classroom.pace:
        raise Refused(Problem("item_shut", "item"), code=404)
    return item


def _new_lab(item: Item, learner: str) -> Lab:
    if item.exercise is not None:
        attempt = start(item.exercise, learner)
        assert attempt.lab is not None
        return attempt.lab
    if item.lab is not None:
        return copy_lab(item.lab, learner)
    if item.scenario is None:
        raise Refused(Problem("item_gone", "item"), code=404)
    return open_lab(item.scenario, learner)


def reset_learner(classroom_id: str, seat_id: int) -> None:
    """The lab that this learner is in starts afresh; they can undo it like anything else."""
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
    if seat.lab_id is None:
        raise Refused(Problem("no_lab_yet", "seat"), code=409)
    reset(seat.lab_id, who=seat.learner)


# ── the overview ──


@receiver(attempt_changed)
def note_attempt(attempt: Attempt, **_: Any) -> None:
    """An exercise was begun or graded: the learner's cell in every class that plans it."""
    seats = Seat.objects.filter(learner=attempt.learner, removed=None, classroom__closed=None)
    planned = Item.objects.filter(exercise=attempt.exercise, removed=None)
    for seat in seats.filter(classroom__in=planned.values("classroom")):
        with changing(seat.classroom_id) as classroom:
            item = classroom.plan.filter(exercise=attempt.exercise).first()
            if item is None:  # taken out of the plan this very moment
                continue
            values = {**_standing(attempt), "classroom": classroom, "rv": classroom.rv}
            Cell.objects.update_or_create(seat=seat, item=item, defaults=values)
    if attempt.lab is not None and attempt.result.get("traces"):
        note_traces(attempt.lab, list(Trace.objects.filter(pk__in=attempt.result["traces"])))


def _standing(attempt: Attempt) -> dict[str, Any]:
    failing = [check["id"] for check in attempt.result.get("checks", ()) if not check["passed"]]
    solved = attempt.state == Attempt.SOLVED
    working = Cell.FAILING if attempt.submissions and failing else Cell.WORKING
    return {
        "lab": attempt.lab,
        "state": Cell.SOLVED if solved else working,
        "failing": [] if solved else failing,
        "hints": len(attempt.hints),
        "score": attempt.score,
        "tries": attempt.submissions,
        "started": attempt.started,
        "solved": attempt.solved,
    }


def note_traces(lab: Lab, traces: Sequence[Trace]) -> None:
    """A learner of a class sent requests: those that failed count in the misconception of their reason and target."""
    failed = [trace for trace in traces if trace.result["verdict"] != "delivered"]
    if not failed:
        return
    cell = Cell.objects.filter(lab=lab, seat__removed=None, classroom__closed=None).select_related("seat").first()
    if cell is None:
        return
    cluster = queries.snapshot(lab)
    found = {(t.result["reason"], aimed_at(cluster, t.result["request"]["url"])): t for t in failed}
    known = Misled.objects.filter(seat=cell.seat_id, misconception__item=cell.item_id)
    new = set(found) - set(known.values_list("misconception__reason", "misconception__target"))
    if new:
        with changing(cell.classroom_id) as classroom:
            for mistake in sorted(new):
                _misled(classroom, cell, mistake, found[mistake])


def _misled(classroom: Classroom, cell: Cell, mistake: tuple[str, str], trace: Trace) -> None:
    reason, target = mistake
    known = classroom.misconceptions
    row, _ = known.get_or_create(item_id=cell.item_id, reason=reason, target=target)
    try:
        with transaction.atomic():
            Misled.objects.create(misconception=row, seat=cell.seat)
    except IntegrityError:
        return
    row.count += 1
    row.trace, row.rv = trace, classroom.rv
    row.said = {language: say(trace.result, language)["reason"] for language in LANGUAGES}
    row.save(update_fields=["count", "said", "trace", "rv"])


def solve_scenario(classroom_id: str, seat_id: int, item_id: int, done: bool) -> None:
    """A scenario has no checks: its learner says when they are through."""
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        cell = Cell.objects.filter(seat=seat, item=item_id, item__exercise=None).first()
        if cell is None:
            raise Refused(Problem("item_shut", "item"), code=404)
        cell.state = Cell.SOLVED if done else Cell.WORKING
        cell.solved, cell.rv = timezone.now() if done else None, classroom.rv
        cell.save(update_fields=["state", "solved", "rv"])
