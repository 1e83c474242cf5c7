"""ls: the files of the place (-l -a -1)."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, not_there, options

PLACES = EVERYWHERE
ROOT = ("bin", "dev", "etc", "home", "lib", "proc", "root", "sbin", "sys", "tmp", "usr", "var")
"""What a small Linux image has at its root; most of it is empty here."""


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("ls", argv, "la1hrtRF")
    result = Result()
    every = files.listing(session)
    for name in names or ["."]:
        key = files.name_of(session, name).rstrip("/")
        if key in every:
            shown = {name: every[key]}
        elif files.is_directory(session, name):
            shown = _inside(session, key or ("/" if session.place.kind != "laptop" else name), every)
        else:
            not_there("ls", name, session, result, "cannot access '{name}'")
            result.code = 2
            continue
        result.write(_printed(shown, "l" in opts, session))
    return result


def _inside(session: Session, directory: str, every: dict[str, str]) -> dict[str, str]:
    """What lies directly in it; directories without their content."""
    if session.place.kind == "laptop" and directory in ("", ".", "~", files.HOME.rstrip("/")):
        return {name: text for name, text in sorted(every.items()) if not name.startswith("/")}
    usual = dict.fromkeys(ROOT, "") if directory == "/" else {}
    start = f"{directory.rstrip('/')}/"
    rest = {name.removeprefix(start).partition("/"): text for name, text in every.items() if name.startswith(start)}
    found = {name: ("" if slash else text) for (name, slash, _), text in rest.items()}
    return dict(sorted({**usual, **found}.items()))


def _printed(shown: dict[str, str], long: bool, session: Session) -> str:
    if not long:
        return "".join(f"{name}\n" for name in shown)
    when = session.tx.now.strftime("%b %e %H:%M")
    rows = [f"-rw-r--r-- 1 student student {len(text.encode()):>6} {when} {name}\n" for name, text in shown.items()]
    return "".join([f"total {4 * len(rows)}\n", *rows])


PROGRAMS = {"ls": run, "dir": run}
