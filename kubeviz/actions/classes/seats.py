"""Learners come in, come back, are renamed, raise a hand, leave."""

import secrets

from django.db.models import Max
from django.utils import timezone

from ...models import Classroom, JoinCode, Seat
from ...models.classroom import CODE_LENGTH
from ...models.lab import ALPHABET
from ..errors import Problem, Refused
from ..throttling import Throttled, spend, spent
from .names import clean_name
from .writing import changing, store

WRONG_OF_ADDRESS, WRONG_OF_ALL, PER = 80, 2000, 300
"""Wrong codes in five minutes. A school is one address, so right ones are never counted, and when everybody together
is over the limit only addresses that were wrong before are turned away."""
MOST_SEATS = 1000


def tidy_code(text: str) -> str:
    """As people type it: capitals, spaces and dashes do not matter."""
    return "".join(c for c in text.lower() if c.isalnum())[: 2 * CODE_LENGTH]


def find_class(code: str, address: str) -> Classroom:
    """The class that this code lets into. Raises Throttled for those who guess, Refused for a wrong code."""
    _may_guess(address)
    found = JoinCode.objects.select_related("classroom").filter(code=tidy_code(code), ended=None).first()
    if found is None or found.classroom.closed:
        _count_wrong(address)
        raise Refused(Problem("code_wrong", "code"), code=404)
    if not found.classroom.joinable:
        raise Refused(Problem("code_shut", "code"), code=403)
    return found.classroom


def _may_guess(address: str) -> None:
    spent("code-address", address, WRONG_OF_ADDRESS, PER)
    try:
        spent("code-all", "", WRONG_OF_ALL, PER)
    except Throttled:
        spent("code-address", address, 1, PER)


def _count_wrong(address: str) -> None:
    spend("code-address", address, 10**9, PER)
    spend("code-all", "", 10**9, PER)


def take_seat(classroom_id: str, name: str, learner: str) -> Seat:
    """A new learner sits down. *learner* is their browser; one who sits elsewhere already becomes somebody new,
    so that two people at one school computer stay two."""
    name = clean_name(name)
    with changing(classroom_id) as classroom:
        if classroom.seated >= MOST_SEATS:
            raise Refused(Problem("class_full", "name"), code=409)
        number = (classroom.seats.aggregate(last=Max("number"))["last"] or 0) + 1
        seat = Seat(classroom=classroom, name=name, number=number, rv=classroom.rv, resume=_resume(classroom))
        if learner and not Seat.objects.filter(learner=learner).exists():
            seat.learner = learner
        seat.save()
        classroom.seated += 1
        store(classroom, "seated")
    return seat


def _resume(classroom: Classroom) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not classroom.seats.filter(resume=code).exists():
            return code


def resume_seat(resume: str, address: str) -> Seat:
    """Back to one's own seat with the personal code. Guessing is throttled as for join codes."""
    _may_guess(address)
    found = Seat.objects.select_related("classroom").filter(resume=tidy_code(resume), removed=None)
    seat = found.filter(classroom__closed=None).first()
    if seat is None:
        _count_wrong(address)
        raise Refused(Problem("resume_wrong", "resume"), code=404)
    return seat


def rename_seat(classroom_id: str, seat_id: int, name: str) -> None:
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        seat.name, seat.rv = clean_name(name), classroom.rv
        seat.save(update_fields=["name", "rv"])


def remove_seat(classroom_id: str, seat_id: int) -> None:
    """Out of the class: the learner's lines end, the roster forgets them; the report keeps what they did."""
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        seat.removed, seat.hand, seat.online, seat.rv = timezone.now(), None, False, classroom.rv
        seat.save(update_fields=["removed", "hand", "online", "rv"])
        if classroom.spotlight_id == seat.pk:
            classroom.spotlight = classroom.spotlight_lab = None
        classroom.seated = max(0, classroom.seated - 1)
        store(classroom, "seated", "spotlight", "spotlight_lab")


def raise_hand(classroom_id: str, seat_id: int, up: bool) -> None:
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        seat.hand, seat.rv = timezone.now() if up else None, classroom.rv
        seat.save(update_fields=["hand", "rv"])


def seat_of(classroom: Classroom, seat_id: int) -> Seat:
    seat = classroom.seats.filter(pk=seat_id, removed=None).first()
    if seat is None:
        raise Refused("seat_gone", code=404)
    return seat
