"""What somebody did in a lab, as steps that do the same from the start on."""

import shlex
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from ...cluster.changes import Body, Change, ref
from ...cluster.state import Cluster
from ...engine import Request
from ..checks.objects import WRITTEN_BY_TOOLS
from ..places import general_address, general_place
from ..setting import Start
from ..steps import AnyStep, Apply, Delete, Patch, Run, Send
from ..world import CANNOT, after

DERIVED = ("Event", "Endpoints", "EndpointSlice")
"""Kinds that controllers write; whatever a controller owns is derived too."""
ALLOCATED = ("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields")


class Done(NamedTuple):
    """An action: the command that it stands for and everything that changed by it."""

    command: str
    changes: list[Change]


class Sent(NamedTuple):
    """A request, as it was sent."""

    request: Request


class Looked(NamedTuple):
    """A line of the terminal that changed nothing and sent nothing."""

    line: str

    @property
    def telling(self) -> bool:
        """Whether it looks at the cluster; `ls`, `clear` and `history` are the author's own business."""
        words = self.line.split()
        return (words[:1] == ["kubectl"] and not LOOKING.isdisjoint(words)) or words[:1] in (["nslookup"], ["dig"])


Event = Done | Sent | Looked
LOOKING = {"get", "describe", "logs", "exec", "explain", "events", "rollout"}
"""Verbs of kubectl that show something worth knowing."""


def steps_of(start: Start, events: Iterable[Event]) -> list[AnyStep]:
    """Each step does from *start* on what was done: its command where a terminal has the same effect, else what
    changed in the objects."""
    at, steps = start, list[AnyStep]()
    for event in events:
        found = [step for step in _steps(event, at) if not (isinstance(step, Send) and step in steps)]
        steps += found
        try:
            at = after(at, found)
        except CANNOT:
            continue  # proving tells the author
    return steps


def _steps(event: Event, at: Start) -> list[AnyStep]:
    if isinstance(event, Sent):
        return _sent(event.request, at.cluster)
    return _done(event, at) if isinstance(event, Done) else _looked(event, at)


def _looked(event: Looked, at: Start) -> list[AnyStep]:
    """A line that cannot be typed again on a fresh laptop (it needed a variable, a file) is left out."""
    step = Run(line=event.line)
    return [step] if event.telling and _has_effect(step, at, []) else []


def _sent(request: Request, cluster: Cluster) -> list[AnyStep]:
    source, url = general_place(cluster, request.source), general_address(cluster, request.url)
    if (request.method, request.headers, request.connect_to) == ("GET", {}, None):
        return [Send(source=source, url=url)]
    words = ["curl", "-s", "-X", request.method, request.url]
    words += [word for name, value in request.headers.items() for word in ("-H", f"{name}: {value}")]
    words += ["--connect-to", f"::{request.connect_to}:"] if request.connect_to else []
    return [Run(line=f"{shlex.join(words)} || true")] if source == "internet" else []


def _done(done: Done, at: Start) -> list[AnyStep]:
    wanted = by_hand(done.changes)
    line = Run(line=done.command) if done.command.strip() else None
    if line is not None and _has_effect(line, at, wanted):
        return [line]
    return [_as_step(change) for change in wanted]


def by_hand(changes: list[Change]) -> list[Change]:
    """What users said of objects, first state to last; what controllers made of it is left out."""
    first: dict[Any, Body | None] = {}
    last: dict[Any, Change] = {}
    for change in changes:
        first.setdefault(change.key, change.old)
        last[change.key] = change
    merged = [change._replace(old=first[key]) for key, change in last.items()]
    return [c for c in merged if not _derived(c) and said(c.body) != said(c.old)]


def _derived(change: Change) -> bool:
    metadata = (change.body or change.old or {}).get("metadata", {})
    return change.key[0] in DERIVED or any(o.get("controller") for o in metadata.get("ownerReferences") or ())


def said(body: Body | None) -> Body | None:
    """An object without what the API server allocates and controllers report."""
    if body is None:
        return None
    metadata = {k: v for k, v in body.get("metadata", {}).items() if k not in ALLOCATED}
    return {**{k: v for k, v in body.items() if k != "status"}, "metadata": metadata}


def _has_effect(step: AnyStep, at: Start, wanted: list[Change]) -> bool:
    """Whether *step* leaves each object as the action did; new ones need only be there."""
    try:
        found = after(at, [step]).cluster
    except CANNOT:
        return False
    return all(_alike(found, change) for change in wanted)


def _alike(cluster: Cluster, change: Change) -> bool:
    obj = cluster.find(change.key)
    if obj is None or change.body is None:
        return obj is None and change.body is None
    return change.old is None or _timeless(said(obj.body)) == _timeless(said(change.body))


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _timeless(v) for k, v in value.items() if not k.startswith(WRITTEN_BY_TOOLS)}
    return [_timeless(item) for item in value] if isinstance(value, list) else value


def _as_step(change: Change) -> AnyStep:
    if change.body is None:
        return Delete(ref=ref(*change.key))
    if change.old is None:
        return Apply(manifests=_as_manifest(change.body))
    return Patch(ref=ref(*change.key), change=merge_patch(said(change.old) or {}, said(change.body) or {}))


def _as_manifest(body: Body) -> str:
    return str(yaml.safe_dump(_timeless(said(body)), allow_unicode=True, sort_keys=False))


def merge_patch(old: Body, new: Body) -> Body:
    """What turns *old* into *new* (RFC 7396): null removes, a list is given whole."""
    patch: Body = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old or type(old[key]) is not type(value):
            patch[key] = value
        elif isinstance(value, dict):
            patch |= {key: inner} if (inner := merge_patch(old[key], value)) else {}
        elif value != old[key]:
            patch[key] = value
    return patch
