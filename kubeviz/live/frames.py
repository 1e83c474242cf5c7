"""What a hub says to a page: JSON texts, each serialised once for everyone who gets it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from .. import graph, wording
from ..models import Lab, Trace

MOST_BYTES = 16 << 10
"""Larger messages stall a socket for everything behind them."""
MOST_PARTS = 8
"""What does not fit in so many frames, a page fetches over HTTP instead."""
ENVELOPE = 100
"""Bytes around the operations of a frame."""
_ENCODER = msgspec.json.Encoder()


def text(frame: dict[str, Any]) -> str:
    return _ENCODER.encode(frame).decode()


def stale(rv: int) -> str:
    """Fetch graph.json: what happened since is too much, too long ago, or was lost."""
    return text({"type": "stale", "rv": rv})


def changes(before: int, rv: int, old: graph.Elements, new: graph.Elements) -> tuple[str, ...]:
    """What turns the picture at *before* into the one at *rv*."""
    return _in_parts(before, rv, graph.diff(old, new))


def _in_parts(before: int, rv: int, ops: Sequence[Any]) -> tuple[str, ...]:
    """One frame. Of more than fits in one, `part`s come first, which a page keeps until the `changes` that they belong
    to: a class that fetched them all at once would stand in a queue."""
    parts = _filled([_ENCODER.encode(op) for op in ops])
    if len(parts) > MOST_PARTS or any(len(part) > MOST_BYTES for part in parts):
        return (stale(rv),)
    first = [f'{{"type":"part","ops":[{part.decode()}]}}' for part in parts[:-1]]
    return *first, f'{{"type":"changes","prev":{before},"rv":{rv},"ops":[{parts[-1].decode()}]}}'


def _filled(ops: Sequence[bytes]) -> list[bytes]:
    """As many as fit together, in order; at least one part, be it empty."""
    parts: list[list[bytes]] = [[]]
    held = ENVELOPE
    for op in ops:
        if held + len(op) + 1 > MOST_BYTES and parts[-1]:
            parts.append([])
            held = ENVELOPE
        parts[-1].append(op)
        held += len(op) + 1
    return [b",".join(part) for part in parts]


def beat(rv: int, lab: Lab) -> str:
    """The pulse: where the log and the virtual clock are, and whether and how fast it runs."""
    return text({"type": "beat", "rv": rv, "clock": lab.now(), "playing": lab.playing, "speed": lab.speed})


def class_changes(before: int, rv: int, elements: Mapping[str, Any]) -> tuple[str, ...]:
    """What turns a class's page at *before* into one at *rv*; None among the elements is something gone."""
    ops = [("put", element) if element is not None else ("drop", id) for id, element in elements.items()]
    return _in_parts(before, rv, ops)


def class_beat(rv: int) -> str:
    """The pulse of a class, with the server's time: every timer runs by it."""
    return text({"type": "beat", "rv": rv, "now": datetime.now(UTC)})


def trace(found: Trace, language: str) -> str:
    """A request that was sent, with its words; only its id where that is too long."""
    said = {**found.result, "id": found.id, "say": wording.say(found.result, language)}
    frame = text({"type": "trace", "id": found.id, "trace": said})
    return frame if len(frame.encode()) <= MOST_BYTES else text({"type": "trace", "id": found.id})


def error(code: str) -> str:
    return text({"type": "error", "code": code})


GONE = text({"type": "gone"})
