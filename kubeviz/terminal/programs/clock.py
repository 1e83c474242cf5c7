"""date and sleep: the lab's virtual time."""

import re

from ..session import Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE
MOST_SLEEP = 3600.0
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def date(argv: list[str], session: Session, stdin: str) -> Result:
    form = next((word[1:] for word in argv if word.startswith("+")), "%a %b %e %H:%M:%S UTC %Y")
    if not re.fullmatch(r"(?:%[aAbBcdDeFHIjmMnpRsSTuUwyYZz%t]|[^%])*", form):
        return Result(err=f"date: invalid format ‘{form}’\n", code=1)
    known = {"%n": "\n", "%t": "\t", "%s": str(int(session.tx.now.timestamp())), "%Z": "UTC"}
    return Result(re.sub(r"%.", lambda m: known.get(m[0]) or session.tx.now.strftime(m[0]), form) + "\n")


def sleep(argv: list[str], session: Session, stdin: str) -> Result:
    """Takes no real time: the lab's clock is put forward, and what falls due meanwhile happens."""
    if not argv:
        return Result(err="sleep: missing operand\nTry 'sleep --help' for more information.\n", code=1)
    total = 0.0
    for word in argv:
        match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)([smhd]?)", word)
        if not match:
            return Result(err=f"sleep: invalid time interval ‘{word}’\n", code=1)
        total += float(match[1]) * UNITS[match[2]]
    session.wait(min(total, MOST_SLEEP))
    return Result()


PROGRAMS = {"date": date, "sleep": sleep}
