"""which, type, command, alias, help: what one can type here."""

from ..session import Result, Session
from . import EVERYWHERE, find, names

PLACES = EVERYWHERE


def which(argv: list[str], session: Session, stdin: str) -> Result:
    known = [word for word in argv if find(word, session.place)]
    return Result("".join(f"/usr/bin/{word}\n" for word in known), code=int(len(known) < len(argv)))


def kind(argv: list[str], session: Session, stdin: str) -> Result:
    result = Result()
    for word in argv:
        if find(word, session.place):
            result.write(f"{word} is /usr/bin/{word}\n")
        else:
            result.complain(f"bash: type: {word}: not found\n")
            result.code = 1
    return result


def command(argv: list[str], session: Session, stdin: str) -> Result:
    """`command -v NAME`, or `command NAME …`."""
    if argv[:1] == ["-v"]:
        return which(argv[1:], session, stdin)
    program = find(argv[0], session.place) if argv else None
    if program is None:
        return Result(err=f"bash: {argv[0]}: command not found\n" if argv else "", code=127 if argv else 0)
    return program(argv[1:], session, stdin)


def alias(argv: list[str], session: Session, stdin: str) -> Result:
    result = Result()
    for word in argv or sorted(session.aliases):
        name, equals, value = word.partition("=")
        if equals:
            session.aliases[name] = session.budget.hold(value)
        elif name in session.aliases:
            result.write(f"alias {name}='{session.aliases[name]}'\n")
        else:
            result.complain(f"bash: alias: {name}: not found\n")
            result.code = 1
    return result


def unalias(argv: list[str], session: Session, stdin: str) -> Result:
    for word in argv:
        session.aliases.pop(word, None)
    return Result()


def help_(argv: list[str], session: Session, stdin: str) -> Result:
    return Result().note("Help", words=sorted(word for word in names(session.place) if word[0].isalpha()))


PROGRAMS = {
    "which": which,
    "type": kind,
    "command": command,
    "alias": alias,
    "unalias": unalias,
    "help": help_,
}
