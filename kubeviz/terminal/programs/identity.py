"""hostname, whoami, id, uname: who and where one is."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .interfaces import addresses

PLACES = EVERYWHERE


def hostname(argv: list[str], session: Session, stdin: str) -> Result:
    if argv and argv[0] in ("-i", "-I"):
        return Result(f"{' '.join(addresses(session)[:1])}\n")
    if argv and not argv[0].startswith("-"):
        return Result(err="hostname: you must be root to change the host name\n", code=1)
    return Result(files.listing(session)["/etc/hostname"])


def whoami(argv: list[str], session: Session, stdin: str) -> Result:
    return Result(f"{_user(session)}\n")


def identity(argv: list[str], session: Session, stdin: str) -> Result:
    user = _user(session)
    number = 0 if user == "root" else 1000
    return Result(f"uid={number}({user}) gid={number}({user}) groups={number}({user})\n")


def uname(argv: list[str], session: Session, stdin: str) -> Result:
    name = files.listing(session)["/etc/hostname"].strip()
    if argv[:1] == ["-a"]:
        return Result(f"Linux {name} 6.8.0-45-generic #45-Ubuntu SMP x86_64 GNU/Linux\n")
    known = {"-n": name, "-r": "6.8.0-45-generic", "-m": "x86_64"}
    return Result(known.get(argv[0] if argv else "", "Linux") + "\n")


def _user(session: Session) -> str:
    return "root" if session.place.kind == "pod" else files.USER


PROGRAMS = {"hostname": hostname, "whoami": whoami, "id": identity, "uname": uname}
