"""A start and a solution that are played in a lab."""

import pytest
from django.test import Client

from kubeviz import queries
from kubeviz.actions import demonstrating, terminal
from kubeviz.models import Exercise, Lab

from .forms import GOOD, author, edit, new_exercise, proven, row

pytestmark = pytest.mark.django_db(transaction=True)


def playing(client: Client) -> tuple[Exercise, Lab]:
    """A new exercise with a wrong selector, its solution about to be played."""
    exercise = new_exercise(client)
    edit(client, exercise, {**GOOD, "checks": [], "solution": [], "hints": []}, then="play_solution")
    exercise.refresh_from_db()
    return exercise, exercise.demonstration.lab


def test_a_solution_is_played_and_becomes_steps_and_checks_that_are_proven(kim):
    exercise, lab = playing(kim)
    order = "kubectl set selector service order app=order -n snackbar"
    kim.post(f"/labs/{lab.id}/send", {"source": "internet", "url": "http://203.0.113.11:30080/", "times": "1"})
    terminal.type_line(lab.id, order, who=lab.owner, language="ko")
    page = kim.get(f"/author/exercises/{exercise.slug}/played").content.decode()
    assert order in page
    assert page.index("curl") < page.index(order)
    kim.post(f"/author/exercises/{exercise.slug}/played", {"step": ["0", "1"], "check": ["0", "1"]})
    exercise.refresh_from_db()
    assert exercise.solution == [
        {"do": "send", "url": "http://{node node-1}:30080/"},
        {"do": "run", "line": order},
    ]
    assert [check["check"] for check in exercise.checks] == ["request", "endpoints"]
    assert proven(kim, exercise)


def test_what_was_undone_or_reset_is_no_step(kim):
    exercise, lab = playing(kim)
    terminal.type_line(lab.id, "kubectl delete service order -n snackbar", who=lab.owner, language="ko")
    kim.post(f"/labs/{lab.id}/undo")
    assert demonstrating.shown(exercise.demonstration).steps == []
    terminal.type_line(lab.id, "kubectl delete service order -n snackbar", who=lab.owner, language="ko")
    kim.post(f"/labs/{lab.id}/reset")
    assert demonstrating.shown(exercise.demonstration)[:2] == ([], [])
    selector = queries.snapshot(Lab.objects.get(id=lab.id)).get("Service", "snackbar", "order").spec["selector"]
    assert selector == {"app": "oder"}


def test_a_demonstration_is_its_authors_alone(kim):
    exercise, _ = playing(kim)
    for client, code in ((author("lee"), 404), (Client(), 302)):
        assert client.get(f"/author/exercises/{exercise.slug}/played").status_code == code
        assert client.post(f"/author/exercises/{exercise.slug}/", {"then": "play_solution"}).status_code == code
        assert client.post(f"/author/exercises/{exercise.slug}/played", {"step": "0"}).status_code == code


def test_numbers_that_are_none_take_nothing(kim):
    exercise, _ = playing(kim)
    kim.post(f"/author/exercises/{exercise.slug}/played", {"step": ["-1", "x", "99"], "check": ["²"]})
    exercise.refresh_from_db()
    assert (exercise.solution, exercise.checks) == ([], [])


def test_an_exercise_that_makes_its_own_faults_is_not_demonstrated(kim):
    exercise = new_exercise(kim)
    made = {"checks": [], "solution": [], "hints": [], "faults": ["f"], **row("faults", "f", count="1")}
    answer = edit(kim, exercise, {**GOOD, **made}, then="play_solution")
    assert answer.status_code == 422
    assert "고장" in answer.content.decode()


def broken(client: Client) -> tuple[Exercise, Lab]:
    """A new exercise whose start is about to be played."""
    exercise = new_exercise(client)
    empty = {"start": [], "checks": [], "solution": [], "hints": []}
    edit(client, exercise, {**GOOD, **empty}, then="play_start")
    exercise.refresh_from_db()
    return exercise, exercise.demonstration.lab


def test_what_is_broken_in_a_lab_becomes_the_start_and_what_it_broke_a_check(kim):
    exercise, lab = broken(kim)
    terminal.type_line(lab.id, "kubectl scale deploy order -n snackbar --replicas=0", who=lab.owner, language="ko")
    page = kim.get(f"/author/exercises/{exercise.slug}/played").context
    assert [step["type"] for step in page["steps"]] == ["run"]
    assert page["checks"][0]["type"] == "request"
    kim.post(f"/author/exercises/{exercise.slug}/played", {"step": ["0"], "check": ["0"]})
    exercise.refresh_from_db()
    assert exercise.start == [{"do": "run", "line": "kubectl scale deploy order -n snackbar --replicas=0"}]
    assert exercise.checks[0]["url"] == "http://{node node-1}:30080/"
    assert exercise.solution == []


def test_lines_that_only_look_become_steps_and_are_proposed_as_commands(kim):
    exercise, lab = playing(kim)
    lines = ["kubectl get ep order -n snackbar", "ls", "kubectl set selector service order app=order -n snackbar"]
    for line in [*lines, "kubectl get nonsense", "clear"]:
        terminal.type_line(lab.id, line, who=lab.owner, language="ko")
    found = demonstrating.shown(exercise.demonstration)
    assert [step.command() for step in found.steps] == [lines[0], lines[2]]
    [asked] = [check for check in found.checks if check.__struct_config__.tag == "command"]
    assert asked.pattern == r"kubectl.*\bget\b.*\b(endpoints|ep)\b"
    assert kim.get(f"/author/exercises/{exercise.slug}/played").context["checks"][-1]["ticked"] is False


def test_an_exercise_made_only_by_playing_is_proven(kim):
    exercise, lab = broken(kim)
    terminal.type_line(lab.id, "kubectl delete svc order -n snackbar", who=lab.owner, language="ko")
    kim.post(f"/author/exercises/{exercise.slug}/played", {"step": ["0"], "check": ["0"]})
    exercise.refresh_from_db()
    written = {"start": ["s"], **row("start", "s", "run", line=exercise.start[0]["line"])}
    check = exercise.checks[0]
    written |= {"checks": [check["id"]], **row("checks", check["id"], "request", url=check["url"])}
    edit(kim, exercise, {**GOOD, **written, "solution": [], "hints": []}, then="play_solution")
    exercise.refresh_from_db()
    lab = exercise.demonstration.lab
    line = "kubectl expose deploy order --name=order --type=NodePort --port=80 --target-port=8080 -n snackbar"
    patch = """kubectl patch svc order -n snackbar --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30080}]'"""
    for typed in (line, patch):
        terminal.type_line(lab.id, typed, who=lab.owner, language="ko")
    kim.post(f"/author/exercises/{exercise.slug}/played", {"step": ["0", "1"], "check": []})
    assert proven(kim, exercise)
