"""Who is here now: each process says which seats have a page open there; only coming and leaving change the class."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ...models import Classroom, Seat
from ..writing import one_writer
from .writing import changing

AWAY = timedelta(seconds=15)
"""Whom no process has seen for so long is away: a reload or another process is no leaving."""


def note_presence(here: Mapping[str, Collection[int]]) -> None:
    """These seats have a page open in this process. A closed class has nobody in it."""
    now = timezone.now()
    for classroom in Classroom.objects.filter(pk__in=here, closed=None):
        seats = classroom.seats.filter(removed=None)
        with one_writer():
            seats.filter(pk__in=here[classroom.pk]).update(seen=now)
        came = Q(online=False, pk__in=here[classroom.pk])
        left = Q(online=True, seen__lt=now - AWAY)
        moved = {pk: not online for pk, online in seats.filter(came | left).values_list("pk", "online")}
        if moved:
            _move(classroom.pk, moved)


def _move(classroom_id: str, moved: Mapping[int, bool]) -> None:
    with changing(classroom_id, closed=True) as classroom:
        for online in set(moved.values()):
            those = [pk for pk, is_online in moved.items() if is_online is online]
            Seat.objects.filter(pk__in=those).update(online=online, rv=classroom.rv)
