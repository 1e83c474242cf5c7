"""Why this and not that? The same request again, so that it takes the candidate that was passed over."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from ..cluster.references import resolve
from ..cluster.state import Cluster
from ..engine import InvalidRequest, Request, Trace, trace
from ..engine.ingress import rules_of
from .repair.case import Case, Result
from .repair.entrances import doors

CHANCES = 64
"""Seeds that are tried: enough that a choice among a dozen comes up."""


def instead(cluster: Cluster, request: Request, result: Result, candidate: str) -> tuple[Request, Trace] | None:
    """A request that goes by way of *candidate*, and its journey. None where nothing the sender does leads there."""
    for other in _others(cluster, request, result, candidate):
        try:
            found = trace(cluster, other)
        except InvalidRequest:
            continue
        if _passes(found, candidate):
            return other, found
    return None


def _others(cluster: Cluster, request: Request, result: Result, candidate: str) -> Iterator[Request]:
    """By chance, where chance decides; by host and path, where a rule does; by another door, where an address does."""
    if candidate.startswith("ingress/"):
        yield from _by_rule(cluster, request, candidate)
        return
    if candidate.startswith("service/"):
        for proposal in doors(Case(cluster, request, result, datetime.min)):
            if proposal.request is not None and not proposal.edits:
                yield proposal.request
    for seed in range(CHANCES):
        yield msgspec.structs.replace(request, seed=seed)


def _by_rule(cluster: Cluster, request: Request, candidate: str) -> Iterator[Request]:
    ref, _, field = candidate.partition("#")
    ingress = resolve(cluster, ref)
    for rule in rules_of(ingress) if ingress is not None else ():
        if rule.field == field:
            headers = {**request.headers, "Host": rule.host.replace("*", "www")} if rule.host else request.headers
            base = request.url.partition("://")[2].partition("/")[0]
            scheme = request.url.partition("://")[0]
            yield msgspec.structs.replace(request, url=f"{scheme}://{base}{rule.path}", headers=headers)


def _passes(found: Trace, candidate: str) -> bool:
    """Whether the journey leads there, or something on the way chose it."""
    ref, _, field = candidate.partition("#")
    steps = [step for hop in found.hops for step in hop.steps]
    if field:
        return any(e.object == ref and e.path.startswith(field) for step in steps for e in step.evidence)
    chosen = any(c.object == ref and c.chosen for step in steps for c in step.candidates)
    return chosen or any(hop.object == ref for hop in found.hops)
