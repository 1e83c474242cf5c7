"""What a terminal remembers between lines, as plain data that can be stored."""

from typing import Any

from .session import LAPTOP, Forward, Place, Session

MOST_HISTORY, MOST_LOOKED = 500, 100
MOST_KEPT = 1024 * 1024
"""Characters of all files together."""


def remembered(session: Session) -> dict[str, Any]:
    return {
        "namespace": session.namespace,
        "places": [list(place) for place in session.places],
        "scopes": session.scopes,
        "exports": sorted(session.exports),
        "aliases": session.aliases,
        "files": _fitting(session.files),
        "scratch": session.scratch if _size(session.scratch) <= MOST_KEPT else {},
        "forwards": [[port, *forward] for port, forward in session.forwards.items()],
        "borrowed": [[depth, *key] for depth, key in session.borrowed.items()],
        "history": session.history[-MOST_HISTORY:],
        "looked": session.looked[-MOST_LOOKED:],
        "status": session.status,
    }


def recall(session: Session, memory: dict[str, Any]) -> None:
    """Put what was remembered into a new session."""
    session.namespace = memory["namespace"]
    session.places = [Place(*place) for place in memory["places"]] or [LAPTOP]
    session.scopes = memory["scopes"]
    session.exports = set(memory["exports"])
    session.aliases = memory["aliases"]
    session.files = memory["files"]
    session.scratch = memory["scratch"]
    session.forwards = {port: Forward(*forward) for port, *forward in memory["forwards"]}
    session.borrowed = {depth: (kind, space, name) for depth, kind, space, name in memory.get("borrowed", [])}
    session.history = memory["history"]
    session.looked = [(rv, line) for rv, line in memory.get("looked", [])]
    session.status = memory["status"]


def _fitting(files: dict[str, str]) -> dict[str, str]:
    """The files that fit; what was written last goes first."""
    kept, size = {}, 0
    for name, text in files.items():
        size += len(text)
        if size <= MOST_KEPT:
            kept[name] = text
    return kept


def _size(scratch: dict[str, dict[str, str]]) -> int:
    return sum(len(text) for files in scratch.values() for text in files.values())
