"""The trace: what happened to one request, hop by hop, as codes and parameters. Words are added elsewhere."""

from typing import Any, Literal

import msgspec

# A trace is a tree: its parts never refer back, so the cycle collector need not watch them (gc=False).

Verdict = Literal["delivered", "refused", "timeout", "dns_error", "http_error"]
View = Literal["taught", "packet", "both"]
Layer = Literal["dns", "l4", "l7"]


class Evidence(msgspec.Struct, gc=False):
    """A field of an object that decided."""

    object: str
    path: str
    value: Any


class Candidate(msgspec.Struct, gc=False):
    """Something that could have been chosen; `because` is a reason code, "" for the chosen one."""

    object: str
    chosen: bool
    because: str


class Step(msgspec.Struct, gc=False):
    """One decision inside a hop."""

    reason: str
    params: dict[str, Any]
    evidence: list[Evidence] = []
    candidates: list[Candidate] = []
    note: str | None = None


class Hop(msgspec.Struct, gc=False):
    """A move along `edge` to `object`. Addresses are "IP" or "IP:PORT"; `rewritten` holds [before, after]."""

    n: int
    object: str
    edge: str | None
    layer: Layer
    view: View
    packet: dict[str, str]
    rewritten: dict[str, list[str]]
    steps: list[Step]


class Http(msgspec.Struct, gc=False):
    status: int
    body: str
    headers: dict[str, str] = {}


class Curl(msgspec.Struct, gc=False):
    exit: int
    message: str
