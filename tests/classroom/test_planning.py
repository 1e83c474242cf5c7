"""The plan of a class after it was opened: more of it, less of it, in another order; and who is here to do it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kubeviz import queries
from kubeviz.actions import Refused, classes
from kubeviz.graph import apply
from kubeviz.management.commands.prepare import load_fixtures
from kubeviz.models import Cell, Classroom, Lesson, Seat
from kubeviz.queries.classrooms import STAFF
from tests.classes import as_instructor, do, fresh, open_class, scenario, seat_of, sits_in, state

pytestmark = pytest.mark.django_db

THREE = ("snackbar", "snackbar-nodeport", "snackbar-loadbalancer")


@pytest.fixture
def classroom() -> Classroom:
    return open_class(slugs=THREE)


def plan(classroom: Classroom) -> list[str]:
    return [item.scenario.slug for item in classroom.plan if item.scenario]


MOVES = [
    ("the last earlier", 2, "earlier", (0, 2, 1)),
    ("the first later", 0, "later", (1, 0, 2)),
    ("the first earlier stays", 0, "earlier", (0, 1, 2)),
    ("the last later stays", 2, "later", (0, 1, 2)),
]


@pytest.mark.parametrize(("which", "deed", "order"), [r[1:] for r in MOVES], ids=[r[0] for r in MOVES])
def test_an_item_moves_by_one_place(classroom, which, deed, order):
    item = list(classroom.plan)[which]
    assert do(as_instructor(), classroom, deed, item=item.pk).status_code == 200
    assert plan(classroom) == [THREE[n] for n in order]
    assert [item.order for item in classroom.plan] == [0, 1, 2]


def test_what_is_added_stands_at_the_end_closed_and_only_once(classroom):
    scenario("snackbar-empty-endpoints")
    sent = {"items": ["scenario/snackbar", "scenario/snackbar-empty-endpoints"]}
    teacher = as_instructor()
    assert do(teacher, classroom, "add_items", **sent).status_code == 200
    assert plan(classroom) == [*THREE, "snackbar-empty-endpoints"]
    shown = state(teacher, classroom)["class"]["items"]
    assert [item["open"] for item in shown] == [True, False, False, False]
    again = do(teacher, classroom, "add_items", **sent)
    assert again.status_code == 409
    assert " " in again.json()["errors"][0]["message"]


def test_a_whole_lesson_is_its_scenario_and_its_exercises():
    load_fixtures()
    lesson = Lesson.objects.filter(state="published", exercises__state="published").order_by("order", "pk")[0]
    found = as_instructor().post("/classes/", {"name": "3반", "items": f"lesson/{lesson.slug}"})
    assert found.status_code == 302
    planned = [item.exercise or item.scenario for item in Classroom.objects.get(name="3반").plan]
    assert planned == [lesson.scenario, *queries.learning.exercises_of(lesson)]


def test_what_is_taken_out_leaves_every_page_and_stays_in_the_report(classroom):
    classes.set_pace(classroom.pk, 3)
    ada = seat_of(sits_in(classroom, "Ada"), classroom)
    second = list(classroom.plan)[1]
    classes.begin(classroom.pk, ada.pk, second.pk)
    before = queries.classrooms.news(classroom.pk, STAFF, 0)
    classes.remove_item(classroom.pk, second.pk)
    news = queries.classrooms.news(classroom.pk, STAFF, before.rv)
    ops = [["put", element] if element else ["drop", id] for id, element in news.elements.items()]
    now = queries.classrooms.news(classroom.pk, STAFF, 0)
    assert apply(shown(before), ops) == shown(now)
    assert plan(classroom) == [THREE[0], THREE[2]]
    assert fresh(classroom).pace == 2
    assert Cell.objects.filter(item=second).exists()
    report = queries.reports.report(classroom)
    assert [row.item for row in report.items] == [*classroom.plan, second]


def shown(news) -> dict:
    return {id: element for id, element in news.elements.items() if element}


def test_nobody_takes_out_what_the_class_works_on_or_the_last_item(classroom):
    first, second, third = classroom.plan
    classes.work(classroom.pk, second.pk)
    with pytest.raises(Refused, match="item_now"):
        classes.remove_item(classroom.pk, second.pk)
    classes.follow(classroom.pk)
    classes.remove_item(classroom.pk, second.pk)
    assert fresh(classroom).item == first
    classes.remove_item(classroom.pk, first.pk)
    with pytest.raises(Refused, match="plan_last"):
        classes.remove_item(classroom.pk, third.pk)


def test_the_items_of_another_class_are_nobodys(classroom):
    other = open_class(name="2반", slugs=THREE)
    item = other.plan.first()
    for deed in ("earlier", "later", "remove_item"):
        assert do(as_instructor(), classroom, deed, item=item.pk).status_code == 404
    assert plan(other) == list(THREE)


# ── who is here ──


def online(classroom: Classroom) -> dict[str, bool]:
    return dict(Seat.objects.filter(classroom=classroom).values_list("name", "online"))


def test_the_class_changes_when_somebody_comes_or_leaves_and_not_between(classroom):
    ada, ben = (seat_of(sits_in(classroom, name), classroom).pk for name in ("Ada", "Ben"))
    classes.note_presence({classroom.pk: {ada, ben}})
    assert online(classroom) == {"Ada": True, "Ben": True}
    rv = fresh(classroom).rv
    for _ in range(3):
        classes.note_presence({classroom.pk: {ada, ben}})
    assert fresh(classroom).rv == rv
    Seat.objects.filter(pk=ben).update(seen=timezone.now() - timedelta(minutes=1))
    classes.note_presence({classroom.pk: {ada}})
    assert online(classroom) == {"Ada": True, "Ben": False}
    assert fresh(classroom).rv == rv + 1
    assert state(as_instructor(), classroom)[f"seat/{ben}"]["online"] is False


def test_another_process_that_does_not_see_a_learner_does_not_send_them_away(classroom):
    ada = seat_of(sits_in(classroom, "Ada"), classroom).pk
    classes.note_presence({classroom.pk: {ada}})
    classes.note_presence({classroom.pk: set()})
    assert online(classroom) == {"Ada": True}


def test_the_projector_and_classmates_are_not_told_who_is_here(classroom):
    ada = sits_in(classroom, "Ada")
    classes.note_presence({classroom.pk: {seat_of(ada, classroom).pk}})
    wall = state(as_instructor(), classroom, **{"as": "projector"})
    assert not any("online" in element for element in wall.values())
    assert set(state(ada, classroom)) == {"class"}
