"""Who may do what: every address and every deed of a class, for every role, out of the tables themselves."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver

from kubeviz.actions import classes
from kubeviz.models import Classroom, Lab, Trace
from kubeviz.views.classroom.doing import LEARNER, STAFF
from tests.classes import as_instructor, code_of, do, fresh, instructor, open_class, seat_of, sits_in

pytestmark = pytest.mark.django_db

ROLES = (
    "stranger",
    "learner",
    "removed",
    "classmate of another class",
    "another instructor",
    "helper",
    "owner",
    "admin",
)
TEACHES = {"helper", "owner", "admin"}

# Who may read each address of a class, and who may post to it; a new address without a row fails.
READS = {
    "classes/<str:code>/": TEACHES | {"learner"},
    "classes/<str:code>/do": set(),
    "classes/<str:code>/projector": TEACHES,
    "classes/<str:code>/qr.svg": TEACHES | {"learner"},
    "classes/<str:code>/report": TEACHES,
    "classes/<str:code>/report.csv": TEACHES,
    "classes/<str:code>/seats/<int:seat_id>/": TEACHES,
    "classes/<str:code>/state.json": TEACHES | {"learner"},
}
CLASS_ROUTES = sorted(str(p.pattern) for p in get_resolver().url_patterns if str(p.pattern).startswith("classes/<"))


@pytest.fixture
def classroom() -> Classroom:
    found = open_class()
    classes.add_helper(found.pk, instructor("helper").username)
    return found


def browser(role: str, classroom: Classroom) -> Client:
    if role == "learner":
        return sits_in(classroom, "Ada")
    if role == "removed":
        found = sits_in(classroom, "Eve")
        classes.remove_seat(classroom.pk, seat_of(found, classroom).pk)
        return found
    if role == "classmate of another class":
        return sits_in(open_class(instructor("lee"), name="2반"), "Ben")
    names = {"another instructor": "lee", "helper": "helper", "owner": "kim"}
    if role == "admin":
        return as_instructor("root", is_superuser=True)
    return as_instructor(names[role]) if role in names else Client()


def test_every_address_of_a_class_has_a_rule():
    assert sorted(READS) == CLASS_ROUTES


@pytest.mark.parametrize("role", ROLES)
def test_an_address_answers_those_who_may_read_it_alone(classroom, role):
    classes.follow(classroom.pk)
    seat = seat_of(sits_in(classroom, "Zebulon"), classroom)
    client = browser(role, classroom)
    for route in CLASS_ROUTES:
        path = "/" + route.replace("<str:code>", code_of(classroom)).replace("<int:seat_id>", str(seat.pk))
        found = client.get(path)
        if role in READS[route]:
            assert found.status_code == 200, route
        elif route == "classes/<str:code>/":
            assert found["Location"].startswith("/join/"), route
        else:
            assert found.status_code in (404, 405), route
            assert "Zebulon" not in found.content.decode(), route


EVERY_DEED = sorted({*STAFF, *LEARNER})


@pytest.mark.parametrize("role", ROLES)
def test_a_deed_is_done_by_those_who_may_and_changes_nothing_else(classroom, role):
    client = browser(role, classroom)
    table = STAFF if role in TEACHES else LEARNER if role == "learner" else {}
    before = fresh(classroom).rv
    for name in EVERY_DEED:
        if name not in table:
            assert do(client, classroom, name).status_code == 404, name
    assert fresh(classroom).rv == before
    assert do(client, classroom, "no such deed").status_code == 404


def fields(classroom: Classroom, seat: int) -> dict:
    return {"seat": seat, "item": classroom.item_id, "open": 1, "minutes": 1, "days": 30, "name": "x", "username": "helper",
            "url": "http://203.0.113.11:30080/", "kind": "object", "scenario": "snackbar", "message": "x"}  # fmt: skip


LAST = ["close", "reopen", "forget", "delete"]
REFUSED_HERE = {"second_round", "reveal", "replay", "spotlight", "reset_learner", "add_items"}
"""These need a question, a lab, a trace or another plan than this class has: refused, but not as somebody else's."""


@pytest.mark.parametrize("role", sorted(TEACHES))
def test_whoever_teaches_may_do_every_deed_of_the_table(classroom, role):
    client = browser(role, classroom)
    seat = seat_of(sits_in(classroom, "Ada"), classroom).pk
    sent = fields(fresh(classroom), seat)
    deeds = [
        name for name in STAFF if name not in {*LAST, *REFUSED_HERE, "remove_seat", "remove_helper", "remove_item"}
    ]
    for name in sorted(REFUSED_HERE):
        assert do(client, classroom, name, **sent).status_code in (400, 404, 409, 422), name
    other = classroom.plan.last().pk
    assert do(client, classroom, "remove_item", item=other).status_code == 200
    for name in [*deeds, "remove_seat", *LAST]:
        assert do(client, classroom, name, **sent).status_code == 200, name
    assert not Classroom.objects.filter(pk=classroom.pk).exists()


BAD_FIELDS = [
    ("seat", "timer", {"minutes": "nan"}),
    ("inf", "timer", {"minutes": "inf"}),
    ("a word", "timer", {"minutes": "soon"}),
    ("too long", "timer", {"minutes": "1e9"}),
    ("no number", "pace", {"open": "x"}),
    ("a huge number", "pace", {"open": "9" * 40}),
    ("Arabic digits", "rename_seat", {"seat": "٣", "name": "x"}),
    ("nobody's seat", "remove_seat", {"seat": "999999"}),
    ("an unknown item", "work", {"item": "999999"}),
    ("an unknown kind", "ask", {"kind": "x", "url": "http://203.0.113.11:30080/"}),
    ("a request without host", "ask", {"kind": "object", "url": "http://"}),
    ("an unknown pod", "ask", {"kind": "object", "url": "http://a/", "source": "pod/x/y"}),
    ("a message too long", "pause", {"message": "x" * 300}),
    ("nobody's name", "add_helper", {"username": "nobody"}),
    ("an unknown scenario", "show_lab", {"scenario": "x"}),
    ("negative days", "retention", {"days": "-1"}),
]


@pytest.mark.parametrize(("deed", "sent"), [r[1:] for r in BAD_FIELDS], ids=[r[0] for r in BAD_FIELDS])
def test_a_bad_field_is_refused_in_words_and_stores_nothing(classroom, deed, sent):
    before = fresh(classroom).rv
    found = do(as_instructor(), classroom, deed, **sent)
    assert 400 <= found.status_code < 500
    assert " " in found.json()["errors"][0]["message"]
    assert fresh(classroom).rv == before


def working(classroom: Classroom, name: str) -> tuple[Client, Lab]:
    client = sits_in(classroom, name)
    page = client.get(f"/classes/{code_of(classroom)}/")
    return client, Lab.objects.get(pk=page["Location"].split("/")[2])


def test_a_learners_lab_is_seen_by_them_and_those_who_teach_and_by_a_classmate_only_in_the_spotlight(classroom):
    classes.work(classroom.pk)
    (ada, lab), (ben, _) = working(classroom, "Ada"), working(classroom, "Ben")
    graph = f"/labs/{lab.pk}/graph.json"
    assert ada.get(graph).status_code == 200
    for role in ROLES:
        expected = 200 if role in TEACHES else 404
        assert browser(role, classroom).get(graph).status_code == expected, role
    classes.spotlight(classroom.pk, seat_of(ada, classroom).pk)
    assert ben.get(graph).status_code == 200
    assert browser("classmate of another class", classroom).get(graph).status_code == 404
    classes.spotlight_off(classroom.pk)
    assert ben.get(graph).status_code == 404


def test_nobody_but_its_owner_changes_a_learners_lab(classroom):
    classes.work(classroom.pk)
    (ada, lab), (ben, _) = working(classroom, "Ada"), working(classroom, "Ben")
    classes.spotlight(classroom.pk, seat_of(ada, classroom).pk)
    sent = {"url": "http://203.0.113.11:30080/"}
    for client in (ben, as_instructor(), browser("admin", classroom)):
        assert client.post(f"/labs/{lab.pk}/send", sent).status_code == 404
    assert not Trace.objects.filter(lab=lab).exists()


def test_the_shown_lab_is_watched_by_the_class_and_changed_by_those_who_teach_it(classroom):
    lab = classroom.lab
    sent = {"url": "http://203.0.113.11:30080/"}
    for role in ROLES:
        client = browser(role, classroom)
        may_watch = role in TEACHES or role == "learner"
        assert client.get(f"/labs/{lab.pk}/graph.json").status_code == (200 if may_watch else 404), role
        assert client.post(f"/labs/{lab.pk}/send", sent).status_code == (200 if role in TEACHES else 404), role


def test_an_instructor_who_is_no_longer_one_is_nobody(classroom):
    client = as_instructor()
    User.objects.filter(username="kim").update(is_staff=False)
    assert client.get(f"/classes/{code_of(classroom)}/report").status_code == 404
    assert do(client, classroom, "follow").status_code == 404


def test_a_closed_class_is_over_for_learners_and_kept_for_those_who_taught_it(classroom):
    ada = sits_in(classroom, "Ada")
    seat = seat_of(ada, classroom)
    classes.close_class(classroom.pk)
    assert do(ada, classroom, "hand", up="yes").status_code == 409
    assert ada.get(f"/labs/{classroom.lab_id}/graph.json").status_code == 404
    teacher = as_instructor()
    assert "Ada" in teacher.get(f"/classes/{code_of(classroom)}/report").content.decode()
    classes.reopen_class(classroom.pk)
    assert do(ada, classroom, "hand", up="yes").status_code == 200
    seat.refresh_from_db()
    assert seat.hand
