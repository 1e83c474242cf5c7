"""true, false, and the colon."""

from ..session import Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE


def yes(argv: list[str], session: Session, stdin: str) -> Result:
    return Result()


def no(argv: list[str], session: Session, stdin: str) -> Result:
    return Result(code=1)


PROGRAMS = {"true": yes, ":": yes, "false": no}
