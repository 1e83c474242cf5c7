"""wc: lines, words, bytes (-l -w -c), characters (-m)."""

from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, inputs, options

PLACES = EVERYWHERE


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("wc", argv, "lwcm")
    wanted = [o for o in "lwmc" if o in opts] or list("lwc")
    result = Result()
    rows = [(_counts(text), name) for name, text in inputs("wc", names, session, stdin, result)]
    if len(names) > 1:
        rows.append(({o: sum(counts[o] for counts, _ in rows) for o in "lwmc"}, "total"))
    # GNU wc pads to the widest number, and to seven places where it cannot know the size beforehand.
    alone = len(wanted) == 1 and len(rows) == 1
    width = 1 if alone else 7 if not names else max((len(str(c[o])) for c, _ in rows for o in "lwmc"), default=1)
    for counts, name in rows:
        line = " ".join(f"{counts[o]:{width}}" for o in wanted)
        result.write(f"{line}{'' if name == '-' else f' {name}'}\n")
    return result


def _counts(text: str) -> dict[str, int]:
    return {"l": text.count("\n"), "w": len(text.split()), "m": len(text), "c": len(text.encode())}


PROGRAMS = {"wc": run}
