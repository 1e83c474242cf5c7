"""What a command line works on: a cluster, a place to stand, and what it remembers from line to line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from ..cluster.apiserver import Transaction
from ..cluster.changes import Change, Key
from ..engine import Affinity, Trace
from .limits import Budget

Stream = Literal["out", "err", "note"]


class Place(NamedTuple):
    """Where the prompt is: on the learner's laptop, on a node, or in a container of a pod."""

    kind: Literal["laptop", "node", "pod"] = "laptop"
    namespace: str = ""
    name: str = ""

    @property
    def source(self) -> str:
        """As a request names where it comes from; "" for the laptop, which depends on the provider."""
        return "" if self.kind == "laptop" else "/".join(part for part in self if part)


LAPTOP = Place()


class Forward(NamedTuple):
    """`kubectl port-forward`: where a port of the laptop leads."""

    namespace: str
    pod: str
    port: int


class Follow(NamedTuple):
    """A command that goes on until Ctrl-C. A live terminal runs `text` again after each change of the cluster.

    style: "rows" adds what is new (-w), "screen" starts the screen afresh (watch).
    """

    style: Literal["rows", "screen"]
    every: float = 1.0
    text: str = ""


class Session:
    """One terminal. The pure part of it: whoever owns the lab saves what `tx` collects."""

    def __init__(self, tx: Transaction, settle: Callable[[Transaction], Any], namespace: str = "default") -> None:
        self.tx = tx
        """The API server that kubectl talks to; `tx.cluster` is always the latest state."""
        self.settle = settle
        """Lets the controllers work after a change: to quiescence without a browser, to now in a running lab."""
        self.namespace = namespace
        """Of kubectl's current context."""
        self.places: list[Place] = [LAPTOP]
        """Shells within shells; `exit` leaves the last."""
        self.files: dict[str, str] = {}
        """The laptop's files: the scenario's manifests and what was written since, by name."""
        self.scratch: dict[str, dict[str, str]] = {}
        """Files written elsewhere: request source of the place -> path -> text."""
        self.forwards: dict[int, Forward] = {}
        """Open port-forwards by the laptop's port."""
        self.borrowed: dict[int, Key] = {}
        """Pods of `kubectl run --rm`: number of open shells -> what is deleted when the last of them is left."""
        self.exports: set[str] = set()
        """Variables that programs are given too."""
        self.aliases: dict[str, str] = {}
        self.history: list[str] = []
        """Lines typed so far, oldest first."""
        self.looked: list[tuple[int, str]] = []
        """Lines typed on the laptop that only looked at something: (version of the cluster, line), oldest first."""
        self.affinity: Affinity = {}
        self.traces: list[Trace] = []
        """Requests that the current line has sent, in order."""
        self.seed = 0
        """Of the next request; each takes one."""
        self.status = 0
        """`$?`"""
        self.follow: Follow | None = None
        """Set by a program that would go on until Ctrl-C."""
        self.news: list[Change] | None = None
        """When a followed command runs again: what has changed since it last looked. None the first time."""
        self.ended = False
        """Whether `exit` has left the laptop's own shell."""
        self.waited = 0
        """How many versions of the cluster came while time was let pass: the cluster's own doing, not the line's."""
        self.budget = Budget()
        self._scopes: list[dict[str, str]] = [{}]

    @property
    def place(self) -> Place:
        return self.places[-1]

    @property
    def variables(self) -> dict[str, str]:
        """Shell variables of the innermost shell; each shell has its own."""
        while len(self._scopes) < len(self.places):
            self._scopes.append({})
        del self._scopes[len(self.places) :]
        return self._scopes[-1]

    @property
    def scopes(self) -> list[dict[str, str]]:
        """The variables of every shell, outermost first."""
        assert self.variables is not None
        return self._scopes

    @scopes.setter
    def scopes(self, found: list[dict[str, str]]) -> None:
        self._scopes = found or [{}]

    def wait(self, seconds: float) -> None:
        """Let virtual time pass; what falls due meanwhile happens."""
        before = self.tx.cluster.rv
        self.tx.now += timedelta(seconds=seconds)
        self.settle(self.tx)
        self.waited += self.tx.cluster.rv - before


class Note(str):
    """kubeviz's own word to the learner beside what the real program prints: a code and its parameters.

    It prints as nothing; `wording.terminal` has the sentences.
    """

    code: str
    params: dict[str, Any]

    def __new__(cls, code: str, **params: Any) -> "Note":
        note = super().__new__(cls, "")
        note.code, note.params = code, params
        return note


class Result:
    """What a command printed, in order, and its exit code."""

    def __init__(self, out: str = "", err: str = "", code: int = 0) -> None:
        self.chunks: list[tuple[Stream, str]] = []
        self.code = code
        self.write(out)
        self.complain(err)

    def write(self, text: str) -> None:
        if text:
            self.chunks.append(("out", text))

    def complain(self, text: str) -> None:
        if text:
            self.chunks.append(("err", text))

    def note(self, code: str, **params: Any) -> "Result":
        """Say something of ours; see Note."""
        self.chunks.append(("note", Note(code, **params)))
        return self

    def add(self, other: "Result") -> None:
        """Another command's output after this one's; its exit code is the one that counts."""
        self.chunks += other.chunks
        self.code = other.code

    @property
    def out(self) -> str:
        return "".join(text for stream, text in self.chunks if stream == "out")

    @property
    def err(self) -> str:
        return "".join(text for stream, text in self.chunks if stream == "err")

    @property
    def notes(self) -> list[Note]:
        return [text for _, text in self.chunks if isinstance(text, Note)]


Program = Callable[[list[str], Session, str], Result]
"""A command: (its words after its name, the session, standard input) -> what it printed. Never raises for
what a user can type."""
