"""printf: the shell's, with %s %d %i %x %o %c %b %q %% and the format used again for more words."""

import re

from ..limits import MOST_TEXT
from ..session import Result, Session
from . import EVERYWHERE
from .escapes import unescaped

PLACES = EVERYWHERE
DIRECTIVE = re.compile(r"%(?:%|([-0+ #]*)(\d{0,3}|\*)(?:\.(\d{0,3}))?([sdioxXcbqufeEgG]))")
MOST_ROUNDS = 2000


def run(argv: list[str], session: Session, stdin: str) -> Result:
    if argv[:1] == ["--"]:
        argv = argv[1:]
    if not argv:
        return Result(err="bash: printf: usage: printf [-v var] format [arguments]\n", code=2)
    form, words = unescaped(argv[0]), argv[1:]
    result = Result()
    written = 0
    for _ in range(MOST_ROUNDS):
        left = list(words)
        text = DIRECTIVE.sub(lambda match: _one(match, words, result), form)
        written += len(text)
        result.write(text if written <= MOST_TEXT else session.budget.hold(" " * written))
        if not words or len(words) == len(left):
            break
    return result


def formatted(form: str, words: list[str], result: Result) -> str:
    """The format filled once; complaints go to *result*."""
    left = list(words)
    return DIRECTIVE.sub(lambda match: _one(match, left, result), form)


def _one(match: re.Match[str], words: list[str], result: Result) -> str:
    if match[0] == "%%":
        return "%"
    word = words.pop(0) if words else ""
    flags, width, precision, kind = match[1] or "", match[2] or "", match[3], match[4]
    if kind in "sbqc":
        text = unescaped(word) if kind == "b" else word[:1] if kind == "c" else word
        text = text[: int(precision)] if precision else text
        return f"{text:{'<' if '-' in flags else '>'}{width if width != '*' else ''}}"
    spec = f"%{flags}{width if width != '*' else ''}{'.' + precision if precision is not None else ''}"
    return (spec + kind.replace("i", "d").replace("u", "d")) % _number(word, kind, result)


def _number(word: str, kind: str, result: Result) -> float:
    try:
        if kind in "feEgG":
            return float(word[:40] or 0)
        return int(word[:40] or "0", 0 if word.lower().startswith("0x") else 10)
    except ValueError:
        result.complain(f"bash: printf: {word}: invalid number\n")
        result.code = 1
        return 0


PROGRAMS = {"printf": run}
