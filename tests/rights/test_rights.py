"""The matrix: every role at every address with every method, at every deed and on every line, against its rule."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import get_resolver

from kubeviz import actions
from kubeviz.actions import classes, demonstrating
from kubeviz.consumers.lab import MESSAGES
from kubeviz.consumers.routing import websocket_urlpatterns
from kubeviz.engine import Request
from kubeviz.models import Classroom, Exercise, Lesson, Seat
from kubeviz.views.classroom.doing import LEARNER, STAFF
from tests.classes import as_instructor, code_of, do, fresh, instructor, open_class, seat_of, sits_in
from tests.classroom.browsers import Browser
from tests.shipped import load_shipped

from .rules import (
    ADMIN,
    ANONYMOUS,
    ASKED,
    CHANGED,
    CHANGES,
    CLASSMATE,
    CLOSED,
    ELSEWHERE,
    FOREIGN,
    HELPER,
    INSTRUCTOR,
    LABS,
    LEARNER_DEEDS,
    LINES,
    PAGES,
    REMOVED,
    ROLES,
    SAID,
    SELF,
    SHOWN,
    SHUT,
    SPOTLIGHT,
    STAFF_DEEDS,
    STATES,
    TEACHERS,
    WATCHED,
    WATCHES,
    WORK,
)

NODE = "http://203.0.113.11:30080/"
SEATED = {SELF: "Ada", CLASSMATE: "Ben", REMOVED: "Eve"}
ACCOUNT = {INSTRUCTOR: "kim", HELPER: "cho", FOREIGN: "lee", ADMIN: "root"}
FORM = {
    "url": NODE,
    "action": "delete",
    "ref": "service/snackbar/order",
    "yaml": "a: b",
    "name": "Zoe",
    "scenario": "snackbar",
}


def test_every_address_every_deed_and_every_line_has_a_rule():
    assert {str(pattern.pattern) for pattern in get_resolver().url_patterns} == {*PAGES, *LABS}
    assert (set(STAFF), set(LEARNER)) == (STAFF_DEEDS, LEARNER_DEEDS)
    assert {str(pattern.pattern) for pattern in websocket_urlpatterns} == set(LINES)
    assert MESSAGES == SAID


class World(NamedTuple):
    """A class of kim's, who also wrote an exercise; Ada works in it, in an exercise."""

    classroom: Classroom
    ada: Seat
    browsers: dict[str, Client]
    known: dict[str, str]

    def path(self, route: str) -> str:
        for name, value in self.known.items():
            route = route.replace(name, value)
        return f"/{route}"


def made(browsers: dict, ada: Seat, classroom: Classroom) -> World:
    lab = classes.begin(classroom.pk, ada.pk).lab_id
    trace = actions.send(lab, Request(NODE))[0].pk
    classes.remove_seat(classroom.pk, classroom.seats.get(name=SEATED[REMOVED]).pk)
    known = {"<str:lab_id>": lab, "<str:trace_id>": trace, "<str:other_id>": trace, "<path:ref>": FORM["ref"],
             "<str:code>": code_of(classroom), "<str:class_id>": classroom.pk, "<int:seat_id>": str(ada.pk),
             "<slug:kind>": "exercises", "<slug:part>": "checks"}  # fmt: skip
    return World(classroom, ada, browsers, known)


def a_class() -> Classroom:
    load_shipped()
    exercise = Exercise.objects.get(slug="one-letter")
    classroom = classes.create_class(instructor("kim"), "1반", [exercise], "instructor-browser")
    classes.add_helper(classroom.pk, instructor(ACCOUNT[HELPER]).username)
    classes.work(classroom.pk)
    instructor(ACCOUNT[ADMIN], is_superuser=True)
    return classroom


@pytest.fixture
def world(db, settings) -> World:
    settings.WRITES_A_SECOND = settings.WRITES_A_SECOND_OF_ADDRESS = settings.LABS_AN_HOUR = 10**6
    classroom = a_class()
    browsers = {role: sits_in(classroom, name) for role, name in SEATED.items()}
    browsers |= {role: as_instructor(name) for role, name in ACCOUNT.items()}
    other = sits_in(open_class(instructor(ACCOUNT[FOREIGN]), name="2반"), "Dan")
    browsers |= {ANONYMOUS: Client(), ELSEWHERE: other}
    return made(browsers, seat_of(browsers[SELF], classroom), classroom)


def moved(world: World, state: str) -> World:
    """The class is somewhere else now, and the lab that is asked for is the one of that state."""
    if state == SPOTLIGHT:
        classes.spotlight(world.classroom.pk, world.ada.pk)
    if state == CLOSED:
        classes.close_class(world.classroom.pk)
    if state == SHOWN:
        classes.follow(world.classroom.pk)
        lab = fresh(world.classroom).lab_id
        trace = actions.send(lab, Request(NODE))[0].pk
        return world._replace(
            known={**world.known, "<str:lab_id>": lab, "<str:trace_id>": trace, "<str:other_id>": trace}
        )
    return world


# ── labs ──


SAMPLE = {"", "graph.json", "traces/", "qr.svg", "send", "share", "terminal"}
"""The doors are the same everywhere: where the class was before and after is asked at these alone."""


def lab_rules(state: str) -> Iterator[tuple[str, str, set[str]]]:
    yield from (("get", f"labs/<str:lab_id>/{below}", set(WATCHES[state])) for below in WATCHED)
    yield from (("get", f"labs/<str:lab_id>/{below}", set(CHANGES[state])) for below in ASKED)
    yield from (("post", f"labs/<str:lab_id>/{below}", set(CHANGES[state])) for below in CHANGED)


def into_lab(found) -> bool:
    """To whom a lab is nothing gets the page of a lab that is gone; what is missing in it is another matter."""
    return not (found.status_code == 404 and "lab/gone.html" in [template.name for template in found.templates])


@pytest.mark.parametrize("state", STATES)
def test_a_lab_lets_in_those_whom_its_rule_names_and_nobody_else(world, state):
    world = moved(world, state)
    wrong = [
        (role, method, route)
        for role in ROLES
        for method, route, may in lab_rules(state)
        if state in (WORK, SHOWN) or route.removeprefix("labs/<str:lab_id>/") in SAMPLE
        if into_lab(getattr(world.browsers[role], method)(world.path(route), FORM)) != (role in may)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_no_address_has_another_method_than_its_rule(world):
    admin = world.browsers[ADMIN]
    for method, other in (("get", "post"), ("post", "get")):
        for verb, route, _ in lab_rules(WORK):
            if verb == method:
                assert getattr(admin, other)(world.path(route)).status_code == 405, (other, route)


# ── everything else ──


def slug_of(route: str) -> str:
    if route.startswith("lessons/"):
        return Lesson.objects.filter(state="published").first().slug
    if route.startswith("author/"):
        return Exercise.objects.filter(owner__username="kim").earliest("id").slug
    return "one-letter" if route.startswith("exercises/") else "snackbar"


def let_in(found) -> bool:
    """Neither sent to another door nor told that there is nothing."""
    if found.status_code == 302:
        return not found["Location"].startswith(("/accounts/login", "/accounts/first", "/join/"))
    return found.status_code not in (403, 404)


def form(world: World) -> dict[str, str]:
    return FORM | {"code": code_of(world.classroom), "resume": world.ada.resume, "do": "point", "language": "en"}


@pytest.mark.parametrize("role", ROLES)
def test_a_page_lets_in_those_whom_its_rule_names_and_nobody_else(world, role):
    as_instructor("kim").post("/author/exercises/new", FORM)
    demonstrating.begin(Exercise.objects.get(owner__username="kim"), "instructor-browser")
    client, wrong = world.browsers[role], []
    for route, rule in PAGES.items():
        path = world.path(route.replace("<slug:slug>", slug_of(route)))
        for method, may in (("get", rule.get), ("post", rule.post)):
            sent = form(world) | {"do": "point" if role in TEACHERS else "begin"} if method == "post" else {}
            found = getattr(client, method)(path, sent)
            as_ruled = found.status_code == 405 if may is None else let_in(found) == (role in may)
            wrong += [] if as_ruled else [(method, route, found.status_code, found.headers.get("Location"))]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("role", ROLES)
def test_a_closed_class_is_read_by_those_who_were_in_it(world, role):
    world = moved(world, CLOSED)
    for route, may in SHUT.items():
        assert let_in(world.browsers[role].get(world.path(route))) == (role in may), route


@pytest.mark.parametrize("role", ROLES)
def test_a_deed_that_is_not_ones_own_is_none(world, role):
    table = STAFF_DEEDS if role in TEACHERS else LEARNER_DEEDS if role in (SELF, CLASSMATE) else set()
    before = fresh(world.classroom).rv
    for deed in {*STAFF_DEEDS, *LEARNER_DEEDS, "no such deed"} - table:
        assert do(world.browsers[role], world.classroom, deed).status_code == 404, deed
    assert fresh(world.classroom).rv == before


# ── lines ──


def live_browser(server: str, role: str, classroom: Classroom) -> Browser:
    browser = Browser(server)
    browser.get("/join/")
    if role in ACCOUNT:
        instructor(ACCOUNT[role])
        return browser.log_in(ACCOUNT[role])
    if role in SEATED:
        return browser.join(code_of(classroom), SEATED[role])
    if role == ELSEWHERE:
        return browser.join(code_of(open_class(instructor(ACCOUNT[FOREIGN]), name="2반")), "Dan")
    return browser


@pytest.mark.django_db(transaction=True)
def test_a_line_is_heard_by_those_whom_its_rule_names_and_nobody_else(server):
    classroom = a_class()
    browsers = {role: live_browser(server, role, classroom) for role in ROLES}
    world = made({}, classroom.seats.get(name=SEATED[SELF]), classroom)
    for state in STATES:
        there = moved(world, state)
        for line, rule in LINES.items():
            for role, browser in browsers.items():
                with browser.line(f"{there.path(line)}?as=staff") as heard:
                    assert (json.loads(heard.recv(5))["type"] != "gone") == (role in rule[state]), (state, line, role)
