"""Work, the overview, the radar, predictions, and what is left after class."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kubeviz import actions, queries
from kubeviz.actions import Refused, classes
from kubeviz.engine import Request
from kubeviz.models import Attempt, Cell, Classroom, Exercise, Lab, Misconception, Question, Seat, Tally
from kubeviz.queries.classrooms import AUDIENCES, LEARNER, PROJECTOR, STAFF
from kubeviz.views.classroom.reporting import safe
from tests.classes import as_instructor, code_of, do, fresh, instructor, open_class, seat_of, sits_in, state

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, SHUT = Request("http://203.0.113.11:30080/"), Request("http://203.0.113.11:30999/")


@pytest.fixture
def classroom() -> Classroom:
    return open_class()


def sit(classroom, name="Ada") -> Seat:
    return classes.take_seat(classroom.pk, name, "")


def cells(classroom) -> list[tuple[str, str]]:
    return [(cell.seat.name, cell.state) for cell in Cell.objects.filter(classroom=classroom).order_by("seat")]


# ── work ──


def test_each_learner_gets_one_lab_for_an_item_however_often_it_is_asked_for(classroom):
    classes.work(classroom.pk)
    ada, ben = sit(classroom, "Ada"), sit(classroom, "Ben")
    labs = [classes.begin(classroom.pk, seat.pk).lab_id for seat in (ada, ben, ada)]
    assert labs[0] == labs[2] != labs[1]
    assert Lab.objects.get(pk=labs[0]).owner == ada.learner


def test_the_pace_decides_which_items_are_open(classroom):
    ada = sit(classroom)
    second = classroom.items.last()
    with pytest.raises(Refused, match="item_shut"):
        classes.begin(classroom.pk, ada.pk, second.pk)
    classes.set_pace(classroom.pk, 2)
    assert classes.begin(classroom.pk, ada.pk, second.pk).item == second


def test_a_copy_of_the_instructors_lab_is_what_everybody_gets_as_it_was_then(classroom):
    actions.act(classroom.lab_id, "break_selector", "service/snackbar/order", {}, who="kim")
    classes.send_copy(classroom.pk)
    actions.act(classroom.lab_id, "mend_selector", "service/snackbar/order", {}, who="kim")
    lab = classes.begin(classroom.pk, sit(classroom).pk).lab
    shown = queries.picture(lab).elements["service/snackbar/order"]
    assert shown["state"] == "empty"
    assert queries.picture(Lab.objects.get(pk=classroom.lab_id)).elements["service/snackbar/order"]["state"] != "empty"


def test_a_learners_lab_can_be_reset_by_whoever_teaches(classroom):
    classes.work(classroom.pk)
    ada = sit(classroom)
    lab = classes.begin(classroom.pk, ada.pk).lab
    actions.act(lab.pk, "break_selector", "service/snackbar/order", {}, who=ada.learner)
    classes.reset_learner(classroom.pk, ada.pk)
    assert queries.picture(Lab.objects.get(pk=lab.pk)).elements["service/snackbar/order"]["state"] != "empty"


def test_a_learner_says_when_a_scenario_is_done_and_takes_it_back(classroom):
    classes.work(classroom.pk)
    ada = sits_in(classroom, "Ada")
    ada.get(f"/classes/{code_of(classroom)}/")
    item = classroom.item_id
    assert do(ada, classroom, "done", item=item, done="yes").status_code == 200
    assert cells(classroom) == [("Ada", Cell.SOLVED)]
    do(ada, classroom, "done", item=item)
    assert cells(classroom) == [("Ada", Cell.WORKING)]


# ── an exercise ──


@pytest.fixture
def exercise_class() -> Classroom:
    open_class()
    if not Exercise.objects.exists():
        from tests.shipped import load_shipped

        load_shipped()
    exercise = Exercise.objects.filter(state="published", shipped=True).order_by("order", "slug").first()
    if exercise is None:
        pytest.skip("no exercise is shipped")
    return classes.create_class(instructor(), "2반", [exercise], "instructor-browser")


def test_a_graded_exercise_moves_its_cell_with_the_checks_that_fail(exercise_class):
    classes.work(exercise_class.pk)
    ada = sit(exercise_class)
    cell = classes.begin(exercise_class.pk, ada.pk)
    attempt = Attempt.objects.get(learner=ada.learner)
    assert (cell.state, cell.lab_id) == (Cell.WORKING, attempt.lab_id)
    actions.attempts.grade(attempt.pk)
    cell.refresh_from_db()
    attempt.refresh_from_db()
    assert (cell.state, cell.tries) == (Cell.FAILING, 1)
    assert cell.failing == [check["id"] for check in attempt.result["checks"] if not check["passed"]] != []
    before = fresh(exercise_class).rv
    assert cell.rv <= before


# ── the radar ──


def test_the_radar_counts_learners_not_requests_and_says_the_reason_in_both_languages(classroom):
    classes.work(classroom.pk)
    for name, times in (("Ada", 3), ("Ben", 1)):
        lab = classes.begin(classroom.pk, sit(classroom, name).pk).lab_id
        actions.send(lab, SHUT, times)
        actions.send(lab, SHUT)
        actions.send(lab, OPEN)
    row = Misconception.objects.get(classroom=classroom)
    assert (row.reason, row.target, row.count) == ("FirewallBlocked", "<node ExternalIP>:<nodePort>", 2)
    assert set(row.said) == {"ko", "en"} and all(row.said.values())
    assert row.trace.result["reason"] == "FirewallBlocked"


def test_one_reason_at_two_kinds_of_places_is_two_misconceptions(classroom):
    classes.work(classroom.pk)
    lab = classes.begin(classroom.pk, sit(classroom).pk).lab_id
    for url in ("http://203.0.113.11:30999/", "http://203.0.113.12:31000/", "http://203.0.113.13:8080/"):
        actions.send(lab, Request(url))
    rows = Misconception.objects.filter(classroom=classroom).order_by("target")
    blocked = [row.target for row in rows if row.reason == "FirewallBlocked"]
    assert blocked == ["<node ExternalIP>:8080", "<node ExternalIP>:<nodePort>"]


def test_a_request_outside_of_class_counts_nowhere(classroom):
    actions.send(classroom.lab_id, SHUT)
    assert not Misconception.objects.exists()


def test_a_failing_request_is_replayed_without_a_name(classroom):
    classes.work(classroom.pk)
    ada = sit(classroom, "Zebulon")
    lab = classes.begin(classroom.pk, ada.pk).lab_id
    then = queries.picture(Lab.objects.get(pk=lab)).elements
    trace = actions.send(lab, SHUT)[0]
    actions.act(lab, "break_selector", "service/snackbar/order", {}, who=ada.learner)
    teacher = as_instructor()
    assert do(teacher, classroom, "replay", trace=trace.pk).status_code == 200
    classes.set_animals(classroom.pk, True)
    wall = state(teacher, classroom, **{"as": PROJECTOR})
    shown = Lab.objects.get(pk=wall["class"]["lab"])
    assert shown.pk != trace.lab_id
    assert queries.picture(shown).elements == then
    assert wall["pointer"]["trace"] == trace.pk
    assert "Zebulon" not in str(wall)
    assert do(teacher, classroom, "replay", trace=actions.send(classroom.lab_id, SHUT)[0].pk).status_code == 404


# ── predictions ──


def test_the_sums_are_what_counting_all_votes_would_give(classroom):
    question = classes.ask(classroom.pk, Question.VERDICT, OPEN)
    seats = [sit(classroom, f"Ada {n}") for n in range(5)]
    choices = ["delivered", "refused", "timeout"]
    for step, seat in enumerate([*seats, *seats, *seats[:2]]):
        classes.vote(classroom.pk, seat.pk, question.pk, choices[step % 3])
    counted = {t.choice: t.count for t in Tally.objects.filter(question=question, round=1) if t.choice}
    assert counted == {c: question.votes.filter(choice=c).count() for c in counted}
    assert Tally.objects.get(question=question, round=1, choice="").count == 5


VOTES = [
    ("an unknown verdict", Question.VERDICT, "maybe"),
    ("nothing", Question.VERDICT, ""),
    ("a thing that is not there", Question.OBJECT, "pod/x/y"),
    ("a line", Question.OBJECT, "client/internet>nodeport/node-1/30080"),
    ("a verdict where a thing is asked", Question.OBJECT, "delivered"),
]


@pytest.mark.parametrize(("kind", "choice"), [r[1:] for r in VOTES], ids=[r[0] for r in VOTES])
def test_only_what_can_be_chosen_counts(classroom, kind, choice):
    question = classes.ask(classroom.pk, kind, OPEN)
    with pytest.raises(Refused, match="choice_unknown"):
        classes.vote(classroom.pk, sit(classroom).pk, question.pk, choice)
    assert not Tally.objects.exists()


def test_where_it_went_is_right_and_every_endpoint_it_might_have_gone_to(classroom):
    question = classes.ask(classroom.pk, Question.OBJECT, OPEN)
    trace = classes.reveal(classroom.pk, question.pk)
    question.refresh_from_db()
    assert question.right[0] == trace.result["served_by"]
    assert set(question.right) == set(trace.result["endpoints"])


def test_where_it_stopped_is_right_for_a_request_that_fails(classroom):
    question = classes.ask(classroom.pk, Question.OBJECT, SHUT)
    classes.reveal(classroom.pk, question.pk)
    question.refresh_from_db()
    assert question.right == ["firewall/cloud"]


def test_asking_wipes_the_journey_that_would_give_the_answer_away(classroom):
    classes.point(classroom.pk, {"trace": "abc", "view": "taught", "index": "3", "playing": "true"})
    classes.ask(classroom.pk, Question.OBJECT, OPEN)
    assert fresh(classroom).pointer == {}


def test_everybody_who_follows_reads_the_journey_that_was_written_once(classroom, django_assert_max_num_queries):
    classes.follow(classroom.pk)
    trace = actions.send(classroom.lab_id, OPEN)[0]
    ada, ben = sits_in(classroom, "Ada"), sits_in(classroom, "Ben")
    headers = {"HX-Request": "true"}
    first = ada.get(f"/traces/{trace.pk}/", headers=headers).content.decode()
    assert f'data-trace="{trace.pk}"' in first and first.count('class="hop"') >= 3
    with django_assert_max_num_queries(12):
        assert ben.get(f"/traces/{trace.pk}/", headers=headers).content.decode() == first
    ben.cookies["kubeviz_language"] = "en"
    assert "delivered" in ben.get(f"/traces/{trace.pk}/", headers=headers).content.decode()


# ── one change stream ──


def test_whatever_happens_old_state_and_what_changed_since_make_the_new_state(classroom):
    """For every audience and from every version on the way."""
    snapshots: list[tuple[int, dict, dict]] = []

    def remember() -> None:
        for audience in AUDIENCES:
            news = queries.classrooms.news(classroom.pk, audience, 0)
            snapshots.append((news.rv, {"audience": audience}, _there(news.elements)))

    remember()
    ada, ben = sit(classroom, "Ada"), sit(classroom, "Ben")
    steps = [
        lambda: classes.follow(classroom.pk),
        lambda: classes.ask(classroom.pk, Question.VERDICT, OPEN),
        lambda: classes.vote(classroom.pk, ada.pk, Question.objects.get().pk, "refused"),
        lambda: classes.raise_hand(classroom.pk, ben.pk, True),
        lambda: classes.second_round(classroom.pk, Question.objects.get().pk),
        lambda: classes.reveal(classroom.pk, Question.objects.get().pk),
        lambda: classes.work(classroom.pk),
        lambda: classes.begin(classroom.pk, ada.pk),
        lambda: classes.set_animals(classroom.pk, True),
        lambda: classes.put_away(classroom.pk),
        lambda: classes.remove_seat(classroom.pk, ben.pk),
    ]
    for step in steps:
        step()
        remember()
    for rv, about, elements in snapshots:
        fresh_news = queries.classrooms.news(classroom.pk, about["audience"], 0)
        since = queries.classrooms.news(classroom.pk, about["audience"], rv)
        assert _there({**elements, **since.elements}) == _there(fresh_news.elements), (rv, about)


def _there(elements: dict) -> dict:
    """Without what is gone, and what hangs on it."""
    kept = {id: e for id, e in elements.items() if e is not None}
    questions = {id for id in kept if id.startswith("question/")}
    return {
        id: e
        for id, e in kept.items()
        if (e["type"] != "tally" or e["question"] in questions)
        and (e["type"] != "cell" or f"seat/{id.split('/')[1]}" in kept)
    }


def test_no_audience_sees_more_than_it_may(classroom):
    ada = sit(classroom, "Zebulon")
    classes.work(classroom.pk)
    classes.begin(classroom.pk, ada.pk)
    kinds = {
        a: {e["type"] for e in queries.classrooms.news(classroom.pk, a, 0).elements.values() if e} for a in AUDIENCES
    }
    assert kinds[LEARNER] == {"class"}
    assert kinds[PROJECTOR] == {"class", "seat", "cell"}
    assert kinds[STAFF] >= {"class", "seat", "cell"}
    wall = queries.classrooms.news(classroom.pk, PROJECTOR, 0).elements
    assert ada.resume not in str(wall) and "lab" not in wall[f"seat/{ada.pk}"]


# ── after class ──


def test_the_report_is_safe_in_a_spreadsheet_and_holds_the_real_names(classroom):
    classes.set_animals(classroom.pk, True)
    classes.work(classroom.pk)
    for name in ("민지", "=1+1", "@SUM(A1)", "-2", "+3"):
        classes.begin(classroom.pk, sit(classroom, name).pk)
    found = as_instructor().get(f"/classes/{code_of(classroom)}/report.csv")
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows][::2] == ["민지", "'=1+1", "'@SUM(A1)", "'-2", "'+3"]
    assert {row["state"] for row in rows} == {"working", ""}


@given(st.one_of(st.text(max_size=20), st.integers(), st.none()))
def test_nothing_that_a_spreadsheet_would_run_is_written(value):
    written = safe(value)
    assert not (isinstance(written, str) and written.lstrip(" ")[:1] in set("=+-@\t\r\n") and written)
    assert str(value) in str(written)


def test_deleting_a_classs_personal_data_leaves_nothing_of_anybody(classroom):
    classes.work(classroom.pk)
    client = sits_in(classroom, "Zebulon")
    seat = seat_of(client, classroom)
    lab = classes.begin(classroom.pk, seat.pk).lab_id
    actions.send(lab, SHUT)
    other = classes.begin(open_class(name="2반").pk, sit(Classroom.objects.get(name="2반")).pk).lab_id
    assert do(as_instructor(), classroom, "forget").json()["forgotten"] == 1
    assert not Seat.objects.filter(classroom=classroom).exists()
    assert not Lab.objects.filter(pk=lab).exists()
    assert not Misconception.objects.filter(classroom=classroom).exists()
    assert not Attempt.objects.filter(learner=seat.learner).exists()
    assert Lab.objects.filter(pk=other).exists()
    assert client.get(f"/classes/{code_of(classroom)}/")["Location"].startswith("/join/")


def test_a_class_forgets_by_itself_when_its_time_is_over(classroom):
    sit(classroom)
    classes.set_retention(classroom.pk, 30)
    classes.close_class(classroom.pk)
    assert classes.sweep() == 0
    Classroom.objects.update(closed=timezone.now() - timedelta(days=31))
    call_command("clearlabs")
    assert not Seat.objects.exists()
    assert Classroom.objects.filter(pk=classroom.pk).exists()
