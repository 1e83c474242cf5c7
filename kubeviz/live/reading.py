"""What a hub asks the database, in its own few threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, ParamSpec, TypeVar

from channels.db import database_sync_to_async

from .. import graph, queries
from ..cluster.state import Cluster
from ..models import Lab, Seat, Trace
from . import frames

P = ParamSpec("P")
R = TypeVar("R")
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="hub")


class Seen(NamedTuple):
    """A lab as it is now."""

    lab: Lab
    rv: int
    elements: graph.Elements


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    call = database_sync_to_async(function, thread_sensitive=False, executor=_threads)
    found: R = await call(*args, **kwargs)
    return found


def look(lab_id: str) -> Seen | None:
    lab = Lab.objects.select_related(None).filter(id=lab_id).first()
    if lab is None:
        return None
    picture = queries.picture(lab)
    return Seen(lab, picture.rv, picture.elements)


def catch_up(seen: Seen, rv: int) -> tuple[str, ...]:
    """What a page at *rv* needs to be where *seen* is."""
    if rv > seen.rv:
        return (frames.stale(seen.rv),)
    then = queries.at(seen.lab.id, _cluster(seen), rv)
    if then is None:
        return (frames.stale(seen.rv),)
    return frames.changes(rv, seen.rv, graph.elements(then), seen.elements)


def _cluster(seen: Seen) -> Cluster:
    seen.lab.rv = seen.rv
    return queries.snapshot(seen.lab)


def traces(ids: list[str], languages: set[str]) -> list[dict[str, str]]:
    """The frames of each trace by language, oldest first."""
    found = Trace.objects.filter(id__in=ids).order_by("number")
    return [{language: frames.trace(trace, language) for language in languages} for trace in found]


def traces_since(lab_id: str, trace_id: str, language: str) -> list[str]:
    """The last request that a page has missed, if any."""
    return [frames.trace(trace, language) for trace in queries.traces_after(lab_id, trace_id, 1)]


def versions(lab_ids: list[str]) -> dict[str, Lab]:
    return Lab.objects.in_bulk(lab_ids)


# ── classes ──


class ClassSeen(NamedTuple):
    """What an audience had not seen; `own`: the frames for single seats."""

    rv: int
    looked: int
    elements: dict[str, Any]
    own: dict[int, str]


def look_at_class(class_id: str, audience: str, after: int, looked: int, seats: set[int]) -> ClassSeen | None:
    version = queries.classrooms.classroom_version([class_id]).get(class_id)
    news = queries.classrooms.news(class_id, audience, after) if version is not None else None
    if news is None or version is None:
        return None
    return ClassSeen(news.rv, version, news.elements, _own_frames(class_id, seats, looked))


def _own_frames(class_id: str, seats: set[int], after: int) -> dict[int, str]:
    changed = queries.classrooms.changed_seats(class_id, seats, after) if seats else ()
    return {seat.pk: frames.text(queries.classrooms.own(seat, seat.classroom)) for seat in changed}


def class_since(class_id: str, audience: str, rv: int, until: int) -> Any:
    """What is newer than *until* comes with the room's next frame."""
    return queries.classrooms.news(class_id, audience, rv, until)


def own(seat_id: int) -> str | None:
    seat = Seat.objects.select_related("classroom").filter(pk=seat_id, removed=None).first()
    return frames.text(queries.classrooms.own(seat, seat.classroom)) if seat else None


def class_versions(class_ids: list[str]) -> dict[str, int]:
    return queries.classrooms.classroom_version(class_ids)
