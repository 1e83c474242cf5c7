"""Nobody asks for more than their share, and whoever does is told when to come back."""

import pytest
from django.test import Client

from kubeviz import actions
from kubeviz.actions import throttling
from kubeviz.models import Lab
from kubeviz.views.quotas import SPAN
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def fresh() -> None:
    load_shipped()


def test_a_browser_opens_so_many_labs_an_hour(client, settings):
    settings.LABS_AN_HOUR = 2
    answers = [client.post("/scenarios/snackbar/open") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert "초 뒤에 다시" in answers[2].content.decode()
    assert Client().post("/scenarios/snackbar/open").status_code == 302


def test_an_address_opens_so_many_whoever_it_is(settings):
    settings.LABS_AN_HOUR_OF_ADDRESS = 2
    answers = [Client().get("/").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert Client(REMOTE_ADDR="192.0.2.7").get("/").status_code == 200


def test_a_browser_writes_so_often_and_again_in_the_next_span(client, settings, monkeypatch):
    settings.WRITES_A_SECOND = 2 / SPAN
    client.post("/scenarios/snackbar/open")
    lab = Lab.objects.get(owner=client.session["learner"])

    def send():
        return client.post(f"/labs/{lab.id}/send", {"url": "http://203.0.113.11:30080/"}, headers=JSON)

    answers = [send() for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["errors"][0]["message"]
    assert client.get(f"/labs/{lab.id}/").status_code == 200
    began = throttling.now()
    monkeypatch.setattr(throttling, "now", lambda: began + SPAN)
    assert send().status_code == 200


def test_a_span_ends_at_the_second_that_was_said(monkeypatch):
    monkeypatch.setattr(throttling, "now", lambda: 100)
    actions.spend("cups", "ada", 1, 30)
    with pytest.raises(actions.Throttled) as refusal:
        actions.spend("cups", "ada", 1, 30)
    assert refusal.value.wait == 20
    monkeypatch.setattr(throttling, "now", lambda: 119)
    with pytest.raises(actions.Throttled):
        actions.spent("cups", "ada", 1, 30)
    monkeypatch.setattr(throttling, "now", lambda: 120)
    actions.spent("cups", "ada", 1, 30)
    actions.spend("cups", "ada", 1, 30)
