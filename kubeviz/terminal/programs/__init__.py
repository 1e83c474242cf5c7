"""The programs by name and by place. A new one is a module with NAMES, PLACES and `run`, and its name in MODULES."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from ..session import Place, Program, Result, Session

EVERYWHERE = ("laptop", "node", "pod")
LAPTOP_ONLY = ("laptop",)
POD_ONLY = ("pod",)
BUILT_IN = ("exit", "read", "break", "continue")
MODULES = (
    "awk",
    "cat",
    "clock",
    "curl",
    "cut",
    "dig",
    "echo",
    "editors",
    "environment",
    "gcloud",
    "grep",
    "head_tail",
    "helm",
    "host",
    "identity",
    "interfaces",
    "kubectl",
    "ls",
    "minikube",
    "moving",
    "nc",
    "nslookup",
    "numbers",
    "ping",
    "printf",
    "screen",
    "sed",
    "sh",
    "sockets",
    "sort",
    "ssh",
    "tee",
    "test",
    "tr",
    "true_false",
    "uniq",
    "wc",
    "wget",
    "which",
    "xargs",
)


@cache
def _table() -> dict[str, tuple[Program, tuple[str, ...]]]:
    found: dict[str, tuple[Program, tuple[str, ...]]] = {}
    for name in MODULES:
        module = import_module(f"{__name__}.{name}")
        for word, program in module.PROGRAMS.items():
            found[word] = program, module.PLACES
    return found


def find(name: str, place: Place | None) -> Program | None:
    """The program of that name in a place; in any place for None."""
    row = _table().get(name.rpartition("/")[2] if name.startswith(("/bin/", "/usr/bin/")) else name)
    return row[0] if row and (place is None or place.kind in row[1]) else None


def names(place: Place) -> Iterable[str]:
    return [*BUILT_IN, *(name for name, (_, places) in _table().items() if place.kind in places)]


def run_at(place: Place, words: list[str], session: Session, stdin: str) -> Result:
    """One command in another place, as ssh and kubectl exec run it; afterwards one stands where one stood."""
    depth = len(session.places)
    session.places.append(place)
    try:
        program = find(words[0], place)
        if program is None:
            return Result(err=f"sh: {words[0]}: not found\n", code=127)
        return program(words[1:], session, stdin)
    finally:
        del session.places[depth:]
