"""The deeds of a class: what those who may do them get, and what is refused. Who may is in `tests/rights`."""

import pytest
from django.contrib.auth.models import User

from kubeviz.actions import classes
from kubeviz.models import Classroom
from kubeviz.views.classroom.doing import STAFF
from tests.classes import as_instructor, code_of, do, fresh, instructor, open_class, seat_of, sits_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    found = open_class()
    classes.add_helper(found.pk, instructor("helper").username)
    return found


def fields(classroom: Classroom, seat: int) -> dict:
    return {"seat": seat, "item": classroom.item_id, "open": 1, "minutes": 1, "days": 30, "name": "x", "username": "helper",
            "url": "http://203.0.113.11:30080/", "kind": "object", "scenario": "snackbar", "message": "x"}  # fmt: skip


LAST = ["close", "reopen", "forget", "delete"]
REFUSED_HERE = {"second_round", "reveal", "replay", "spotlight", "reset_learner", "add_items"}
"""These need a question, a lab, a trace or another plan than this class has: refused, but not as somebody else's."""


@pytest.mark.parametrize("who", ["kim", "helper", "root"])
def test_whoever_teaches_may_do_every_deed_of_the_table(classroom, who):
    instructor("root", is_superuser=True)
    client = as_instructor(who)
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
