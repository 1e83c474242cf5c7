"""A class over real sockets: everybody hears what concerns them, and nobody else's affairs."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest
from django.db import connection
from websockets.exceptions import InvalidStatus

from kubeviz.actions import classes
from kubeviz.models import Lab
from tests.classes import code_of, fresh, instructor, open_class
from tests.classroom.browsers import Browser, Page, class_now, ends
from tests.live.line import PATIENCE, PUSHES
from tests.server import ROOT, address_of, database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def classroom(server, settings):
    return open_class()


def learner(server, classroom, name="Ada") -> Page:
    return Page(Browser(server).join(code_of(classroom), name), classroom.pk, code_of(classroom))


def teacher(server, classroom, name="kim", audience="") -> Page:
    return Page(Browser(server).log_in(name), classroom.pk, code_of(classroom), audience)


def test_what_the_instructor_does_is_heard_by_everybody_at_once(server, classroom):
    pages = [learner(server, classroom, f"Ada {n}") for n in range(3)] + [teacher(server, classroom)]

    def pushed(number: int) -> bool:
        pages[-1].browser.post(f"/classes/{code_of(classroom)}/do", do="pause", message=str(number))
        heard = [page.until(lambda p: class_now(p)["message"] == str(number)) for page in pages]
        return not any("beat" in kinds for kinds in heard)

    assert any(pushed(number) for number in PUSHES)
    pages[-1].browser.post(f"/classes/{code_of(classroom)}/do", do="follow")
    for page in pages:
        page.until(lambda p: class_now(p)["mode"] == "follow")
    for page in pages:
        assert page.becomes_fresh()
        assert page.refetched == 0


def test_a_raised_hand_is_seen_by_the_staff_and_by_oneself_alone(server, classroom):
    ada, ben, staff = learner(server, classroom, "Ada"), learner(server, classroom, "Ben"), teacher(server, classroom)
    ada.browser.post(f"/classes/{code_of(classroom)}/do", do="hand", up="yes")
    staff.until(lambda p: any(e.get("hand") for e in p.elements.values()))
    ada.until(lambda p: p.own and p.own[-1]["hand"])
    staff.browser.post(f"/classes/{code_of(classroom)}/do", do="follow")
    ben.until(lambda p: class_now(p)["mode"] == "follow")
    assert not any(frame["hand"] or frame["seat"] != ben.own[0]["seat"] for frame in ben.own)
    assert not any(id.startswith("seat/") for id in ben.elements)


def test_votes_are_hidden_until_they_are_shown_and_counted_as_they_come(server, classroom):
    ada, wall, staff = (
        learner(server, classroom),
        teacher(server, classroom, audience="projector"),
        teacher(server, classroom),
    )
    do = f"/classes/{code_of(classroom)}/do"
    _, said = staff.browser.post(do, do="ask", kind="verdict", url="http://203.0.113.11:30080/")
    question = json.loads(said)["question"]
    assert ada.browser.post(do, do="vote", question=question, choice="refused")[0] == 200
    assert ada.browser.post(do, do="vote", question=question, choice="delivered")[0] == 200
    tallies = lambda p: sorted((e["choice"], e["count"]) for e in p.elements.values() if e["type"] == "tally")  # noqa: E731
    staff.until(lambda p: tallies(p) == [("", 1), ("delivered", 1), ("refused", 0)])
    wall.until(lambda p: tallies(p) == [("", 1)])
    asked = ada.elements.get(f"question/{question}") or ada.fresh()[1][f"question/{question}"]
    assert (asked["tallies"], asked["right"], asked["trace"]) == ([], [], None)
    assert staff.browser.post(do, do="reveal", question=question)[0] == 200
    ada.until(lambda p: p.elements.get(f"question/{question}", {}).get("state") == "shown")
    shown = ada.elements[f"question/{question}"]
    assert shown["right"] == ["delivered"]
    assert [1, "delivered", 1] in shown["tallies"]
    assert ada.browser.post(do, do="vote", question=question, choice="refused")[0] == 409


def test_a_cut_line_comes_back_to_the_right_state_from_where_it_was(server, classroom):
    ada, staff = learner(server, classroom), teacher(server, classroom)
    for page in (ada, staff):
        page.line.close()
    classes.follow(classroom.pk)
    classes.pause(classroom.pk, "look here")
    seat = fresh(classroom).seats.get()
    classes.raise_hand(classroom.pk, seat.pk, True)
    for page in (ada, staff):
        page.open()
        page.until(lambda p: class_now(p)["paused"])
        assert page.becomes_fresh()
        assert page.refetched == 0
    assert staff.elements[f"seat/{seat.pk}"]["hand"]


@pytest.mark.parametrize("rv", [0, 10**9])
def test_a_page_of_no_version_or_of_the_future_ends_with_the_right_state(server, classroom, rv):
    page = learner(server, classroom)
    page.line.close()
    page.picture.load(rv, {})
    page.open()
    page.until(lambda p: p.elements)
    assert page.becomes_fresh()


# ── who is turned away ──


def test_the_guard_asks_so_often_that_whoever_may_no_longer_watch_is_gone_within_five_seconds(settings):
    assert settings.GUARD_SECONDS <= 4


def test_who_logs_out_is_removed_or_whose_class_is_closed_is_gone(server, classroom):
    ada, ben, staff = learner(server, classroom, "Ada"), learner(server, classroom, "Ben"), teacher(server, classroom)
    classes.follow(classroom.pk)
    watching = ben.browser.line(f"/ws/labs/{classroom.lab_id}/")
    assert watching.recv(PATIENCE)
    seat = classroom.seats.get(name="Ada")
    classes.remove_seat(classroom.pk, seat.pk)
    staff.browser.post("/accounts/logout")
    assert ends(ada.line)
    assert ends(staff.line)
    classes.close_class(classroom.pk)
    assert ends(ben.line)
    assert ends(watching)
    for page in (ada, ben, staff):
        page.open()
        assert json.loads(page.line.recv(PATIENCE))["type"] == "gone"


def test_a_lab_that_left_the_spotlight_is_no_longer_watched_by_classmates(server, classroom):
    classes.work(classroom.pk)
    ada, ben = learner(server, classroom, "Ada"), learner(server, classroom, "Ben")
    seat = classroom.seats.get(name="Ada")
    lab = classes.begin(classroom.pk, seat.pk).lab_id
    classes.spotlight(classroom.pk, seat.pk)
    line = ben.browser.line(f"/ws/labs/{lab}/")
    assert json.loads(line.recv(PATIENCE))["type"] in ("stale", "changes", "beat")
    classes.spotlight_off(classroom.pk)
    assert ends(line)
    own = ada.browser.line(f"/ws/labs/{lab}/")
    assert json.loads(own.recv(PATIENCE))["type"] != "gone"


def test_a_look_into_a_lab_ends_when_its_learner_leaves_or_the_helper_is_one_no_longer(server, classroom):
    classes.work(classroom.pk)
    classes.add_helper(classroom.pk, instructor("lee").username)
    learner(server, classroom, "Ada")
    seat = classroom.seats.get(name="Ada")
    lab = classes.begin(classroom.pk, seat.pk).lab_id
    owner, helper = Browser(server).log_in("kim"), Browser(server).log_in("lee")
    looks = {name: who.line(f"/ws/labs/{lab}/") for name, who in (("kim", owner), ("lee", helper))}
    shown = helper.line(f"/ws/labs/{classroom.lab_id}/")
    for line in (*looks.values(), shown):
        assert json.loads(line.recv(PATIENCE))["type"] != "gone"
    classes.remove_helper(classroom.pk, "lee")
    for line in (looks["lee"], shown):
        assert ends(line)
    assert json.loads(owner.line(f"/ws/labs/{lab}/").recv(PATIENCE))["type"] != "gone"
    classes.remove_seat(classroom.pk, seat.pk)
    assert ends(looks["kim"])
    assert json.loads(owner.line(f"/ws/labs/{lab}/").recv(PATIENCE))["type"] == "gone"


def test_who_is_here_is_seen_in_the_roster_and_nobody_else_hears_of_it(server, classroom):
    staff, ada = teacher(server, classroom), learner(server, classroom, "Ada")
    here = lambda p: [e["online"] for e in p.elements.values() if e["type"] == "seat"]  # noqa: E731
    staff.until(lambda p: here(p) == [True])
    assert staff.becomes_fresh()
    assert staff.refetched == 0
    assert set(ada.elements) == {"class"}


def test_a_learner_who_asks_for_the_projector_hears_what_learners_hear(server, classroom):
    page = Page(Browser(server).join(code_of(classroom), "Ada"), classroom.pk, code_of(classroom), "projector")
    classes.follow(classroom.pk)
    page.until(lambda p: class_now(p)["mode"] == "follow")
    assert "code" not in class_now(page)
    assert set(page.elements) == {"class"}


@pytest.mark.parametrize("origin", ["http://evil.example.com", None])
def test_other_peoples_pages_get_no_line(server, classroom, origin):
    browser = Browser(server).join(code_of(classroom), "Ada")
    with pytest.raises(InvalidStatus) as caught:
        browser.line(f"/ws/classes/{classroom.pk}/", origin=origin)
    assert caught.value.response.status_code == 403


# ── the server dies ──


def start_server(port: int) -> subprocess.Popen:
    environment = {**os.environ, "HOST": "127.0.0.1", "DATABASE_URL": database_url(connection.settings_dict)}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    address_of(process)
    return process


def free_port() -> int:
    """One that stays free while no server has it: below those that the system gives to whoever connects."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def test_after_kill_9_in_the_middle_of_a_class_everybody_goes_on_where_they_were(server, classroom):
    port = free_port()
    process = start_server(port)
    address = f"http://127.0.0.1:{port}"
    pages = [learner(address, classroom, f"Ada {n}") for n in range(3)] + [teacher(address, classroom)]
    do = f"/classes/{code_of(classroom)}/do"
    pages[-1].browser.post(do, do="work")
    own = [json.loads(page.browser.post(do, do="begin")[1])["goto"] for page in pages[:3]]
    for page in pages:
        page.until(lambda p: class_now(p)["mode"] == "work")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    for page in pages:
        assert ends(page.line)
    process = start_server(port)
    try:
        pages[-1].browser.post(do, do="pause", message="back again")
        for page in pages:
            page.open()
            page.until(lambda p: class_now(p)["message"] == "back again")
            assert page.becomes_fresh()
        for page, lab in zip(pages, own, strict=False):
            assert json.loads(page.browser.post(do, do="begin")[1])["goto"] == lab
        assert Lab.objects.filter(pk__in=[lab.split("/")[2] for lab in own]).count() == 3
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
