"""The programs by name and by place. A new one is a module with NAMES, PLACES and `run`, and its name in MODULES."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from ..session import Place, Program

EVERYWHERE = ("laptop", "node", "pod")
LAPTOP_ONLY = ("laptop",)
POD_ONLY = ("pod",)
BUILT_IN = ("exit", "read", "break", "continue")
MODULES = ("cat", "echo", "sh", "true_false")


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
