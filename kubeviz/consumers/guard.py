"""Who still may watch: asked every few seconds for everyone at once, so that a lost message closes no less.

One query a question however many watch: a logged-out session is deleted, a removed learner's seat is marked, a closed
class has its time, a lab that is no longer shown, or whose learner has left, is no longer its class's, a share link
may have been renewed.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from .. import queries
from ..models import Classroom, Lab
from ..views.access import Ground


def still(grounds: list[Ground]) -> list[bool]:
    """For each ground whether it still holds."""
    sessions = _sessions(ground.session for ground in grounds)
    classes = _classes_by_seat(seat for ground in grounds for seat in ground.seats)
    teaching = _teaching({(ground.user, ground.classroom) for ground in grounds if ground.user is not None})
    words = dict(Lab.objects.filter(pk__in={g.lab for g in grounds if g.share}).values_list("pk", "share"))
    looked = queries.classrooms.labs_in_classes({ground.lab for ground in grounds if ground.user is not None})
    return [
        (not ground.session or ground.session in sessions)
        and (not ground.share or words.get(ground.lab) == ground.share)
        and (not ground.seats or _seated(ground, classes))
        and (ground.user is None or (ground.user, ground.classroom) in teaching)
        and (ground.user is None or not ground.lab or (ground.classroom, ground.lab) in looked)
        for ground in grounds
    ]


def _sessions(keys: Iterable[str]) -> set[str]:
    alive = Session.objects.filter(session_key__in=set(keys), expire_date__gt=timezone.now())
    return set(alive.values_list("session_key", flat=True))


def _classes_by_seat(seats: Iterable[int]) -> dict[int, set[str | None]]:
    """The labs that the class of each seat is shown; nothing for a seat that is no longer taken."""
    rows = queries.classrooms.seats_in(set(seats)).values_list("pk", "classroom__lab_id", "classroom__spotlight_lab_id")
    return {seat: {spotlight or lab} for seat, lab, spotlight in rows}


def _seated(ground: Ground, shown: dict[int, set[str | None]]) -> bool:
    if not ground.lab:
        return any(seat in shown for seat in ground.seats)
    return any(ground.lab in shown.get(seat, ()) for seat in ground.seats)


def _teaching(pairs: set[tuple[int | None, str]]) -> set[tuple[int | None, str]]:
    users = User.objects.in_bulk([user for user, _ in pairs if user is not None])
    classes = Classroom.objects.in_bulk([classroom for _, classroom in pairs])
    return {
        (user, classroom)
        for user, classroom in pairs
        if user in users and classroom in classes and queries.classrooms.teaches(users[user], classes[classroom])
    }
