"""env, printenv, export, unset, set: variables. In a pod they are what the container got when it started."""

from .. import files
from ..session import Result, Session
from ..shell.quoting import NAME
from . import EVERYWHERE, find

PLACES = EVERYWHERE


def env(argv: list[str], session: Session, stdin: str) -> Result:
    """Alone it prints; `env A=1 command` runs with more."""
    words = [word for word in argv if word not in ("-i", "-")]
    given = {}
    while words and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        given[name] = value
    if not words:
        return Result("".join(f"{n}={v}\n" for n, v in {**files.exported(session), **given}.items()))
    program = find(words[0], session.place)
    if program is None:
        return Result(err=f"env: ‘{words[0]}’: No such file or directory\n", code=127)
    kept, exports = dict(session.variables), set(session.exports)
    session.variables.update(given)
    session.exports |= given.keys()
    try:
        return program(words[1:], session, stdin)
    finally:
        session.variables.clear()
        session.variables.update(kept)
        session.exports = exports


def printenv(argv: list[str], session: Session, stdin: str) -> Result:
    found = files.exported(session)
    if not argv:
        return env([], session, stdin)
    missing = [name for name in argv if name not in found]
    return Result("".join(f"{found[name]}\n" for name in argv if name in found), code=1 if missing else 0)


def export(argv: list[str], session: Session, stdin: str) -> Result:
    result = Result()
    if not argv or argv == ["-p"]:
        return Result("".join(f'declare -x {n}="{v}"\n' for n, v in sorted(files.exported(session).items())))
    for word in argv:
        name, equals, value = word.partition("=")
        if not NAME.fullmatch(name):
            result.complain(f"bash: export: `{word}': not a valid identifier\n")
            result.code = 1
            continue
        if equals:
            session.variables[name] = value
        session.exports.add(name)
    return result


def unset(argv: list[str], session: Session, stdin: str) -> Result:
    for name in argv:
        session.variables.pop(name, None)
        session.exports.discard(name)
    return Result()


def variables(argv: list[str], session: Session, stdin: str) -> Result:
    """`set` alone; its options (-e, -x) change nothing here."""
    if argv:
        return Result()
    found = {**files.environment(session), **session.variables}
    return Result("".join(f"{name}={value}\n" for name, value in sorted(found.items())))


PROGRAMS = {"env": env, "printenv": printenv, "export": export, "unset": unset, "set": variables}
