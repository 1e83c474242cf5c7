"""Into a class: codes, names, seats, coming back."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from kubeviz.actions.classes import clean_name
from kubeviz.actions.classes import seats as seating
from kubeviz.actions.errors import Refused
from kubeviz.models import JoinCode, Seat
from kubeviz.models.classroom import join_code
from kubeviz.models.lab import ALPHABET
from kubeviz.wording.animals import ANIMALS, animal
from tests.classes import as_instructor, code_of, do, fresh, open_class, seat_of, sits_in, state
from tests.labs import open_lab

pytestmark = pytest.mark.django_db(transaction=True)


OF_ADDRESS, OF_ALL = 12, 60
"""Limits low enough to be reached soon."""


@pytest.fixture(autouse=True)
def few_guesses(monkeypatch):
    monkeypatch.setattr(seating, "WRONG_OF_ADDRESS", OF_ADDRESS)
    monkeypatch.setattr(seating, "WRONG_OF_ALL", OF_ALL)


@pytest.fixture
def classroom():
    return open_class()


def test_a_code_has_eight_of_31_characters_that_nobody_mistakes():
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("ilo01")
    assert re.fullmatch(f"[{ALPHABET}]{{8}}", join_code())


def test_a_learner_joins_with_a_nickname_and_is_in_the_lobby(classroom):
    ada = sits_in(classroom, "Ada")
    page = ada.get(f"/classes/{code_of(classroom)}/")
    assert page.status_code == 200
    assert "Ada" in page.content.decode()
    assert fresh(classroom).seated == 1


def test_capitals_spaces_and_dashes_in_a_code_do_not_matter(classroom):
    code = code_of(classroom).upper()
    found = Client().post("/join/", {"code": f" {code[:4]}-{code[4:]} ", "name": "Ada"})
    assert found.status_code == 302


def test_joining_gives_a_new_session_key_and_keeps_the_learners_lab(classroom, client):
    open_lab(owner="somebody else")
    lab = client.get("/").context["lab"]["id"]
    planted = client.session.session_key
    client.post("/join/", {"code": code_of(classroom), "name": "Ada"})
    assert client.session.session_key != planted
    assert client.get("/").context["lab"]["id"] == lab


def test_the_same_browser_comes_back_to_its_seat_without_asking(classroom):
    ada = sits_in(classroom)
    assert ada.get(f"/j/{code_of(classroom)}")["Location"] == f"/classes/{code_of(classroom)}/"
    assert Seat.objects.count() == 1


def test_two_people_at_one_school_computer_stay_two(classroom):
    browser = sits_in(classroom, "Ada")
    ada = seat_of(browser, classroom)
    other = open_class(name="2반")
    browser.post("/join/", {"code": code_of(other), "name": "Ben"})
    assert seat_of(browser, other).learner != ada.learner
    found = browser.post("/join/", {"code": code_of(classroom), "name": "Cho", "new": "yes"})
    assert found.status_code == 302
    assert len(set(Seat.objects.values_list("learner", flat=True))) == 3


def test_a_personal_code_brings_one_back_from_another_device(classroom):
    ada = seat_of(sits_in(classroom, "Ada"), classroom)
    elsewhere = Client()
    found = elsewhere.post("/join/back", {"resume": ada.resume.upper()})
    assert found["Location"] == f"/classes/{code_of(classroom)}/"
    assert seat_of(elsewhere, classroom) == ada
    assert elsewhere.session["learner"] == ada.learner


WRONG_CODES = [
    ("unknown", lambda c: "22222222", 404),
    ("empty", lambda c: "", 404),
    ("markup", lambda c: "<script>", 404),
    ("an old one", lambda c: _renewed(c), 404),
]


def _renewed(classroom) -> str:
    old = code_of(classroom)
    do(as_instructor(), classroom, "renew_code")
    return old


@pytest.mark.parametrize(("code", "status"), [r[1:] for r in WRONG_CODES], ids=[r[0] for r in WRONG_CODES])
def test_a_wrong_code_lets_nobody_in(classroom, code, status):
    found = Client().post("/join/", {"code": code(classroom), "name": "Ada"})
    assert found.status_code == status
    assert found.context["errors"]["code"]
    assert not Seat.objects.exists()


def test_a_class_that_takes_nobody_in_says_so_and_a_closed_one_is_not_there(classroom):
    teacher = as_instructor()
    do(teacher, classroom, "joinable")
    assert Client().post("/join/", {"code": code_of(classroom), "name": "Ada"}).status_code == 403
    do(teacher, classroom, "joinable", joinable="yes")
    code = code_of(classroom)
    sits_in(classroom)
    do(teacher, classroom, "close")
    assert Client().post("/join/", {"code": code, "name": "Ada"}).status_code == 404


def test_after_a_new_code_those_inside_find_back_by_the_old_one(classroom):
    ada, old = sits_in(classroom), code_of(classroom)
    do(as_instructor(), classroom, "renew_code")
    assert ada.get(f"/classes/{old}/").status_code == 200
    assert JoinCode.objects.filter(classroom=classroom).count() == 2
    assert state(ada, classroom)


NAMES = [
    ("as typed", "  민지  김 ", "민지 김"),
    ("any script", "Ñandú Ωμέγα 山田", "Ñandú Ωμέγα 山田"),
    ("an apostrophe", "O'Neil", "O'Neil"),
    ("emoji", "서준 🍟", "서준 🍟"),
    ("a family of emoji", "👩‍👩‍👧", "👩‍👩‍👧"),
    ("decomposed Korean", "\u1106\u1175\u11ab\u110c\u1175", "민지"),
    ("40 characters", "가" * 40, "가" * 40),
]


@pytest.mark.parametrize(("typed", "kept"), [r[1:] for r in NAMES], ids=[r[0] for r in NAMES])
def test_a_name_stays_as_it_was_typed(typed, kept):
    assert clean_name(typed) == kept


BAD_NAMES = [
    ("nothing", "  ", "name_empty"),
    ("points only", "...", "name_empty"),
    ("too long", "가" * 41, "name_long"),
    ("markup", "<b>Ada</b>", "name_markup"),
    ("a quote", 'Ada"', "name_markup"),
    ("a template", "{{ 7*7 }}", "name_markup"),
    ("right to left override", "Ada\u202egnp", "name_markup"),
    ("an escape sequence", "Ada\x1b[31m", "name_markup"),
    ("a zero width space", "A\u200bda", "name_markup"),
]


@pytest.mark.parametrize(("typed", "why"), [r[1:] for r in BAD_NAMES], ids=[r[0] for r in BAD_NAMES])
def test_a_bad_name_is_refused_with_its_reason(typed, why):
    with pytest.raises(Refused, match=why):
        clean_name(typed)


def test_a_bad_name_is_said_at_its_field_and_nobody_sits_down(classroom):
    found = Client().post("/join/", {"code": code_of(classroom), "name": "<b>"})
    assert found.status_code == 422
    assert found.context["errors"]["name"] != "name_markup"
    assert b"<b>" not in found.content.partition(b"<form")[2].partition(b"</form>")[0].replace(b"&lt;b&gt;", b"")
    assert not Seat.objects.exists()


def test_whoever_guesses_codes_is_turned_away_and_a_school_is_not(classroom):
    for _ in range(OF_ADDRESS):
        assert Client().post("/join/", {"code": join_code(), "name": "Eve"}).status_code == 404
    assert Client().post("/join/", {"code": code_of(classroom), "name": "Eve"}).status_code == 429
    school = Client(REMOTE_ADDR="192.0.2.7")
    assert school.post("/join/", {"code": code_of(classroom), "name": "Ada"}).status_code == 302


def test_right_codes_of_one_address_are_not_counted(classroom):
    for n in range(OF_ADDRESS + 5):
        assert Client().post("/join/", {"code": code_of(classroom), "name": f"Ada {n}"}).status_code == 302
    assert fresh(classroom).seated == OF_ADDRESS + 5


def test_when_many_addresses_guess_together_those_that_were_never_wrong_still_come_in(classroom):
    for n in range(OF_ALL):
        if n % 6 == 0:
            guesser = Client(REMOTE_ADDR=f"198.51.100.{n // 6}")
        guesser.post("/join/back", {"resume": "22222222"})
    assert guesser.post("/join/", {"code": code_of(classroom), "name": "Eve"}).status_code == 429
    fresh_address = Client(REMOTE_ADDR="192.0.2.99")
    assert fresh_address.post("/join/", {"code": code_of(classroom), "name": "Ada"}).status_code == 302


def test_fifty_who_join_at_once_get_fifty_numbers_and_are_counted_once_each(classroom):
    def join(n: int) -> int:
        try:
            return Client().post("/join/", {"code": code_of(classroom), "name": f"Ada {n}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(join, range(50))) == [302] * 50
    assert fresh(classroom).seated == 50
    assert sorted(Seat.objects.values_list("number", flat=True)) == list(range(1, 51))


def test_every_learner_has_another_animal_in_both_languages():
    for language in ("ko", "en"):
        assert len({animal(n, language) for n in range(1, 501)}) == 500
    assert len({ko for ko, _ in ANIMALS}) == len({en for _, en in ANIMALS}) == len(ANIMALS)


def test_the_qr_code_is_a_picture_for_those_inside_alone(classroom):
    address = f"/classes/{code_of(classroom)}/qr.svg"
    found = as_instructor().get(address)
    assert found["Content-Type"] == "image/svg+xml"
    assert found.content.startswith(b"<?xml") and b"<svg" in found.content and b"<path" in found.content
    assert Client().get(address).status_code == 404
