"""From lines, as they are read, to whole commands: quotes, heredocs and loops go over several."""

from collections.abc import Iterable, Iterator

from ..limits import MOST_TEXT
from .errors import SyntaxProblem, Unfinished
from .parser import parse


def missing(text: str) -> Unfinished | None:
    """What keeps *text* from being whole, or None."""
    if text.endswith("\\") and not text.endswith("\\\\"):
        return Unfinished()
    try:
        parse(text)
    except Unfinished as problem:
        return problem
    except SyntaxProblem:
        return None
    return None


def commands(lines: Iterable[str]) -> Iterator[str]:
    """Each whole command of *lines* (without their line ends); what is still open at the end comes as it is."""
    waiting: list[str] = []
    size = 0
    problem: Unfinished | None = None
    for line in lines:
        waiting.append(line)
        size += len(line) + 1
        if _still_open(problem, line):
            continue
        text = "\n".join(waiting)
        problem = missing(text) if size <= MOST_TEXT else None
        if problem is None:
            waiting, size = [], 0
            if text.strip():
                yield text
    if waiting:
        yield "\n".join(waiting)


def _still_open(problem: Unfinished | None, line: str) -> bool:
    """Whether *line* cannot be the end of what *problem* waits for; long heredocs are so not parsed line by line."""
    if problem is None or not problem.closing:
        return False
    if problem.heredoc:
        return line.strip("\t\r") != problem.closing
    return problem.closing not in line
