"""What a command line works on: a cluster, a place to stand, and what it remembers from line to line."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from ..cluster.apiserver import Transaction
from ..engine import Affinity, Trace

Stream = Literal["out", "err"]


class Place(NamedTuple):
    """Where the prompt is: on the learner's laptop, on a node, or in a container of a pod."""

    kind: Literal["laptop", "node", "pod"] = "laptop"
    namespace: str = ""
    name: str = ""


LAPTOP = Place()


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
        self.variables: dict[str, str] = {}
        self.files: dict[str, str] = {}
        """The laptop's files: the scenario's manifests, by name."""
        self.affinity: Affinity = {}
        self.traces: list[Trace] = []
        """Requests that the current line has sent, in order."""
        self.status = 0
        """`$?`"""

    @property
    def place(self) -> Place:
        return self.places[-1]


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


Program = Callable[[list[str], Session, str], Result]
"""A command: (its words after its name, the session, standard input) -> what it printed. Never raises for
what a user can type."""
