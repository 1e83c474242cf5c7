"""nano, vi, vim: there is no full-screen editor here; the page's YAML editor and heredocs are the ways to write."""

from ..session import Program, Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE
NAMES = ("nano", "vi", "vim", "emacs", "code", "less", "more", "top", "htop")


def _program(name: str) -> Program:
    def run(argv: list[str], session: Session, stdin: str) -> Result:
        if name in ("less", "more") and stdin:
            return Result(stdin)
        return Result(code=1).note("NoEditor" if name not in ("less", "more", "top", "htop") else "NoScreen", word=name)

    return run


PROGRAMS = {name: _program(name) for name in NAMES}
