"""What a hub says to a page: JSON texts, each serialised once for everyone who gets it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from .. import graph, wording
from ..models import Lab, Trace

MOST_BYTES = 16 << 10
"""Larger messages stall a socket for everything behind them; the page fetches over HTTP instead."""
_ENCODER = msgspec.json.Encoder()


def text(frame: dict[str, Any]) -> str:
    return _ENCODER.encode(frame).decode()


def stale(rv: int) -> str:
    """Fetch graph.json: what happened since is too much, too long ago, or was lost."""
    return text({"type": "stale", "rv": rv})


def changes(before: int, rv: int, old: graph.Elements, new: graph.Elements) -> str:
    """What turns the picture at *before* into the one at *rv*."""
    frame = text({"type": "changes", "prev": before, "rv": rv, "ops": graph.diff(old, new)})
    return frame if len(frame) <= MOST_BYTES and len(frame.encode()) <= MOST_BYTES else stale(rv)


def beat(rv: int, lab: Lab) -> str:
    """The pulse: where the log and the virtual clock are, and whether and how fast it runs."""
    return text({"type": "beat", "rv": rv, "clock": lab.now(), "playing": lab.playing, "speed": lab.speed})


def class_changes(before: int, rv: int, elements: Mapping[str, Any]) -> str:
    """What turns a class's page at *before* into one at *rv*; None among the elements is something gone."""
    ops = [("put", element) if element is not None else ("drop", id) for id, element in elements.items()]
    frame = text({"type": "changes", "prev": before, "rv": rv, "ops": ops})
    return frame if len(frame.encode()) <= MOST_BYTES else stale(rv)


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
