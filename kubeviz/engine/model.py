"""The trace: what happened to one request, hop by hop, as codes and parameters. Words are added elsewhere."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, ParamSpec, cast

import msgspec

# A trace is a tree: its parts never refer back, so the cycle collector need not watch them (gc=False).

Facts = ParamSpec("Facts")
MOST_KEPT = 1_024
"""Steps kept of each sort."""

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
    """One decision inside a hop. Never changed once it is made: many hops and traces share it."""

    reason: str
    params: dict[str, Any]
    evidence: list[Evidence] = []
    candidates: list[Candidate] = []
    note: str | None = None


def told(build: Callable[Facts, Step]) -> Callable[Facts, Step]:
    """A step is all in its facts, and facts never change (an object of the cluster is of one version): the same facts
    are the same step, which is kept for the next packet that comes along."""
    return cast(Callable[Facts, Step], lru_cache(maxsize=MOST_KEPT)(build))


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
