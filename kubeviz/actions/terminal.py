"""A line of the terminal in a stored lab: run, with everything that it changes and sends stored at once."""

from typing import Any, NamedTuple

from .. import controllers, queries, terminal
from ..cluster.apiserver import Transaction
from ..cluster.changes import Change as LogEntry
from ..models import Lab, Terminal, Trace
from ..terminal import Follow, Note, Session
from ..wording import say
from ..wording.terminal import note
from .applying import MOST_OBJECTS
from .errors import Refused
from .sending import affinity_of, keep, last_number
from .writing import write


class Typed(NamedTuple):
    """What a line printed: (stream, text) in order; "note" is ours, "why" leads to a trace ("ID sentence")."""

    chunks: list[tuple[str, str]]
    code: int
    prompt: str
    place: str
    rv: int
    follow: Follow | None = None
    traces: list[Trace] = []
    edit: str = ""
    """The object whose YAML `kubectl edit` asked for."""
    ended: bool = False
    """Whether `exit` has left the laptop's own shell."""
    incomplete: bool = False


def type_line(lab_id: str, text: str, *, who: str, language: str, since: int | None = None) -> Typed:
    """Run *text* in *who*'s terminal. `since` continues a followed command: it tells what happened after that version.

    Raises Refused. What the line changed is one action that can be undone; what it sent is stored like any request.
    """
    if since is None and terminal.missing(text) is not None:
        return Typed([], 0, "> ", "", 0, incomplete=True)
    done: list[Typed] = []

    def work(tx: Transaction, lab: Lab) -> str | None:
        row = _row(lab, who)
        session = _session(tx, lab, row)
        session.news = None if since is None else _news(tx, lab, since)
        before, version, place = tx.now, tx.cluster.rv, session.place
        result = terminal.run(text, session)
        if len(tx.cluster) > MOST_OBJECTS and len(tx.cluster) > len(tx.base):
            raise Refused(f"this lab would hold more than {MOST_OBJECTS:,} objects")
        if tx.now > before:
            lab.set_clock(tx.now)
        if place == terminal.LAPTOP and result.code == 0 and tx.cluster.rv == version and not session.traces:
            session.looked.append((version, text.strip()))
        _remember(row, session, text if since is None else "")
        traces = keep(lab, session.traces) if session.traces else []
        done.append(_typed(result, session, traces, language))
        return text if tx.cluster.rv - version > session.waited else None

    written = write(lab_id, work, who=who, verb="terminal")
    return done[0]._replace(rv=written.rv)


def _news(tx: Transaction, lab: Lab, since: int) -> list[LogEntry]:
    """What has happened after version *since*; as far as the log reaches back."""
    return [*(queries.log_as_entries(lab.id, since, tx.base.rv) or []), *tx.changes]


def opened(lab: Lab, who: str) -> dict[str, Any]:
    """What the drawer shows when it opens: prompt and history."""
    session = _session(_looking(lab), lab, _row(lab, who, stored=False))
    return {"prompt": terminal.prompt(session), "history": session.history, "place": session.place.kind}


def completed(lab: Lab, line: str, who: str) -> terminal.Completion:
    return terminal.complete(line, _session(_looking(lab), lab, _row(lab, who, stored=False)))


def _looking(lab: Lab) -> Transaction:
    return Transaction(queries.snapshot(lab), lab.now())


def _row(lab: Lab, who: str, stored: bool = True) -> Terminal:
    if stored:
        return Terminal.objects.get_or_create(lab=lab, who=who)[0]
    return Terminal.objects.filter(lab=lab, who=who).first() or Terminal(lab=lab, who=who)


def _session(tx: Transaction, lab: Lab, row: Terminal) -> Session:
    session = Session(tx, controllers.settle)
    if row.memory:
        terminal.recall(session, row.memory)
    elif lab.scenario is not None:
        session.files = terminal.as_files(lab.scenario.manifests)
    session.affinity, session.seed = affinity_of(lab), last_number(lab)
    return session


def _remember(row: Terminal, session: Session, text: str) -> None:
    line = text.strip()
    if line and session.history[-1:] != [line]:
        session.history.append(line)
    row.memory = terminal.remembered(session)
    row.save(update_fields=["memory"])


def _typed(result: terminal.Result, session: Session, traces: list[Trace], language: str) -> Typed:
    chunks = [_told(stream, text, traces, language) for stream, text in result.chunks]
    edited = next((n.params["ref"] for n in result.notes if n.code == "EditOnPage"), "")
    return Typed(
        chunks,
        result.code,
        terminal.prompt(session),
        session.place.kind,
        session.tx.cluster.rv,
        session.follow,
        traces,
        edited,
        session.ended,
    )


def _told(stream: str, text: str, traces: list[Trace], language: str) -> tuple[str, str]:
    if not isinstance(text, Note):
        return stream, text
    if text.code == "Clear":
        return "clear", ""
    if text.code == "Why":
        trace = traces[text.params["trace"]]
        reason = say(trace.result, language)["reason"]
        return "why", f"{trace.id} {note('Why', {'reason': reason}, language)}"
    return "note", note(text.code, text.params, language)
