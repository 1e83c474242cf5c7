"""cat: files, or standard input."""

from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, inputs, lines, options, unlined

PLACES = EVERYWHERE


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("cat", argv, "neAbsuv")
    result = Result()
    for _, text in inputs("cat", names, session, stdin, result):
        result.write(unlined([f"{i:6}\t{line}" for i, line in enumerate(lines(text), 1)]) if "n" in opts else text)
    return result


PROGRAMS = {"cat": run}
