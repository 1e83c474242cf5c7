"""Questions to a DNS server and its replies, as `dig` shows them."""

from typing import NamedTuple

from ...cluster.objects import Service
from ...cluster.state import Cluster
from . import public, zone
from .zone import EMPTY, Found, Place, ports_of

TTL = 30
MOST_ALIASES = 8
TYPES = ("A", "AAAA", "CNAME", "SRV", "PTR", "TXT")


class Answer(NamedTuple):
    """What a full name means in the end: `at` is the name that the aliases (CNAME) in `chain` led to."""

    name: str
    at: str
    chain: tuple[str, ...]
    found: Found | None
    service: Service | None
    """The Service that the name itself stands for."""
    loop: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        return self.found.addresses if self.found is not None else ()


class Record(NamedTuple):
    """One line of an answer; names end with a dot."""

    name: str
    type: str
    ttl: int
    data: str


class Reply(NamedTuple):
    """What a server said to one question. NOERROR without records (NODATA) is not NXDOMAIN."""

    name: str
    type: str
    rcode: str
    records: tuple[Record, ...] = ()


def lookup(cluster: Cluster, name: str, inside: bool = True) -> Answer:
    """Follow a full name to its end. The cluster's DNS (`inside`) asks the public one for what is not its own."""
    at = name.lower().rstrip(".")
    chain: tuple[str, ...] = ()
    service: Service | None = None
    while len(chain) <= MOST_ALIASES:
        found = zone.find(cluster, at) if inside and zone.is_own(at) else public.find(cluster, at)
        if found is None or not found.alias:
            return Answer(name, at, chain, found, service or (found.service if found is not None else None))
        service = service or found.service
        chain = (*chain, found.alias)
        at = found.alias
    return Answer(name, at, chain, None, service, loop=True)


def reply(cluster: Cluster, name: str, type: str = "A", inside: bool = True) -> Reply:
    """The answer to one question, as CoreDNS gives it."""
    if name.lower().rstrip(".").endswith(zone.REVERSE):
        return _reversed(cluster, name, type) if inside else Reply(name, type, "NXDOMAIN")
    answer = lookup(cluster, name, inside)
    if answer.loop:
        return Reply(name, type, "SERVFAIL")
    aliases = _aliases(answer)
    if type == "CNAME" and aliases:
        return Reply(name, type, "NOERROR", aliases[:1])
    if answer.found is None and not aliases:
        return Reply(name, type, "NXDOMAIN")
    return Reply(name, type, "NOERROR", (*aliases, *_records(answer.at, type, answer.found or EMPTY)))


def _reversed(cluster: Cluster, name: str, type: str) -> Reply:
    names = zone.names_of(cluster, name.lower().rstrip("."))
    if not names:
        return Reply(name, type, "NXDOMAIN")
    records = tuple(Record(_dotted(name), "PTR", TTL, _dotted(found)) for found in names)
    return Reply(name, type, "NOERROR", records if type == "PTR" else ())


def _aliases(answer: Answer) -> tuple[Record, ...]:
    names = (answer.name.lower().rstrip("."), *answer.chain)
    return tuple(Record(_dotted(a), "CNAME", TTL, _dotted(b)) for a, b in zip(names, answer.chain, strict=False))


def _records(name: str, type: str, found: Found) -> tuple[Record, ...]:
    if type in ("A", "AAAA"):
        wanted = (ip for ip in found.addresses if (":" in ip) == (type == "AAAA"))
        return tuple(Record(_dotted(name), type, TTL, ip) for ip in wanted)
    if type == "SRV":
        return _service_records(name, found.places or (ports_of(found.service) if found.service else ()))
    return (Record(_dotted(name), "TXT", TTL, f'"{found.text}"'),) if type == "TXT" and found.text else ()


def _service_records(name: str, places: tuple[Place, ...]) -> tuple[Record, ...]:
    """Priority, weight, port and target; the weight of a hundred is shared evenly."""
    targets = tuple(dict.fromkeys((p.port, p.name) for p in places if p.port and p.name))
    weight = max(1, 100 // len(targets)) if targets else 0
    return tuple(Record(_dotted(name), "SRV", TTL, f"0 {weight} {port} {target}.") for port, target in targets)


def _dotted(name: str) -> str:
    return name.rstrip(".") + "."
