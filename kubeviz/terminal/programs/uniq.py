"""uniq: neighbouring lines that are the same, once (-c counted, -d only repeated, -u only single, -i)."""

from itertools import groupby

from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, inputs, lines, options

PLACES = EVERYWHERE


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("uniq", argv, "cdui")
    result = Result()
    for _, text in inputs("uniq", names[:1], session, stdin, result):
        for _, same in groupby(lines(text), key=str.lower if "i" in opts else None):
            group = list(same)
            if ("d" in opts and len(group) == 1) or ("u" in opts and len(group) > 1):
                continue
            result.write(f"{len(group):7} {group[0]}\n" if "c" in opts else f"{group[0]}\n")
    return result


PROGRAMS = {"uniq": run}
