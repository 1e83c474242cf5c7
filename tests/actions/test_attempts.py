"""Working on an exercise: one attempt for one learner, graded by what the server has."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kubeviz import actions, queries
from kubeviz.actions import attempts, terminal
from kubeviz.actions.proving import prove
from kubeviz.models import Attempt, Exercise, Lab, Trace, Version
from tests.labs import cluster
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course() -> None:
    if not Exercise.objects.exists():
        load_shipped()


def begin(slug: str, learner: str = "ada") -> Attempt:
    return attempts.start(Exercise.objects.get(slug=slug), learner)


def solve(attempt: Attempt) -> Attempt:
    """Do what the solution says, as the learner's own actions."""
    while attempts.show(attempt.id)[1] is not None:
        pass
    return attempts.grade(attempt.id)


def results(attempt: Attempt) -> dict[str, bool]:
    return {row["id"]: row["passed"] for row in attempt.result["checks"]}


def test_an_exercise_begun_twice_is_one_attempt_in_one_lab(course):
    first, second = begin("one-letter"), begin("one-letter")
    assert (first.id, first.lab_id) == (second.id, second.lab_id)
    assert Lab.objects.filter(owner="ada").count() == 1


def test_two_clicks_at_once_are_one_attempt(course):
    def click(_: int) -> int:
        try:
            return begin("one-letter").id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Lab.objects.filter(owner="ada").count() == 1


def test_it_fails_at_first_and_says_what_is_missing(course):
    attempt = attempts.grade(begin("one-letter").id)
    assert results(attempt) == {"before": False, "pay": False, "list": False, "pods": True}
    assert attempt.state == "working"
    assert attempt.result["reasons"] == ["SelectorMatchesNothing"]
    assert attempt.result["offered"] == [0]


def test_a_counterexample_can_be_played_and_is_no_request_of_the_lab(course):
    attempt = attempts.grade(begin("one-letter").id)
    [trace] = [Trace.objects.get(id=key) for key in attempt.result["traces"]]
    assert trace.lab_id == attempt.lab_id
    assert trace.result["request"]["url"].endswith(":30080/checkout")
    assert queries.traces_after(attempt.lab_id, "", 10) == []


def test_a_repair_by_other_means_counts_as_well(course):
    attempt = begin("one-letter")
    attempts.answer(attempt.id, "before", "refused")
    actions.act(attempt.lab_id, "mend_selector", "service/snackbar/payment", {}, who="ada")
    attempt = attempts.grade(attempt.id)
    assert (attempt.state, attempt.score) == ("solved", 10)
    assert attempt.solved is not None


def test_the_number_of_the_page_makes_a_double_click_one_submission(course):
    attempt = begin("one-letter")
    attempts.grade(attempt.id, submission=1)
    attempts.grade(attempt.id, submission=1)
    attempt.refresh_from_db()
    assert attempt.submissions == 1
    assert attempts.grade(attempt.id, submission=2).submissions == 2


def test_a_hint_costs_once(course):
    attempt = begin("one-letter")
    attempts.hint(attempt.id, 1)
    attempts.hint(attempt.id, 1)
    attempts.answer(attempt.id, "before", "refused")
    actions.act(attempt.lab_id, "mend_selector", "service/snackbar/payment", {}, who="ada")
    assert attempts.grade(attempt.id).score == 8
    with pytest.raises(actions.Refused):
        attempts.hint(attempt.id, 7)


def test_after_the_solution_was_shown_half_the_points_are_left(course):
    attempt = solve(begin("one-letter"))
    assert (attempt.state, attempt.score, attempt.shown) == ("solved", 5, True)


def test_a_prediction_is_taken_once_and_then_revealed(course):
    attempt = begin("one-letter")
    attempts.answer(attempt.id, "before", "timeout")
    attempts.answer(attempt.id, "before", "refused")
    attempt.refresh_from_db()
    said = attempt.answers["before"]
    assert (said["value"], said["right"], said["actual"][0]) == ("timeout", False, "refused")
    assert Trace.objects.get(id=said["trace"]).number == 1


def test_a_wrong_prediction_does_not_bar_the_way_but_earns_nothing(course):
    attempt = begin("one-letter")
    attempts.answer(attempt.id, "before", "timeout")
    actions.act(attempt.lab_id, "mend_selector", "service/snackbar/payment", {}, who="ada")
    attempt = attempts.grade(attempt.id)
    assert attempt.state == "solved"
    assert attempt.score == round(10 * 5 / 6)


@pytest.mark.parametrize(("check", "value"), [("nothing", "a"), ("before", ""), ("before", "x" * 301), ("pay", "a")])
def test_an_answer_to_nothing_is_refused(course, check, value):
    with pytest.raises(actions.Refused):
        attempts.answer(begin("one-letter").id, check, value)


def test_a_choice_is_one_of_its_options(course):
    with pytest.raises(actions.Refused):
        attempts.answer(begin("diagnose").id, "order", "magic")


def test_each_wrong_try_halves_what_a_choice_earns(course):
    attempt = begin("diagnose")
    for value in ("name", "number", "selector"):
        attempts.answer(attempt.id, "order", value)
    graded = attempts.grade(attempt.id)
    assert [row["share"] for row in graded.result["checks"]] == [0.25, 0, 0, 0]


def test_starting_over_brings_the_first_cluster_back_and_keeps_the_best_score(course):
    attempt = solve(begin("one-letter"))
    attempts.restart(attempt.id)
    attempt.refresh_from_db()
    assert cluster(attempt.lab).get("Service", "snackbar", "payment").selector == {"app": "paymnet"}
    assert (attempt.answers, attempt.step, attempt.score, attempt.state) == ({}, 0, 5, "solved")
    assert not attempts.grade(attempt.id).result["passed"]


def test_what_was_done_before_starting_over_does_not_count(course):
    attempt = begin("pod-replaced")
    actions.act(attempt.lab_id, "restart", "deployment/snackbar/order", {}, who="ada")
    assert results(attempts.grade(attempt.id))["new-pods"]
    attempts.restart(attempt.id)
    assert not results(attempts.grade(attempt.id))["new-pods"]


def test_what_is_typed_into_the_terminal_counts_as_used(course):
    attempt = begin("call-by-name")
    line = "kubectl exec guest -n snackbar -- curl -s coupon.market"
    terminal.type_line(attempt.lab_id, line, who="ada", language="ko")
    assert line in queries.commands(attempt.lab, attempt.since)
    assert results(attempts.grade(attempt.id))["called"]
    attempt = attempts.restart(attempt.id)
    assert not results(attempts.grade(attempt.id))["called"]


def test_an_edit_changes_nothing_for_those_who_have_begun(course):
    exercise = Exercise.objects.get(slug="one-letter")
    copy = Exercise.objects.create(
        slug="copy--abcd", scenario=exercise.scenario, title_ko="복사", checks=exercise.checks, start=exercise.start
    )
    early = attempts.start(copy, "ada")
    Exercise.objects.filter(id=copy.id).update(checks=[], title_ko="새 제목")
    copy.refresh_from_db()
    assert queries.content_of(attempts.start(copy, "ada")).checks
    assert queries.content_of(attempts.start(copy, "bob")).title_ko == "새 제목"
    assert queries.content_of(attempts.restart(early.id)).title_ko == "새 제목"
    assert Version.objects.filter(exercise=copy).count() == 2


def test_results_outlive_their_lab(course):
    attempt = solve(begin("one-letter"))
    Lab.objects.filter(id=attempt.lab_id).delete()
    again = begin("one-letter")
    assert again.id == attempt.id and again.score == 5
    assert again.lab_id is not None and again.lab_id != attempt.lab_id


def test_every_learner_meets_faults_of_their_own(course):
    starts = {str(queries.content_of(begin("two-faults", f"learner {n}")).start) for n in range(8)}
    assert len(starts) > 4


def test_whoever_listens_hears_every_change(course):
    heard = []

    def listen(attempt, event, **more):
        heard.append((attempt.exercise.slug, event))

    attempts.attempt_changed.connect(listen)
    try:
        attempt = begin("one-letter")
        attempts.hint(attempt.id, 0)
        attempts.grade(attempt.id)
        solve(attempt)
    finally:
        attempts.attempt_changed.disconnect(listen)
    assert [event for _, event in heard] == ["started", "hinted", "graded", "shown", "shown", "solved"]


def test_a_step_that_is_a_line_of_the_terminal_is_shown_and_proven(course):
    exercise = Exercise.objects.get(slug="one-letter")
    exercise.solution = [
        {"do": "run", "line": "kubectl set selector service payment app=payment -n snackbar"},
        {"do": "run", "line": "kubectl exec deploy/order -n snackbar -- curl -s http://payment"},
    ]
    exercise.checks = [c for c in exercise.checks if c["check"] != "prediction"]
    assert prove(exercise) == []
    exercise.save()
    attempt = solve(begin("one-letter"))
    assert attempt.state == "solved"
    assert [t.result["verdict"] for t in attempt.lab.traces.filter(number__gt=0)] == ["delivered"]
