"""sh and bash: a command (-c), a script from a file or from standard input, or a further shell to type in."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .reading import not_there

PLACES = EVERYWHERE


def run(argv: list[str], session: Session, stdin: str) -> Result:
    from ..shell.evaluator import run_script

    words = [word for word in argv if word not in ("-i", "-l", "-it", "--login")]
    if words and words[0].startswith("-") and words[0].endswith("c"):
        if len(words) < 2:
            return Result(err="sh: -c requires an argument\n", code=2)
        return run_script(words[1], session, stdin)
    if words:
        text = files.read(session, words[0])
        if text is not None:
            return run_script(text, session, stdin)
        result = Result()
        not_there("sh", words[0], session, result)
        result.code = 127
        return result
    if stdin:
        return run_script(stdin, session, "")
    session.places.append(session.place)
    return Result()


PROGRAMS = {"sh": run, "bash": run}
