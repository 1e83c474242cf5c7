"""dig: the question and the reply in full, or +short. Without +search the name is asked as it stands."""

from typing import NamedTuple

from ...engine import dns
from ..session import Result, Session
from . import EVERYWHERE
from .resolving import address_of, ask, asker

PLACES = EVERYWHERE
VERSION = "9.18.39"
NO_RECURSION = ";; WARNING: recursion requested but not available\n"
"""CoreDNS answers for its own zone itself."""
NO_REPLY = ";; communications error to {server}#53: timed out\n"


class Asked(NamedTuple):
    name: str
    type: str
    server: str
    flags: frozenset[str]

    @property
    def search(self) -> bool:
        return "search" in self.flags


def run(argv: list[str], session: Session, stdin: str) -> Result:
    asked = _parsed(argv)
    if isinstance(asked, Result):
        return asked
    server = address_of(session, asked.server) if asked.server else ""
    if server is None:
        return Result(err=f"dig: couldn't get address for '{asked.server}': not found\n", code=1)
    query = ask(session, asked.name, asked.type, asked.search, server)
    line = f"\n; <<>> DiG {VERSION} <<>> {' '.join(argv)}\n"
    if query.failure or query.answer is None:
        lost = NO_REPLY.format(server=query.server or "127.0.0.1") * 3
        quiet = "short" in asked.flags
        return Result(
            f"{lost}{'' if quiet else line + ';; global options: +cmd' + chr(10)};; no servers could be reached\n",
            code=9,
        )
    if "short" in asked.flags:
        return Result("".join(f"{record.data}\n" for record in query.answer.records))
    return Result(_full(query, query.answer, line, asked, session))


def _parsed(argv: list[str]) -> Asked | Result:
    name, type_, server, flags = "", "A", "", set()
    words = list(argv)
    while words:
        word = words.pop(0)
        if word.startswith("@"):
            server = word[1:]
        elif word.startswith("+"):
            flag = word[1:].partition("=")[0]
            flags.discard(flag.removeprefix("no"))
            flags |= {flag}
        elif word == "-x" and words:
            name, type_ = words.pop(0), "PTR"
        elif word == "-t" and words:
            type_ = words.pop(0).upper()
        elif word.upper() in (*dns.TYPES, "ANY", "NS", "SOA", "MX", "IN"):
            type_ = type_ if word.upper() == "IN" else word.upper()
        elif not word.startswith("-"):
            name = name or word
    if type_ not in dns.TYPES:
        return Result(f";; {type_}\n", code=1).note("NotSimulated", option=type_)
    return Asked(name or ".", type_, server, frozenset(flags))


def _full(query: dns.Query, reply: dns.Reply, line: str, asked: Asked, session: Session) -> str:
    answer = "".join(f"{r.name}\t{r.ttl}\tIN\t{r.type}\t{r.data}\n" for r in reply.records)
    if "noall" in asked.flags:
        return answer if "answer" in asked.flags else ""
    name = reply.name.rstrip(".") + "."
    number = session.tx.digest("dig", reply.name, session.seed) % 65536
    own = asker(session) is not None and reply.name.rstrip(".").endswith(dns.ZONE)
    flags = "qr aa rd" if own else "qr rd ra"
    when = session.tx.now.strftime("%a %b %d %H:%M:%S UTC %Y")
    return (
        f"{line};; global options: +cmd\n;; Got answer:\n"
        f";; ->>HEADER<<- opcode: QUERY, status: {reply.rcode}, id: {number}\n"
        f";; flags: {flags}; QUERY: 1, ANSWER: {len(reply.records)}, AUTHORITY: 0, ADDITIONAL: 1\n"
        f"{NO_RECURSION if own else ''}\n"
        ";; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n"
        f";; QUESTION SECTION:\n;{name}\t\tIN\t{reply.type}\n\n"
        + (f";; ANSWER SECTION:\n{answer}\n" if answer else "")
        + f";; Query time: 1 msec\n;; SERVER: {query.server}#53({query.server}) (UDP)\n;; WHEN: {when}\n"
        f";; MSG SIZE  rcvd: {28 + len(name) + sum(len(r.name) + len(r.data) + 10 for r in reply.records)}\n\n"
    )


PROGRAMS = {"dig": run}
