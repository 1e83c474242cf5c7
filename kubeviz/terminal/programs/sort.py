"""sort: -n -r -u -f -k N[,M] -t C -h -V"""

import re
from collections.abc import Callable
from typing import Any

from ..session import Result, Session
from . import EVERYWHERE
from .reading import Options, Usage, guarded, inputs, lines, options, unlined

PLACES = EVERYWHERE
NUMBER = re.compile(r"\s*(-?\d{0,18}(?:\.\d{0,18})?)([KMGT]?)")
SIZES = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("sort", argv, "nrufk:t:hVsb", ("key=", "reverse", "numeric-sort", "unique"))
    result = Result()
    found = [line for _, text in inputs("sort", names, session, stdin, result) for line in lines(text)]
    key, reverse = _key(opts)
    found.sort()
    found.sort(key=key, reverse=reverse)
    if "u" in opts or "unique" in opts:
        kept: dict[Any, str] = {}
        for line in found:
            kept.setdefault(key(line), line)
        found = list(kept.values())
    result.write(unlined(found))
    return result


def _key(opts: Options) -> tuple[Callable[[str], Any], bool]:
    field = opts.get("k", opts.get("key", ""))
    match = re.fullmatch(r"(\d{1,4})(?:\.\d+)?([nrfhVb]*)(?:,(\d{1,4})(?:\.\d+)?([nrfhVb]*))?", field)
    if field and (match is None or match[1] == "0"):
        raise Usage(f"sort: invalid number at field start: invalid count at start of ‘{field}’", 2)
    flags = "".join(opts) + "".join(match[i] or "" for i in (2, 4)) if match else "".join(opts)
    start, end = (int(match[1]), int(match[3] or 0)) if match else (0, 0)

    def key(line: str) -> Any:
        return _value(_field(line, start, end, opts.get("t")), flags)

    return key, "r" in opts or "reverse" in opts or bool(match and "r" in (match[2] + (match[4] or "")))


def _field(line: str, start: int, end: int, separator: str | None) -> str:
    if not start:
        return line
    fields = line.split(separator) if separator else line.split()
    return (separator or " ").join(fields[start - 1 : end or None])


def _value(text: str, flags: str) -> Any:
    if "n" in flags or "h" in flags:
        match = NUMBER.match(text)
        digits = match[1] if match else ""
        try:
            return (SIZES[match[2]] if match and "h" in flags else 0, float(digits))
        except ValueError:
            return (0, 0.0)
    if "V" in flags:
        return [(1, int(part[:18]), "") if part.isdecimal() else (0, 0, part) for part in re.split(r"(\d+)", text)]
    return text.lower() if "f" in flags else text


PROGRAMS = {"sort": run}
