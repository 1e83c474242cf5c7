"""test and [: comparisons of words, numbers and files."""

import re
from collections.abc import Callable

from .. import files
from ..session import Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE
WORDS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}
NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda a, b: a == b,
    "-ne": lambda a, b: a != b,
    "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b,
    "-gt": lambda a, b: a > b,
    "-ge": lambda a, b: a >= b,
}


class Wrong(ValueError):
    """No expression; the message is bash's."""


def run(argv: list[str], session: Session, stdin: str) -> Result:
    return _told("test", argv, session)


def bracket(argv: list[str], session: Session, stdin: str) -> Result:
    if argv[-1:] not in (["]"], ["]]"]):
        return Result(err="bash: [: missing `]'\n", code=2)
    return _told("[", argv[:-1], session)


def _told(name: str, words: list[str], session: Session) -> Result:
    try:
        return Result(code=0 if _any(words, session) else 1)
    except Wrong as error:
        return Result(err=f"bash: {name}: {error}\n", code=2)


def _any(words: list[str], session: Session) -> bool:
    return any(_all(part, session) for part in _divided(words, "-o"))


def _all(words: list[str], session: Session) -> bool:
    return all(_one(part, session) for part in _divided(words, "-a"))


def _divided(words: list[str], by: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == by and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _one(words: list[str], session: Session) -> bool:
    if not words:
        return False
    if words[0] == "!" and len(words) > 1:
        return not _one(words[1:], session)
    if len(words) == 1:
        return words[0] != ""
    if len(words) == 2:
        return _unary(words[0], words[1], session)
    if len(words) == 3:
        return _binary(*words)
    raise Wrong("too many arguments")


def _unary(op: str, word: str, session: Session) -> bool:
    if op in ("-z", "-n"):
        return (word == "") == (op == "-z")
    if op in ("-f", "-e", "-r", "-s"):
        return bool(files.read(session, word)) if op == "-s" else files.read(session, word) is not None
    if op == "-d":
        return files.is_directory(session, word)
    raise Wrong(f"{op}: unary operator expected")


def _binary(a: str, op: str, b: str) -> bool:
    if op in WORDS:
        return WORDS[op](a, b)
    if op not in NUMBERS:
        raise Wrong(f"{op}: binary operator expected")
    for word in (a, b):
        if not re.fullmatch(r"\s*[-+]?\d{1,18}\s*", word):
            raise Wrong(f"{word}: integer expression expected")
    return NUMBERS[op](int(a), int(b))


PROGRAMS = {"test": run, "[": bracket, "[[": bracket}
