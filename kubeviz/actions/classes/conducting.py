"""What the instructor makes of the lesson: watch together, work alone, wait, hurry, look at this."""

import math
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ...models import Cell, Classroom, Item, Lab, Trace
from ..errors import Problem, Refused
from ..labs import copy_lab
from .names import INVISIBLE
from .seats import seat_of
from .writing import changing, store

MOST_MESSAGE = 200
MOST_MINUTES = 180
VIEWS = ("taught", "packet")
SPEEDS = ("0.5", "1", "2")


def follow(classroom_id: str) -> None:
    """Everybody watches the instructor's lab."""
    with changing(classroom_id) as classroom:
        classroom.mode = Classroom.FOLLOW
        classroom.spotlight = classroom.spotlight_lab = None
        store(classroom, "mode", "spotlight", "spotlight_lab")


def work(classroom_id: str, item_id: int | None = None) -> None:
    """Everybody works in a lab of their own, on this item of the plan (else the present one)."""
    with changing(classroom_id) as classroom:
        _work_on(classroom, _item(classroom, item_id or classroom.item_id))


def _work_on(classroom: Classroom, item: Item) -> None:
    classroom.mode, classroom.item = Classroom.WORK, item
    classroom.pace = max(classroom.pace, item.order + 1)
    classroom.spotlight = classroom.spotlight_lab = None
    store(classroom, "mode", "item", "pace", "spotlight", "spotlight_lab")


def _item(classroom: Classroom, item_id: int | None) -> Item:
    item = classroom.plan.filter(pk=item_id).first() if item_id else classroom.plan.first()
    if item is None:
        raise Refused(Problem("item_gone", "item"), code=404)
    return item


def set_pace(classroom_id: str, open_items: int) -> None:
    """So many items of the plan may be opened by learners."""
    with changing(classroom_id) as classroom:
        classroom.pace = max(1, min(open_items, classroom.plan.count()))
        store(classroom, "pace")


def pause(classroom_id: str, message: str) -> None:
    """Learners' pages dim and say this."""
    said = " ".join("".join(c for c in message if not _hidden(c)).split())
    if len(said) > MOST_MESSAGE:
        raise Refused(Problem("message_long", "message"))
    with changing(classroom_id) as classroom:
        classroom.paused, classroom.message = True, said
        store(classroom, "paused", "message")


def _hidden(character: str) -> bool:
    return character != " " and unicodedata.category(character) in INVISIBLE


def go_on(classroom_id: str) -> None:
    with changing(classroom_id) as classroom:
        classroom.paused, classroom.message = False, ""
        store(classroom, "paused", "message")


def set_timer(classroom_id: str, minutes: float) -> None:
    """The clock that everybody sees runs out so many minutes from now; 0 takes it away."""
    if not math.isfinite(minutes) or not 0 <= minutes <= MOST_MINUTES:
        raise Refused(Problem("timer_wrong", "minutes"))
    with changing(classroom_id) as classroom:
        classroom.timer_ends = timezone.now() + timedelta(minutes=minutes) if minutes else None
        store(classroom, "timer_ends")


def set_animals(classroom_id: str, animals: bool) -> None:
    """Names or animals on the projector: every seat is shown anew there."""
    with changing(classroom_id) as classroom:
        classroom.animals = animals
        classroom.seats.filter(removed=None).update(rv=classroom.rv)
        store(classroom, "animals")


def spotlight(classroom_id: str, seat_id: int) -> None:
    """This learner's lab on the projector, and before everybody who follows; nobody is told whose it is."""
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        if seat.lab is None:
            raise Refused(Problem("no_lab_yet", "seat"), code=409)
        _show(classroom, seat.lab, {})
        classroom.spotlight = seat
        store(classroom, "spotlight")


def replay(classroom_id: str, trace: Trace) -> None:
    """A learner's failing request on the projector, without a name: in a copy of their lab as it was then, so that
    nobody watches them now."""
    if not Cell.objects.filter(classroom=classroom_id, lab=trace.lab_id).exists():
        raise Refused(Problem("no_lab_yet", "trace"), code=404)
    then = copy_lab(trace.lab, replays_of(classroom_id), trace.result["rv"])
    with changing(classroom_id) as classroom:
        _show(classroom, then, {"trace": trace.pk, "view": "taught", "index": 0, "playing": True})


def replays_of(classroom_id: str) -> str:
    """Who owns the labs in which a class's requests are replayed: like anybody's, the oldest are cleared away."""
    return f"replay:{classroom_id}"


def _show(classroom: Classroom, lab: Lab, pointer: dict[str, Any]) -> None:
    classroom.spotlight, classroom.spotlight_lab = None, lab
    classroom.pointer, classroom.pointer_rv = pointer, classroom.rv
    store(classroom, "spotlight", "spotlight_lab", "pointer", "pointer_rv")


def spotlight_off(classroom_id: str) -> None:
    with changing(classroom_id) as classroom:
        classroom.spotlight = classroom.spotlight_lab = None
        classroom.pointer, classroom.pointer_rv = {}, classroom.rv
        store(classroom, "spotlight", "spotlight_lab", "pointer", "pointer_rv")


def send_copy(classroom_id: str) -> None:
    """The instructor's lab as it is now becomes the next item of the plan, and everybody works in a copy of it."""
    with changing(classroom_id) as classroom:
        if classroom.lab is None:
            raise Refused(Problem("no_lab_yet", "lab"), code=409)
        frozen = copy_lab(classroom.lab, f"class:{classroom.pk}")
        order = classroom.plan.count()
        item = Item.objects.create(classroom=classroom, order=order, scenario=frozen.scenario, lab=frozen)
        _work_on(classroom, item)


def point(classroom_id: str, said: Mapping[str, Any]) -> None:
    """Where the instructor is: which journey, which step, which object."""
    pointer = _pointer(said)
    with changing(classroom_id) as classroom:
        if classroom.spotlight_lab_id is None:
            classroom.pointer, classroom.pointer_rv = pointer, classroom.rv
            classroom.save(update_fields=["pointer", "pointer_rv"])


def _pointer(said: Mapping[str, Any]) -> dict[str, Any]:
    index = str(said.get("index", "0"))
    return {
        "trace": str(said.get("trace") or "")[:32],
        "view": said.get("view") if said.get("view") in VIEWS else VIEWS[0],
        "index": min(int(index), 9999) if index.isascii() and index.isdecimal() and len(index) < 6 else 0,
        "playing": said.get("playing") == "true",
        "speed": float(said["speed"]) if said.get("speed") in SPEEDS else 1.0,
        "selected": str(said.get("selected") or "")[:400],
        "path": str(said.get("path") or "")[:200],
    }
