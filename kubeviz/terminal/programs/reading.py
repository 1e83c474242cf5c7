"""What most programs need: options as POSIX has them, and the text of their files or of standard input."""

import getopt
import re
from collections.abc import Iterator

from .. import files
from ..nearest import nearest
from ..session import Program, Result, Session


class Usage(Exception):
    """The words after the program's name make no sense to it."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


Options = dict[str, str]


def options(program: str, argv: list[str], short: str, long: tuple[str, ...] = ()) -> tuple[Options, list[str]]:
    """(options as given, operands). *short* and *long* are getopt's. Raises Usage in GNU's words."""
    try:
        found, rest = getopt.gnu_getopt(argv, short, list(long))
    except getopt.GetoptError as error:
        raise Usage(_said(program, error)) from None
    return {name.lstrip("-"): value for name, value in found}, rest


def _said(program: str, error: getopt.GetoptError) -> str:
    option = error.opt
    if "requires argument" in error.msg and len(option) == 1:
        text = f"option requires an argument -- '{option}'"
    elif "requires argument" in error.msg:
        text = f"option '--{option}' requires an argument"
    else:
        text = f"invalid option -- '{option}'" if len(option) == 1 else f"unrecognized option '--{option}'"
    return f"{program}: {text}\nTry '{program} --help' for more information."


def inputs(
    program: str, names: list[str], session: Session, stdin: str, complaints: Result
) -> Iterator[tuple[str, str]]:
    """(name, text) of each file, "-" for standard input; what is not there goes to *complaints* with code 1."""
    for name in names or ["-"]:
        if name == "-":
            yield name, stdin
        elif (text := files.read(session, name)) is not None:
            yield name, text
        elif files.is_directory(session, name):
            complaints.complain(f"{program}: {name}: Is a directory\n")
            complaints.code = 1
        else:
            not_there(program, name, session, complaints)


def not_there(program: str, name: str, session: Session, result: Result, said: str = "{name}") -> None:
    """*said* is how the program puts the name into its complaint."""
    result.complain(f"{program}: {said.format(name=name)}: No such file or directory\n")
    result.code = 1
    close = nearest(files.name_of(session, name), files.listing(session))
    if close:
        result.note("DidYouMeanFile", file=close)


def lines(text: str) -> list[str]:
    """Without their ends; the last one need not have one."""
    found = text.split("\n")
    return found[:-1] if found[-1] == "" else found


def unlined(found: list[str]) -> str:
    return "".join(f"{line}\n" for line in found)


def number(program: str, what: str, text: str, least: int = 0) -> int:
    """Raises Usage."""
    if not re.fullmatch(r"[-+]?\d{1,9}", text) or int(text) < least:
        raise Usage(f"{program}: invalid {what}: ‘{text}’")
    return int(text)


def guarded(program: Program) -> Program:
    """A program whose Usage becomes its complaint."""

    def run(argv: list[str], session: Session, stdin: str) -> Result:
        try:
            return program(argv, session, stdin)
        except Usage as error:
            return Result(err=f"{error}\n", code=error.code)

    run.__doc__ = program.__doc__
    return run
