"""Requests of a lab: listed, played again, set side by side, asked why."""

import pytest
from django.test import Client

from kubeviz import actions
from kubeviz.engine import Request
from kubeviz.models import Lab
from kubeviz.wording import BECAUSE
from kubeviz.wording.needs import NEEDS
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)

NODE = "http://203.0.113.11:30080/"
BLOCKED = "http://203.0.113.11:30999/"


@pytest.fixture
def lab(client: Client) -> Lab:
    load_shipped()
    client.post("/scenarios/snackbar/open")
    return Lab.objects.get(owner=client.session["learner"])


def sent(lab: Lab, url: str) -> str:
    return actions.send(lab.id, Request(url=url))[0].id


def test_the_latest_requests_are_listed_newest_first(client, lab):
    first, second = sent(lab, NODE), sent(lab, BLOCKED)
    found = client.get(f"/labs/{lab.id}/traces/?beside={second}")
    assert [t["id"] for t in found.context["traces"]] == [second, first]
    assert f"/labs/{lab.id}/traces/{second}/against/{first}" in found.content.decode()


def test_two_requests_stand_side_by_side_and_part(client, lab):
    found = client.get(f"/labs/{lab.id}/traces/{sent(lab, NODE)}/against/{sent(lab, BLOCKED)}")
    assert found.status_code == 200
    assert found.context["parting"] == 1
    assert found.context["right"]["reason"] == "FirewallBlocked"


def test_why_not_the_other_pod(client, lab):
    trace = actions.send(lab.id, Request(url=NODE))[0]
    steps = [step for hop in trace.result["hops"] for step in hop["steps"]]
    other = next(c["object"] for step in steps for c in step["candidates"] if c["because"] == "NotThisTime")
    found = client.get(f"/labs/{lab.id}/traces/{trace.id}/why", {"object": other})
    assert found.context["right"]["served_by"] == other
    assert found.context["parting"] > 1
    assert Lab.objects.get(id=lab.id).traces.count() == 1


@pytest.mark.parametrize("ref", ["", "pod/x/y", "<img src=x>", "service/snackbar/order#spec", "a/" * 500])
def test_nonsense_was_no_candidate(client, lab, ref):
    found = client.get(f"/labs/{lab.id}/traces/{sent(lab, NODE)}/why", {"object": ref})
    assert found.status_code == 200
    assert b"<img" not in found.content


def test_only_who_may_watch_compares(client, lab):
    trace = sent(lab, NODE)
    stranger = Client()
    for path in ("traces/", f"traces/{trace}/why?object=x", f"traces/{trace}/against/{trace}"):
        assert stranger.get(f"/labs/{lab.id}/{path}").status_code == 404
    assert b"data-versus" not in stranger.get(f"/traces/{trace}/").content


def test_every_because_says_what_it_needs():
    assert set(NEEDS) == set(BECAUSE)
    assert all(ko and en for ko, en in NEEDS.values())
