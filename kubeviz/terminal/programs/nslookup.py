"""nslookup: BIND's output, and busybox' where the pod's image is a small one."""

from ...cluster.objects import Pod
from ...engine import dns
from ...engine.request import is_ip
from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .resolving import NO_SERVER, ask, hint

PLACES = EVERYWHERE
SMALL_IMAGES = ("busybox", "alpine")


def run(argv: list[str], session: Session, stdin: str) -> Result:
    type_, words = "A", []
    for word in argv:
        name, _, value = word.partition("=")
        if name.lower() in ("-type", "-query", "-querytype", "-q"):
            type_ = value.upper()
        elif not word.startswith("-"):
            words.append(word)
    if not words:
        return Result(err="nslookup: name required\n", code=1)
    if type_ not in dns.TYPES:
        return Result(err=f"unknown query type: {type_}\n", code=1)
    if is_ip(words[0]):
        type_ = "PTR"
    query = ask(session, words[0], type_, server=words[1] if len(words) > 1 else "")
    return _printed(query, words[0], type_, session)


def _printed(query: dns.Query, name: str, type_: str, session: Session) -> Result:
    if query.failure or query.answer is None:
        return Result(NO_SERVER + "\n", code=1)
    reply = query.answer
    port = f":{53}" if _small(session) else "#53"
    head = f"Server:\t\t{query.server}\nAddress:\t{query.server}{port}\n\n"
    if reply.rcode != "NOERROR":
        shown = reply.name.rstrip(".") if type_ == "PTR" else name
        result = Result(f"{head}** server can't find {shown}: {reply.rcode}\n\n", code=1)
        hint(result, session, name)
        return result
    if not reply.records:
        return Result(f"{head}*** Can't find {name}: No answer\n\n", code=1)
    body = "".join(_line(record) for record in reply.records)
    return Result(f"{head}{body}\n")


def _line(record: dns.Record) -> str:
    name = record.name.rstrip(".")
    if record.type in ("A", "AAAA"):
        return f"Name:\t{name}\nAddress: {record.data}\n"
    if record.type == "PTR":
        return f"{name}\tname = {record.data}\n"
    if record.type == "CNAME":
        return f"{name}\tcanonical name = {record.data}\n"
    what = {"SRV": "service", "TXT": "text"}.get(record.type, record.type.lower())
    return f"{name}\t{what} = {record.data}\n"


def _small(session: Session) -> bool:
    pod = files.standing(session)
    if not isinstance(pod, Pod):
        return False
    image = (pod.spec.get("containers") or [{}])[0].get("image") or ""
    return any(word in image for word in SMALL_IMAGES)


PROGRAMS = {"nslookup": run}
