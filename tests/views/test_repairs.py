"""After a failed request the page offers what would mend it, and does it."""

import ast
from pathlib import Path

import pytest
from django.test import Client

import kubeviz.lessons.repair as package
from kubeviz import actions
from kubeviz.engine import Request
from kubeviz.lessons.repair import RULES
from kubeviz.models import Lab
from kubeviz.wording.repairs import REPAIRS
from tests.labs import open_lab

pytestmark = pytest.mark.django_db(transaction=True)

NODE = "http://203.0.113.11:30080/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def lab(client: Client) -> Lab:
    client.get("/scenarios/")
    open_lab()
    client.post("/scenarios/snackbar/open")
    lab = Lab.objects.get(owner=client.session["learner"])
    actions.act(lab.id, "break_selector", "service/snackbar/order", {}, who=lab.owner)
    return lab


def sent(lab: Lab) -> str:
    return actions.send(lab.id, Request(url=NODE))[0].id


def test_a_repair_is_offered_with_its_difference_and_command_and_mends(client, lab):
    trace = sent(lab)
    found = client.get(f"/labs/{lab.id}/traces/{trace}/repairs")
    first = found.context["proposals"][0]
    assert (first["code"], first["mends"]) == ("SetSelector", True)
    assert first["command"] == "kubectl set selector service order -n snackbar app=order"
    assert ("+", "    app: order") in first["difference"]
    assert (first["ref"], first["path"]) == ("service/snackbar/order", "spec.selector.app")
    done = client.post(f"/labs/{lab.id}/mend", {"trace": trace, "proposal": first["id"]}, headers=JSON)
    assert done.json()["command"] == first["command"]
    assert actions.send(lab.id, Request(url=NODE))[0].result["verdict"] == "delivered"
    assert client.get(f"/labs/{lab.id}/traces/{trace}/repairs").context["proposals"] == []
    again = client.post(f"/labs/{lab.id}/mend", {"trace": trace, "proposal": first["id"]}, headers=JSON)
    assert again.status_code == 409


def test_a_repair_can_be_undone(client, lab):
    trace = sent(lab)
    first = client.get(f"/labs/{lab.id}/traces/{trace}/repairs").context["proposals"][0]
    client.post(f"/labs/{lab.id}/mend", {"trace": trace, "proposal": first["id"]})
    client.post(f"/labs/{lab.id}/undo")
    assert actions.send(lab.id, Request(url=NODE))[0].result["reason"] == "SelectorMatchesNothing"


def test_somebody_with_the_link_reads_the_journey_but_gets_no_repair(client, lab):
    trace = sent(lab)
    stranger = Client()
    page = stranger.get(f"/traces/{trace}/")
    assert page.status_code == 200
    assert b"/repairs" not in page.content and b"?trace=" not in page.content
    assert stranger.get(f"/labs/{lab.id}/traces/{trace}/repairs").status_code == 404
    other = actions.send(open_lab().id, Request(url=NODE))[0].id
    assert client.get(f"/labs/{lab.id}/traces/{other}/repairs").status_code == 404


def test_every_proposal_has_words():
    codes = set()
    for source in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in REPAIRS:
                codes.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Proposal":
                found = node.args[0]
                assert not isinstance(found, ast.Constant) or found.value in REPAIRS, found
    assert codes == set(REPAIRS)
    assert RULES


@pytest.mark.parametrize("url", ["http://10.96.0.1/", "http://nobody.example/", "http://203.0.113.11:30999/"])
def test_repairs_never_break_the_page(client, lab, url):
    trace = actions.send(lab.id, Request(url=url))[0].id
    assert client.get(f"/labs/{lab.id}/traces/{trace}/repairs", headers={"HX-Request": "true"}).status_code == 200
