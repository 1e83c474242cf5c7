"""What a hub asks the database, in its own few threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, ParamSpec, TypeVar

from channels.db import database_sync_to_async

from .. import graph, queries
from ..cluster.state import Cluster
from ..models import Lab, Trace
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


def catch_up(seen: Seen, rv: int) -> str:
    """What a page at *rv* needs to be where *seen* is."""
    if rv > seen.rv:
        return frames.stale(seen.rv)
    then = queries.at(seen.lab.id, _cluster(seen), rv)
    if then is None:
        return frames.stale(seen.rv)
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
