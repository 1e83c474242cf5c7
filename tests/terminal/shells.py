"""Terminals for tests."""

from typing import Any

from kubeviz.controllers import quiesce
from kubeviz.terminal import Note, Result, Session, run
from tests.clusters import begin


def shell(text: str = "", **options: Any) -> Session:
    """A terminal on the laptop of a cluster at rest."""
    return Session(begin(text, **options), quiesce)


def typed(session: Session, line: str) -> str:
    """Everything that a line prints, notes as {Code}."""
    return shown(run(line, session))


def shown(result: Result) -> str:
    return "".join(f"{{{text.code}}}" if isinstance(text, Note) else text for _, text in result.chunks)
