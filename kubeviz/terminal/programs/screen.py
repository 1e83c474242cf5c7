"""clear, history, watch: what belongs to the terminal itself."""

import re

from ..session import Follow, Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE


def clear(argv: list[str], session: Session, stdin: str) -> Result:
    return Result().note("Clear")


def history(argv: list[str], session: Session, stdin: str) -> Result:
    if argv[:1] == ["-c"]:
        session.history.clear()
        return Result()
    if argv and not argv[0].isdecimal():
        return Result(err=f"bash: history: {argv[0]}: numeric argument required\n", code=1)
    numbered = list(enumerate(session.history, 1))
    return Result("".join(f"{i:5}  {line}\n" for i, line in (numbered[-int(argv[0][:6]) :] if argv else numbered)))


def watch(argv: list[str], session: Session, stdin: str) -> Result:
    """Runs a command again and again; a terminal that is no screen shows it once."""
    from ..shell.evaluator import run_script

    every, words = 2.0, list(argv)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        match = re.fullmatch(r"-n(\d{0,4}(?:\.\d{1,3})?)|--interval=(\d{1,4})", word)
        if match:
            text = match[1] or match[2] or (words.pop(0) if words else "")
            if not re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", text):
                return Result(err=f"watch: failed to parse argument: '{text}'\n", code=1)
            every = max(0.1, float(text))
    if not words:
        return Result(err="Usage:\n watch [options] command\n", code=1)
    line = " ".join(words)
    result = Result(f"Every {every:.1f}s: {line}\n\n")
    result.add(run_script(line, session, stdin))
    session.follow = Follow("screen", every)
    return result


PROGRAMS = {"clear": clear, "history": history, "watch": watch}
