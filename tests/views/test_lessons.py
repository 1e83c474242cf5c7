"""The course as a learner meets it: what is next, what one has earned, and nobody else's work."""

import re

import pytest
from django.test import Client

from kubeviz.actions import attempts
from kubeviz.models import Attempt, Lab
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def course() -> None:
    load_shipped()


def begin(client: Client, slug: str) -> Attempt:
    client.post(f"/exercises/{slug}/open")
    return Attempt.objects.get(learner=client.session["learner"], exercise__slug=slug)


def solve(client: Client, slug: str) -> None:
    attempt = begin(client, slug)
    while attempts.show(attempt.id)[1] is not None:
        pass
    attempts.grade(attempt.id)


def up_next(client: Client) -> tuple[str, str]:
    found = client.get("/lessons/").context["next"]
    return found["kind"], found["slug"]


def panel(client: Client, attempt: Attempt, doing: str, **fields: str) -> str:
    return client.post(f"/labs/{attempt.lab_id}/lesson/{doing}", fields, HTTP_HX_REQUEST="true").content.decode()


def test_the_shelf_says_what_is_next(client: Client) -> None:
    assert up_next(client) == ("lesson", "pod-ips")
    client.post("/lessons/pod-ips/open")
    assert up_next(client) == ("exercise", "pod-replaced")
    solve(client, "pod-replaced")
    assert up_next(client) == ("exercise", "written-down")
    solve(client, "written-down")
    assert up_next(client) == ("lesson", "service")


def test_points_stand_beside_each_task(client: Client) -> None:
    attempt = begin(client, "one-letter")
    page = panel(client, attempt, "check")
    assert re.findall(r"task-points\">([^<]*)", page) == ["0/1.7점", "0/5점", "0/3.3점"]
    panel(client, attempt, "answer", check="before", value="refused")
    assert "1.7/1.7점" in panel(client, attempt, "check")


def test_a_step_that_is_shown_is_explained_and_an_answer_with_its_reason(client: Client) -> None:
    attempt = begin(client, "one-letter")
    assert "곧바로 <strong>거절</strong>" in panel(client, attempt, "show")
    assert "paymnet이 아니라 payment입니다" in panel(client, attempt, "show")


def test_what_a_hint_costs_is_known_before_it_is_opened(client: Client) -> None:
    attempt = begin(client, "one-letter")
    page = panel(client, attempt, "check")
    assert "−1점" in page and "−2점" in page
    assert "한 글자씩" not in page
    assert "한 글자씩" in panel(client, attempt, "hint", hint="0")


def options(client: Client) -> list[str]:
    attempt = begin(client, "diagnose")
    page = client.get(f"/labs/{attempt.lab_id}/").content.decode()
    return re.findall(r'name="value" value="(\w+)"', page)


def test_where_an_option_stands_says_nothing(client: Client) -> None:
    orders = [options(learner) for learner in (client, Client(), Client())]
    assert options(client) == orders[0]
    assert len({tuple(order) for order in orders}) == 3


@pytest.mark.parametrize("doing", ["check", "hint", "answer", "restart", "show", "watched"])
def test_nobody_works_on_the_attempt_of_somebody_else(client: Client, doing: str) -> None:
    attempt = begin(client, "one-letter")
    other = Client()
    other.get("/lessons/")
    fields = {"hint": "0", "check": "before", "value": "refused", "watch": "0"}
    assert other.post(f"/labs/{attempt.lab_id}/lesson/{doing}", fields).status_code == 404
    assert other.get(f"/labs/{attempt.lab_id}/").status_code == 404
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.hints, attempt.step, attempt.submissions) == ({}, [], 0, 0)


def test_what_the_browser_says_of_points_counts_for_nothing(client: Client) -> None:
    attempt = begin(client, "one-letter")
    panel(client, attempt, "check", score="10", passed="true", state="solved", submission="1")
    attempt.refresh_from_db()
    assert (attempt.score, attempt.state) == (0, Attempt.WORKING)


def test_a_learner_goes_back_to_any_step_of_their_own(client: Client) -> None:
    attempt = begin(client, "one-letter")
    for replicas in ("3", "4", "5"):
        fields = {"action": "scale", "ref": "deployment/snackbar/order", "replicas": replicas}
        client.post(f"/labs/{attempt.lab_id}/act", fields)
    done = client.get(f"/labs/{attempt.lab_id}/past").context["done"]
    assert [row["back"] for row in done] == [False, True, True]
    client.post(f"/labs/{attempt.lab_id}/undo", {"to": done[2]["id"]})
    done = client.get(f"/labs/{attempt.lab_id}/past").context["done"]
    assert [row["undone"] for row in done] == [True, True, False]
    assert Lab.objects.get(id=attempt.lab_id).actions.filter(redo_rv=None).count() == 1
