"""echo: bash's, with -n and -e."""

from ..session import Result, Session
from . import EVERYWHERE
from .escapes import unescaped

PLACES = EVERYWHERE


def run(argv: list[str], session: Session, stdin: str) -> Result:
    newline, escapes = True, False
    while argv and argv[0][:1] == "-" and argv[0] != "-" and set(argv[0][1:]) <= set("neE"):
        newline = newline and "n" not in argv[0]
        escapes = "e" in argv[0] and "E" not in argv[0]
        argv = argv[1:]
    text = " ".join(argv)
    return Result((unescaped(text) if escapes else text) + ("\n" if newline else ""))


PROGRAMS = {"echo": run}
