"""cd, pwd, mkdir, rm, touch, cp, mv: there is one folder, and its files are few."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .reading import not_there

PLACES = EVERYWHERE
ROOT_KEPT = "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n"


def cd(argv: list[str], session: Session, stdin: str) -> Result:
    if not argv or files.is_directory(session, argv[0]):
        return Result()
    if files.read(session, argv[0]) is not None:
        return Result(err=f"bash: cd: {argv[0]}: Not a directory\n", code=1)
    return Result(err=f"bash: cd: {argv[0]}: No such file or directory\n", code=1).note("OneFolder")


def pwd(argv: list[str], session: Session, stdin: str) -> Result:
    return Result(f"{files.variable(session, 'PWD')}\n")


def rm(argv: list[str], session: Session, stdin: str) -> Result:
    result = Result()
    if "/" in argv:
        return Result(err=ROOT_KEPT, code=1)
    for name in (word for word in argv if not word.startswith("-")):
        if not files.remove(session, name) and not any("f" in word for word in argv if word.startswith("-")):
            if files.read(session, name) is not None:
                result.complain(f"rm: cannot remove '{name}': Permission denied\n")
                result.code = 1
            else:
                not_there("rm", name, session, result, "cannot remove '{name}'")
    return result


def touch(argv: list[str], session: Session, stdin: str) -> Result:
    return _wrote("touch", session, {name: files.read(session, name) or "" for name in argv if name[:1] != "-"})


def cp(argv: list[str], session: Session, stdin: str) -> Result:
    return _copied("cp", argv, session)


def mv(argv: list[str], session: Session, stdin: str) -> Result:
    result = _copied("mv", argv, session)
    if not result.code and argv[0] != argv[1]:
        files.remove(session, argv[0])
    return result


def _copied(program: str, argv: list[str], session: Session) -> Result:
    names = [word for word in argv if not word.startswith("-")]
    if len(names) != 2:
        return Result(err=f"{program}: missing file operand\n", code=1)
    text = files.read(session, names[0])
    if text is None:
        result = Result()
        not_there(program, names[0], session, result, "cannot stat '{name}'")
        return result
    return _wrote(program, session, {names[1]: text})


def _wrote(program: str, session: Session, texts: dict[str, str]) -> Result:
    try:
        for name, text in texts.items():
            files.write(session, name, text)
    except files.NoSpace as error:
        return Result(err=f"{program}: {error}: No space left on device\n", code=1)
    return Result()


PROGRAMS = {"cd": cd, "pwd": pwd, "rm": rm, "touch": touch, "cp": cp, "mv": mv}
