"""A request from where one stands: through the engine, remembered for the page to play."""

from typing import NamedTuple

import msgspec

from ...engine import InvalidRequest, Request, Trace, trace
from ...engine.request import Target, is_ip, parse_url
from ..forwarding import LostForward, forwarded, of_laptop
from ..session import Result, Session

SLOW = 131.0
"""Seconds after which Linux gives up connecting: six SYNs more, the first four a second apart (tcp_syn_retries,
tcp_syn_linear_timeouts in the kernel's ip-sysctl.rst)."""


class NothingThere(Exception):
    """Nobody listens on this port of the laptop itself."""


class Sent(NamedTuple):
    trace: Trace
    ip: str
    """The address that was connected to; "" where the name had none."""


def source(session: Session) -> str:
    """From where: the laptop is outside, but next to minikube, and in the machines' own network without a cloud."""
    if session.place.source:
        return session.place.source
    return "vpc" if session.tx.cluster.environment.get("provider") == "bare" else "internet"


def send(session: Session, request: Request) -> Sent:
    """Raises InvalidRequest, LostForward, NothingThere, Exhausted."""
    session.budget.request()
    target = parse_url(request.url)
    request = msgspec.structs.replace(request, source=source(session), seed=session.seed)
    if of_laptop(request):
        request = _forwarded(session, request, target)
    session.seed += 1
    found = trace(session.tx.cluster, request, session.affinity, session.tx.now)
    session.affinity = found.affinity
    session.traces.append(found)
    return Sent(found, connected_ip(found, request, target))


def _forwarded(session: Session, request: Request, target: Target) -> Request:
    try:
        found = forwarded(session.tx.cluster, request, session.forwards)
    except LostForward:
        del session.forwards[target.port]
        raise
    if found is None:
        raise NothingThere
    return found


def connected_ip(found: Trace, request: Request, target: Target) -> str:
    if request.connect_to and is_ip(request.connect_to):
        return request.connect_to
    if target.address:
        return target.host
    if target.host == "localhost":
        return "127.0.0.1"
    for hop in found.hops:
        for step in hop.steps:
            if isinstance(step.params.get("address"), str) and step.params.get("host") == target.host:
                return str(step.params["address"])
    return next((h.packet["dst"].rpartition(":")[0] for h in found.hops if ":" in h.packet.get("dst", "")), "")


def why(result: Result, session: Session, sent: Sent) -> None:
    """A line that leads to the reason, where a request failed."""
    if sent.trace.verdict != "delivered":
        result.note("Why", trace=len(session.traces) - 1, reason=sent.trace.reason)


def pointed_out(result: Result, url: str) -> None:
    """The course's slip `service:port.namespace`: the port stands behind the whole name."""
    rest = url.rpartition("://")[2].partition("/")[0]
    service, colon, after = rest.partition(":")
    port, dot, namespace = after.partition(".")
    if colon and dot and port.isdecimal() and service and namespace:
        result.note("PortInsideName", right=f"{service}.{namespace}:{port}")


__all__ = ["InvalidRequest", "LostForward", "NothingThere", "Request", "Sent", "pointed_out", "send", "source", "why"]
