"""A lab's virtual clock: let it run, stop it, step it."""

from datetime import timedelta

from django.utils import timezone

from .. import live
from ..cluster.apiserver import Transaction
from ..models import Lab
from ..models.lab import SPEEDS
from .errors import Refused
from .writing import Written, write

LONGEST_STEP = timedelta(hours=1)


def advance(lab_id: str) -> None:
    """Do what is due by now."""
    lab = Lab.objects.filter(id=lab_id).first()
    if lab is not None and lab.due_in() == 0:
        write(lab_id, _nothing)


def _nothing(tx: Transaction, lab: Lab) -> None:
    """Time passes before any work."""


def set_clock(lab_id: str, *, playing: bool | None = None, speed: float | None = None) -> Written:
    """Let the clock run or stand, at one of SPEEDS."""
    if speed is not None and speed not in SPEEDS:
        raise Refused(f"speed is one of {', '.join(f'{s:g}' for s in SPEEDS)}")

    def work(tx: Transaction, lab: Lab) -> None:
        lab.playing = lab.playing if playing is None else playing
        lab.speed = speed or lab.speed

    return _told(lab_id, write(lab_id, work))


def step(lab_id: str, by: timedelta | None = None) -> Written:
    """Let *by* pass at once, or the time until the next thing happens."""
    lab = Lab.objects.filter(id=lab_id).first()
    if lab is None:
        raise Refused("this lab is gone", code=404)
    until = lab.now() + min(by, LONGEST_STEP) if by is not None else lab.next_due
    return _told(lab_id, write(lab_id, _nothing, until=until))


def _told(lab_id: str, written: Written) -> Written:
    live.publish(lab_id, rv=written.rv, clock=True)
    return written


def look_at(lab: Lab) -> None:
    """Somebody opened the lab's page: its time goes on from where it stood."""
    lab.looked_at()
    Lab.objects.filter(id=lab.id).update(last_seen=lab.last_seen, clock=lab.clock, ticked_at=lab.ticked_at)


def keep_awake(lab_ids: list[str]) -> None:
    """Somebody is still watching these."""
    Lab.objects.filter(id__in=lab_ids).update(last_seen=timezone.now())
