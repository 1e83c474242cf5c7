"""Classes for tests that store: an instructor, a class, learners with browsers of their own."""

from functools import cache

import yaml
from django.contrib.auth.models import User
from django.test import Client

from kubeviz import queries
from kubeviz.actions import classes
from kubeviz.models import Classroom, Scenario, Seat
from tests.server import ROOT

PASSWORD = "hodu-gwaja-77"


def instructor(name: str = "kim", password: str | None = None, **more) -> User:
    """An instructor; with a password only where one is typed, for hashing it takes its time."""
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(name, password=password, is_staff=True, **more)


@cache
def shipped() -> dict[str, dict]:
    """The fields of each shipped scenario: loading all that is shipped for each test would take longer than the test."""
    rows = yaml.safe_load((ROOT / "fixtures" / "snackbar.yaml").read_text(encoding="utf-8"))
    return {row["fields"]["slug"]: row["fields"] for row in rows if row["model"] == "kubeviz.scenario"}


def scenario(slug: str) -> Scenario:
    return Scenario.objects.filter(slug=slug).first() or Scenario.objects.create(**shipped()[slug])


def open_class(owner: User | None = None, slugs=("snackbar", "snackbar-nodeport"), name="1반") -> Classroom:
    planned = [scenario(slug) for slug in slugs]
    return classes.create_class(owner or instructor(), name, planned, "instructor-browser")


def code_of(classroom: Classroom) -> str:
    return queries.classrooms.current_code(classroom) or classroom.codes.order_by("-created")[0].code


def as_instructor(name: str = "kim", **more) -> Client:
    client = Client()
    client.force_login(instructor(name, **more))
    return client


def sits_in(classroom: Classroom, name: str = "민지") -> Client:
    """A browser that has joined."""
    client = Client()
    found = client.post("/join/", {"code": code_of(classroom), "name": name})
    assert found.status_code == 302, found.content.decode()
    return client


def seat_of(client: Client, classroom: Classroom) -> Seat:
    return Seat.objects.get(pk=client.session["seats"][classroom.pk])


def fresh(classroom: Classroom) -> Classroom:
    return Classroom.objects.get(pk=classroom.pk)


def do(client: Client, classroom: Classroom, deed: str, **fields):
    """What a script of a class's page posts."""
    found = client.post(
        f"/classes/{code_of(classroom)}/do", {"do": deed, **fields}, headers={"Accept": "application/json"}
    )
    return found


def state(client: Client, classroom: Classroom, **query) -> dict:
    """Elements by id, as a page of this browser gets them."""
    found = client.get(f"/classes/{code_of(classroom)}/state.json", query)
    assert found.status_code == 200
    return {element["id"]: element for element in found.json()["elements"]}
