"""xargs: a command with the words of standard input (-n N, -I NAME)."""

from ..session import Result, Session
from . import EVERYWHERE, find
from .reading import Usage, guarded, lines, number

PLACES = EVERYWHERE


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    words, most, hole = list(argv), 0, ""
    while words and words[0].startswith("-"):
        option = words.pop(0)
        value = option[2:] or (words.pop(0) if words and option[:2] in ("-n", "-I", "-L", "-P") else "")
        if option[:2] == "-n":
            most = number("xargs", "number", value, 1)
        elif option[:2] == "-I":
            hole = value
        elif option[:2] not in ("-r", "-L", "-P", "-t"):
            raise Usage(f"xargs: invalid option -- '{option[1:2]}'")
    command = words or ["echo"]
    program = find(command[0], session.place)
    if program is None:
        return Result(err=f"xargs: {command[0]}: No such file or directory\n", code=127)
    result, worst = Result(), 0
    for run_with in _groups(command[1:], stdin, most, hole):
        session.budget.turn()
        result.add(program(run_with, session, ""))
        worst = max(worst, 123 if result.code else 0)
    result.code = worst
    return result


def _groups(fixed: list[str], stdin: str, most: int, hole: str) -> list[list[str]]:
    if hole:
        return [[word.replace(hole, line.strip()) for word in fixed] for line in lines(stdin) if line.strip()]
    found = stdin.split()
    size = most or max(1, len(found))
    return [[*fixed, *found[i : i + size]] for i in range(0, max(1, len(found)), size)]


PROGRAMS = {"xargs": run}
