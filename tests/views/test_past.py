"""The clock and the list of what was done: seen by everyone who watches, turned by the owner."""

import pytest
from django.test import Client

from kubeviz import actions
from kubeviz.models import Lab
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lab(client: Client) -> Lab:
    load_shipped()
    client.post("/scenarios/snackbar/open")
    return Lab.objects.get(owner=client.session["learner"])


def past(client: Client, lab: Lab):
    return client.get(f"/labs/{lab.id}/past").context


def test_what_was_done_is_listed_with_its_command(client, lab):
    assert past(client, lab)["done"] == []
    actions.act(lab.id, "scale", "deployment/snackbar/order", {"replicas": "3"}, who=lab.owner)
    actions.act(lab.id, "cordon", "node/node-1", {}, who="somebody else")
    actions.reset(lab.id, who=lab.owner)
    told = [(row["command"], row["own"]) for row in past(client, lab)["done"]]
    assert told == [
        ("처음부터", True),
        ("kubectl cordon node-1", False),
        ("kubectl scale deployment order -n snackbar --replicas=3", True),
    ]


def test_what_was_taken_back_is_marked(client, lab):
    actions.act(lab.id, "cordon", "node/node-1", {}, who=lab.owner)
    client.post(f"/labs/{lab.id}/undo")
    assert [row["undone"] for row in past(client, lab)["done"]] == [True]


def test_the_clock_says_what_is_due_and_steps_there(client, lab):
    assert past(client, lab)["due"] is None
    client.post(f"/labs/{lab.id}/clock", {"playing": "false"})
    actions.act(lab.id, "scale", "deployment/snackbar/order", {"replicas": "3"}, who=lab.owner)
    due = past(client, lab)["due"]
    assert due.seconds > 0
    assert [ref.startswith("pod/snackbar/order-") for ref in due.refs] == [True]
    before = Lab.objects.get(id=lab.id).now()
    client.post(f"/labs/{lab.id}/clock", {"step": "1"})
    after = Lab.objects.get(id=lab.id)
    assert (after.now() - before).total_seconds() == pytest.approx(due.seconds)
    assert not after.playing


def test_who_watches_sees_the_clock_but_no_controls(client, lab):
    friend = Client()
    friend.get(f"/labs/{lab.id}/?share={lab.share}")
    page = friend.get(f"/labs/{lab.id}/past")
    assert page.status_code == 200
    assert b'name="playing"' not in page.content and b"/undo" not in page.content
