"""host: one line a record."""

from ...engine import dns
from ...engine.request import is_ip
from ..session import Result, Session
from . import EVERYWHERE
from .reading import Usage, guarded, options
from .resolving import NO_SERVER, ask, hint

PLACES = EVERYWHERE
SAYS = {
    "A": "has address",
    "AAAA": "has IPv6 address",
    "CNAME": "is an alias for",
    "PTR": "domain name pointer",
    "SRV": "has SRV record",
    "TXT": "descriptive text",
}


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, words = options("host", argv, "t:av46W:")
    type_ = opts.get("t", "A").upper()
    if not words:
        raise Usage("Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time] {hostname} [server]")
    if type_ not in dns.TYPES:
        raise Usage(f"host: invalid type: {type_}")
    if is_ip(words[0]):
        type_ = "PTR"
    query = ask(session, words[0], type_, server=words[1] if len(words) > 1 else "")
    if query.failure or query.answer is None:
        return Result(NO_SERVER, code=1)
    reply = query.answer
    if reply.rcode != "NOERROR":
        shown = reply.name if type_ == "PTR" else words[0]
        number = {"NXDOMAIN": 3, "SERVFAIL": 2}.get(reply.rcode, 5)
        result = Result(f"Host {shown} not found: {number}({reply.rcode})\n", code=1)
        hint(result, session, words[0])
        return result
    if not reply.records:
        return Result(f"{words[0]} has no {type_} record\n")
    return Result("".join(f"{r.name.rstrip('.')} {SAYS[r.type]} {r.data}\n" for r in reply.records))


PROGRAMS = {"host": run}
