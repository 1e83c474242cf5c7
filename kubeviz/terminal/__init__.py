"""What a learner types: `run(line, session)` gives what a real shell, kubectl, curl … would print."""

import re

from ..cluster.changes import Key
from ..cluster.errors import Rejected
from .completion import Completion, complete
from .inert import inert
from .limits import MOST_LINE, MOST_TEXT, Budget, Exhausted
from .manifests import as_files
from .memory import recall, remembered
from .session import LAPTOP, Follow, Forward, Note, Place, Program, Result, Session
from .shell.errors import SyntaxProblem
from .shell.evaluator import Leave, Shell
from .shell.parser import parse
from .shell.redirection import Input
from .shell.splitting import commands, missing

PASTED_PROMPT = re.compile(r"\s*(?:(?:[\w.-]+@)?[\w.-]+:)?(?:[~/][\w./-]*)? ?\$ +|\s*(?:[\w.@-]+:)?/[\w/.-]* ?# +")
"""`$ `, `student@laptop:~$ `, `/ # `: what one copies along from a page of notes."""
GONE = 137
"""The exit code of a shell whose container was killed."""


def run(text: str, session: Session) -> Result:
    """Run one whole command. Never raises for what a user can type."""
    session.budget, session.traces, session.follow = Budget(), [], None
    out = Result()
    text = PASTED_PROMPT.sub("", text, count=1) if PASTED_PROMPT.match(text) else text
    if _left_behind(session, out):
        return out
    try:
        _run(text, session, out)
    except Exhausted as limit:
        out.code = session.status = 1
        out.note(limit.code, most=limit.most)
    except Rejected as refusal:
        out.complain(f"{refusal.message}\n")
        out.code = session.status = 1
    except RecursionError:
        out.code = session.status = 1
        out.note("TooDeep", most=0)
    out.chunks = [(s, t if isinstance(t, Note) else inert(t)) for s, t in out.chunks]
    return out


def _run(text: str, session: Session, out: Result) -> None:
    if len(text) > MOST_TEXT or any(len(line) > MOST_LINE for line in text.split("\n")):
        raise Exhausted("LineTooLong", MOST_LINE)
    try:
        Shell(session).script(parse(text), out, Input(""))
    except SyntaxProblem as problem:
        out.complain(problem.said("sh" if session.place.kind == "pod" else "bash") + "\n")
        out.code = session.status = 2
    except Leave as leave:
        if leave.how == "exit":
            _leave(session, out, leave.code)


def _leave(session: Session, out: Result, code: int) -> None:
    """`exit` leaves the innermost shell; kubectl exec passes on its exit code."""
    out.code = session.status = code
    if len(session.places) == 1:
        session.ended = True
        return
    pod = session.borrowed.pop(len(session.places), None)
    left = session.places.pop()
    if pod is not None and session.tx.cluster.find(pod) is not None:
        _give_back(session, out, pod, code)
    elif left.kind == "pod" and code:
        out.complain(f"command terminated with exit code {code}\n")
        out.code = session.status = 1 if code > 255 else code


def _give_back(session: Session, out: Result, key: Key, code: int) -> None:
    """The pod of `kubectl run --rm` goes with its shell; kubectl tells how it ended unless it would start again."""
    restarts = session.tx.cluster.get(*key).spec.get("restartPolicy") == "Always"
    if restarts:
        again = f"kubectl attach {key[2]} -c {key[2]} -i -t"
        out.write(f"Session ended, resume using '{again}' command when the pod is running\n")
    session.tx.delete(key, 0)
    session.settle(session.tx)
    out.write(f'pod "{key[2]}" deleted from {key[1]} namespace\n')
    if code and not restarts:
        out.complain(f"pod {key[1]}/{key[2]} terminated (Error)\n")
    out.code = session.status = 0 if restarts else code


def _left_behind(session: Session, out: Result) -> bool:
    """A pod that is gone takes its shells along."""
    gone = False
    while session.place.kind == "pod" and not _stands(session, session.place):
        session.places.pop()
        gone = True
    if gone:
        out.complain(f"command terminated with exit code {GONE}\n")
        out.code = session.status = GONE
        out.note("PodGone")
    return gone


def _stands(session: Session, place: Place) -> bool:
    pod = session.tx.cluster.get("Pod", place.namespace, place.name)
    return pod is not None and pod.running


def prompt(session: Session) -> str:
    """`student@laptop:~$ `, `node-1:~$ `, `order-7d…:/# `."""
    place = session.place
    if place.kind == "pod":
        return f"{inert(place.name)}:/# "
    return "student@laptop:~$ " if place.kind == "laptop" else f"{inert(place.name)}:~$ "


__all__ = [
    "LAPTOP",
    "Completion",
    "Follow",
    "Forward",
    "Note",
    "Place",
    "Program",
    "Result",
    "Session",
    "as_files",
    "commands",
    "complete",
    "missing",
    "prompt",
    "recall",
    "remembered",
    "run",
]
