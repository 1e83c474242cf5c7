"""The share link: what it opens, to whom, and who may put it into a frame."""

import pytest
from django.test import Client

from kubeviz.consumers.guard import still
from kubeviz.models import Classroom, Lab
from kubeviz.views.access import Ground, ground
from tests.classes import open_class, sits_in
from tests.labs import open_lab

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> Lab:
    return open_lab(owner="somebody else")


def test_only_the_embedded_view_may_be_framed(shared: Lab):
    watch = f"/labs/{shared.id}/watch?share={shared.share}"
    plain, embedded = Client().get(watch), Client().get(f"{watch}&embed")
    assert (plain.status_code, embedded.status_code) == (200, 200)
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]
    assert "frame-ancestors" not in embedded["Content-Security-Policy"]
    assert (plain["X-Frame-Options"], embedded.get("X-Frame-Options")) == ("DENY", None)


@pytest.mark.parametrize("said", ["", "?share=", "?share=wrong", "?share=%C3%BC%EB%B0%B0", "?embed", "?share=%00"])
def test_a_wrong_word_opens_nothing(shared: Lab, said: str):
    assert Client().get(f"/labs/{shared.id}/watch{said}").status_code == 404
    assert Client().get(f"/labs/{shared.id}/graph.json{said}").status_code == 404


def test_the_word_in_the_address_is_enough_where_no_cookie_goes(shared: Lab):
    found = Client().get(f"/labs/{shared.id}/graph.json?share={shared.share}")
    assert found.status_code == 200
    assert found.cookies == {}


def test_an_embedded_view_leaves_no_session_behind(shared: Lab):
    friend = Client()
    friend.get(f"/labs/{shared.id}/watch?share={shared.share}&embed")
    assert friend.get(f"/labs/{shared.id}/graph.json").status_code == 404
    friend.get(f"/labs/{shared.id}/watch?share={shared.share}")
    assert friend.get(f"/labs/{shared.id}/graph.json").status_code == 200


def test_the_word_lets_nobody_change_anything(shared: Lab):
    for verb in ("act", "send", "apply", "undo", "reset", "clock"):
        assert Client().post(f"/labs/{shared.id}/{verb}?share={shared.share}").status_code == 404
    assert Client().get(f"/labs/{shared.id}/qr.svg?share={shared.share}").status_code == 404


def test_the_owner_gets_the_link_as_a_qr_code():
    client = Client()
    client.get("/scenarios/")
    client.get("/")
    lab = Lab.objects.first() or open_lab()
    session = client.session
    session["learner"] = lab.owner
    session.save()
    found = client.get(f"/labs/{lab.id}/qr.svg")
    assert found["Content-Type"] == "image/svg+xml"
    assert found.content.startswith(b"<?xml")


def test_a_new_link_ends_the_old_one_also_for_those_who_have_followed_it(shared: Lab):
    friend, owner = Client(), Client()
    old = f"/labs/{shared.id}/watch?share={shared.share}"
    friend.get(old)
    owner.get("/scenarios/")
    session = owner.session
    session["learner"] = shared.owner
    session.save()
    watching = [
        ground(friend.session, shared),
        Ground(share=shared.share, lab=shared.id),
        ground(owner.session, shared),
    ]
    assert still(watching) == [True, True, True]
    assert friend.post(f"/labs/{shared.id}/share").status_code == 404
    assert owner.post(f"/labs/{shared.id}/share").status_code == 302
    assert still(watching) == [False, False, True]
    assert friend.get(f"/labs/{shared.id}/graph.json").status_code == Client().get(old).status_code == 404
    shared.refresh_from_db()
    assert friend.get(f"/labs/{shared.id}/watch?share={shared.share}").status_code == 200


def test_a_page_to_watch_names_no_link_to_those_who_came_without_one(shared: Lab):
    """A lab in the spotlight is watched by the class, which must not keep a way back to it."""
    classroom = open_class()
    Classroom.objects.filter(pk=classroom.pk).update(spotlight_lab=shared)
    found = sits_in(classroom, "Ben").get(f"/labs/{shared.id}/watch")
    assert found.status_code == 200
    assert shared.share not in found.content.decode()
