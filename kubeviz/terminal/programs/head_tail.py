"""head and tail: the first or last lines (-n N, -N, -c N; tail also -n +N)."""

import re
from collections.abc import Callable

from ..session import Program, Result, Session
from . import EVERYWHERE
from .reading import Usage, guarded, inputs, lines, options, unlined

PLACES = EVERYWHERE
DEFAULT = "10"


def _program(
    name: str, cut: Callable[[list[str], str], list[str]], cut_bytes: Callable[[bytes, str], bytes]
) -> Program:
    @guarded
    def run(argv: list[str], session: Session, stdin: str) -> Result:
        argv = [*(re.sub(r"^-(\d+)$", r"-n\1", word) for word in argv[:1]), *argv[1:]]
        opts, names = options(name, argv, "n:c:qfv", ("lines=", "bytes="))
        count, size = opts.get("n", opts.get("lines", DEFAULT)), opts.get("c", opts.get("bytes"))
        for what, value in (("lines", count), ("bytes", "0" if size is None else size)):
            if not re.fullmatch(r"[-+]?\d{1,9}", value):
                raise Usage(f"{name}: invalid number of {what}: ‘{value}’")
        result = Result()
        for file, text in inputs(name, names, session, stdin, result):
            if len(names) > 1 and "q" not in opts:
                result.write(f"{chr(10) if result.out else ''}==> {file} <==\n")
            result.write(
                unlined(cut(lines(text), count))
                if size is None
                else cut_bytes(text.encode(), size).decode(errors="ignore")
            )
        return result

    return run


def _first(found: list[str], count: str) -> list[str]:
    """`-n -N` leaves out the last N."""
    return found[: int(count)] if count[0] != "-" else found[: max(0, len(found) + int(count))]


def _last(found: list[str], count: str) -> list[str]:
    """`-n +N` begins with line N."""
    if count[0] == "+":
        return found[max(0, int(count) - 1) :]
    return found[-n:] if (n := abs(int(count))) else []


def _first_bytes(data: bytes, count: str) -> bytes:
    return data[: int(count)]


def _last_bytes(data: bytes, count: str) -> bytes:
    return data[-n:] if (n := abs(int(count))) else b""


PROGRAMS = {"head": _program("head", _first, _first_bytes), "tail": _program("tail", _last, _last_bytes)}
