"""`request`: how one request, sent some times from one place or from many, must end."""

from collections import Counter
from typing import Annotated

import msgspec
from msgspec import Meta

from ...cluster.references import select
from ...cluster.state import Cluster
from ...engine import InvalidRequest, Request, Trace, trace
from ...engine.request import is_ip
from ..places import Unknown, address, sources
from ..world import CANNOT, World
from .check import CheckAfter, Counterexample, Line, Text, Verdict
from .outcomes import is_outcome, problem, url_problem

MOST_SHOWN = 3
"""Counterexamples of one check that are kept to be played."""


class Share(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What part of the requests each pod may get."""

    least: Annotated[float, Meta(ge=0, le=1)] = 0
    most: Annotated[float, Meta(ge=0, le=1)] = 1


class RequestCheck(CheckAfter, tag="request", kw_only=True, rename={"source": "from"}):
    """`expect` is an outcome (a verdict, a reason, a status). `served_by` selects pods (`NS/key=value`): only they may
    answer; with `exactly` each of them must be able to. `client_ip` is the sender's, where it comes from outside.
    A Service that keeps a client on one pod does so here too."""

    source: Line = "internet"
    url: Line
    method: Annotated[str, Meta(max_length=20, pattern=r"^[A-Z]+$")] = "GET"
    headers: dict[str, str] = {}
    connect_to: Line | None = None
    client_ip: Line = ""
    times: Annotated[int, Meta(ge=1, le=100)] = 1
    expect: Line = "delivered"
    body: Text = ""
    served_by: Line = ""
    exactly: bool = False
    share: Share | None = None

    def problems(self) -> list[str]:
        wrong = problem("expect", self.expect) + url_problem("url", self.url)
        if self.client_ip and (not is_ip(self.client_ip) or self.source not in ("internet", "vpc")):
            wrong.append("client_ip: write the IP address of somebody outside; `from` is then internet or vpc")
        if self.served_by and "/" not in self.served_by:
            wrong.append("served_by: write NAMESPACE/key=value or NAMESPACE/NAME")
        if (self.exactly or self.share) and not self.served_by:
            wrong.append("served_by: say which pods, as NAMESPACE/key=value")
        return wrong

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
            places = sources(cluster, self.source)
            sent = self._send(cluster, places)
        except Unknown as error:
            return Verdict(0, "AddressUnknown", {"what": str(error), "url": self.url})
        except (InvalidRequest, *CANNOT) as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        if not sent:
            return Verdict(0, "SourceMissing", {"from": self.source})
        return self._judged(cluster, sent)

    def _send(self, cluster: Cluster, places: list[str]) -> list[Counterexample]:
        found: list[Counterexample] = []
        for place in places:
            for seed in range(self.times):
                request = self._request(cluster, place, seed)
                kept = found[-1].trace.affinity if found else None
                found.append(Counterexample(request, trace(cluster, request, kept)))
        return found

    def _request(self, cluster: Cluster, place: str, seed: int) -> Request:
        to = address(cluster, self.connect_to) if self.connect_to else None
        url = address(cluster, self.url)
        client = self.client_ip or None
        return Request(url, place, self.method, self.headers, client_ip=client, connect_to=to, seed=seed)

    def _judged(self, cluster: Cluster, sent: list[Counterexample]) -> Verdict:
        wrong = [c for c in sent if not is_outcome(c.trace, self.expect)]
        if wrong:
            share = 1 - len(wrong) / len(sent)
            return Verdict(share, "EndsOtherwise", {**about(wrong[0]), "wanted": self.expect}, shown(wrong))
        wrong = [c for c in sent if self.body and self.body not in _body(c.trace)]
        if wrong:
            said = {"wanted": self.body, "body": _body(wrong[0].trace)}
            return Verdict(0.5, "SaysOtherwise", {**about(wrong[0]), **said}, shown(wrong))
        if self.served_by:
            return self._served(cluster, sent)
        return Verdict(1, "EndsAsWanted", about(sent[0]))

    def _served(self, cluster: Cluster, sent: list[Counterexample]) -> Verdict:
        wanted = {pod.ref for pod in select(cluster, f"pod/{self.served_by}")}
        strangers = [c for c in sent if c.trace.served_by not in wanted]
        if strangers:
            who = {"pods": self.served_by, "pod": strangers[0].trace.served_by}
            return Verdict(0.5, "ServedByOther", {**about(strangers[0]), **who}, shown(strangers))
        idle = wanted - {ref for c in sent for ref in c.trace.endpoints} if self.exactly else set()
        if idle:
            return Verdict(
                0.5, "NotServedBy", {**about(sent[0]), "pod": min(idle), "pods": self.served_by}, shown(sent)
            )
        return self._shared(wanted, sent)

    def _shared(self, wanted: set[str], sent: list[Counterexample]) -> Verdict:
        counts = Counter(dict.fromkeys(wanted, 0)) + Counter(c.trace.served_by or "" for c in sent)
        for ref in sorted(wanted, key=lambda ref: (-counts[ref], ref)) if self.share else ():
            part = counts[ref] / len(sent)
            if not self.share.least <= part <= self.share.most:  # type: ignore[union-attr]
                said = {**about(sent[0]), "pod": ref, "percent": round(part * 100), "times": len(sent)}
                return Verdict(0.5, "SharedUnevenly", said, shown(sent))
        return Verdict(1, "ServedAsWanted", {**about(sent[0]), "pods": self.served_by})


def about(found: Counterexample) -> dict[str, object]:
    """What is said of any request: from where to where, and how it ended."""
    ended = found.trace
    return {
        "from": found.request.source,
        "url": found.request.url,
        "verdict": ended.verdict,
        "reason": ended.reason,
        "status": ended.http.status if ended.http else None,
    }


def shown(found: list[Counterexample]) -> tuple[Counterexample, ...]:
    """A few to play: first those that differ in how they end."""
    by_reason = {c.trace.reason: c for c in reversed(found)}
    rest = [c for c in found if c not in by_reason.values()]
    return tuple([*by_reason.values(), *rest][:MOST_SHOWN])


def _body(found: Trace) -> str:
    return found.http.body if found.http else ""
