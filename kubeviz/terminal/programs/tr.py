"""tr: characters for characters (ranges, classes, -d, -s, -c)."""

import re
import string
from collections.abc import Callable

from ..session import Result, Session
from . import EVERYWHERE
from .escapes import unescaped
from .reading import Usage, guarded, options

PLACES = EVERYWHERE
CLASSES = {
    "upper": string.ascii_uppercase,
    "lower": string.ascii_lowercase,
    "digit": string.digits,
    "alpha": string.ascii_letters,
    "alnum": string.ascii_letters + string.digits,
    "space": " \t\n\r\v\f",
    "blank": " \t",
    "punct": string.punctuation,
}


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, sets = options("tr", argv, "dscC")
    if len(sets) != (1 if "d" in opts or ("s" in opts and len(sets) == 1) else 2):
        said = f"missing operand after ‘{sets[-1]}’" if sets else "missing operand"
        raise Usage(f"tr: {said}\nTry 'tr --help' for more information.")
    first = _set(sets[0])
    found = set(first)

    def named(c: str) -> bool:
        return (c in found) != ("c" in opts or "C" in opts)

    text = stdin
    squeezed = set(first)
    if "d" in opts:
        text = "".join(c for c in text if not named(c))
    elif len(sets) == 2:
        second = _set(sets[1])
        squeezed = set(second)
        text = _changed(text, first, second, named)
    if "s" in opts:
        text = "".join(c for i, c in enumerate(text) if not (i and c == text[i - 1] and c in squeezed))
    return Result(text)


def _changed(text: str, first: str, second: str, named: Callable[[str], bool]) -> str:
    """The shorter second set's last character stands for the rest."""
    if not second:
        raise Usage("tr: when not truncating set1, string2 must be non-empty")
    table = {c: second[min(i, len(second) - 1)] for i, c in reversed(list(enumerate(first)))}
    return "".join(table.get(c, second[-1]) if named(c) else c for c in text)


def _set(text: str) -> str:
    text = re.sub(r"\[:(\w+):\]", lambda m: CLASSES.get(m[1], ""), unescaped(text))
    return re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), min(ord(m[2]), ord(m[1]) + 5000) + 1))), text)


PROGRAMS = {"tr": run}
