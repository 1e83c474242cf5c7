"""tee: what comes in goes out, and into files (-a adds to them)."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, options

PLACES = EVERYWHERE


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("tee", argv, "a")
    result = Result(stdin)
    for name in names:
        try:
            files.write(session, name, stdin, append="a" in opts)
        except files.NoSpace:
            result.complain(f"tee: {name}: No space left on device\n")
            result.code = 1
    return result


PROGRAMS = {"tee": run}
