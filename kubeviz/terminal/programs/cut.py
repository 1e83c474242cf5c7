"""cut: fields (-d C -f LIST) or characters (-c LIST) of each line."""

import re

from ..session import Result, Session
from . import EVERYWHERE
from .reading import Usage, guarded, inputs, lines, options

PLACES = EVERYWHERE
TRY = "\nTry 'cut --help' for more information."


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("cut", argv, "d:f:c:b:s", ("delimiter=", "fields=", "characters=", "output-delimiter="))
    fields, characters = opts.get("f", opts.get("fields")), opts.get("c", opts.get("b", opts.get("characters")))
    if (fields is None) == (characters is None):
        raise Usage("cut: you must specify a list of bytes, characters, or fields" + TRY)
    between = opts.get("d", opts.get("delimiter", "\t"))
    if len(between) != 1:
        raise Usage("cut: the delimiter must be a single character" + TRY)
    wanted = _ranges(fields or characters or "")
    result = Result()
    for _, text in inputs("cut", names, session, stdin, result):
        for line in lines(text):
            if characters is not None:
                result.write("".join(_chosen(list(line), wanted)) + "\n")
            elif between in line:
                result.write(opts.get("output-delimiter", between).join(_chosen(line.split(between), wanted)) + "\n")
            elif "s" not in opts:
                result.write(f"{line}\n")
    return result


def _ranges(text: str) -> list[tuple[int, int]]:
    """`1,3-5,7-` as (first, last); raises Usage."""
    found = []
    for part in text.split(","):
        match = re.fullmatch(r"(\d{0,9})(-?)(\d{0,9})", part)
        if not match or not (match[1] or match[3]) or match[1] == "0":
            raise Usage(f"cut: invalid field value ‘{part}’{TRY}")
        first = int(match[1] or 1)
        found.append((first, first if not match[2] else int(match[3] or 10**9)))
    return found


def _chosen(items: list[str], wanted: list[tuple[int, int]]) -> list[str]:
    return [item for i, item in enumerate(items, 1) if any(a <= i <= b for a, b in wanted)]


PROGRAMS = {"cut": run}
