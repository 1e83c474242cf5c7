"""A request on its way: what has been decided so far.

Deciding and explaining are apart. Stages decide with a few look-ups and `log` what they went by; the hops are
built from that log only when somebody reads them, so that grading thousands of requests stays cheap.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..cluster.objects import Pod
from ..cluster.state import Cluster
from .model import Hop, Http
from .request import Request, Target

if TYPE_CHECKING:
    from .ingress import Rules
    from .record import Trace


class Kept(NamedTuple):
    """The endpoint ("IP:PORT") that a client stays with, and until when: each new connection prolongs it."""

    address: str
    until: str = ""


Affinity = dict[tuple[str, str], Kept]
"""By service port and client IP."""
Explain = Callable[..., None]


class Journey:
    """Mutable while the stages run, read only afterwards. What is not set yet has its default in the class."""

    affinity: Affinity = {}
    sticky: Affinity = {}
    now: datetime | None = None
    """By the lab's clock; None where no time passes between requests."""
    calls: tuple["Trace", ...] = ()
    endpoints: tuple[Any, ...] = ()
    http: Http | None = None
    verdict = reason = ""
    served_by: str | None = None
    source_ip: str | None = None
    client = ""
    """The address that the packet leaves with."""
    node = ""
    """The node on which the sender sits; "" outside."""
    pod: Pod | None = None
    """The sending pod, if it is one."""
    source = ""
    """The stage element the packet starts from."""
    front: "Rules | None" = None
    """The rules of another ingress controller than ours, once the packet has come to its address."""
    depth = 0
    """How many apps have called each other to get here."""

    def __init__(self, cluster: Cluster, request: Request, target: Target) -> None:
        self.cluster = cluster
        self.request = request
        self.target = target
        self.seed = request.seed
        self.protocol = request.protocol.upper()
        self.path = target.route
        """What the app is asked for; a proxy may have rewritten it."""
        self.log: list[tuple[Any, ...]] = []

    def stop(self, reason: str, explain: Explain, *facts: Any, verdict: str = "") -> None:
        """The end of the way; *explain* says later why, from *facts*."""
        self.reason = reason
        self.verdict = verdict
        self.log.append((explain, *facts))


class Story:
    """The hops while they are being written: where the packet is and what its addresses are now, in each view."""

    __slots__ = (
        "at",
        "calls",
        "client",
        "cluster",
        "dst",
        "hops",
        "journey",
        "passed",
        "src",
        "taught_at",
        "taught_dst",
    )

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self.cluster = journey.cluster
        self.client = journey.source
        self.hops: list[Hop] = []
        self.src = journey.client
        self.dst = ""
        self.at: str = journey.source
        """Where the packet really is."""
        self.taught_at: str = journey.source
        """Where the taught chain has come to."""
        self.taught_dst = ""
        self.passed: list[Any] = []
        """Steps of what let the packet through on its way to the next hop."""

    def move(self, object: str, layer: Any, steps: list[Any], dst: str = "", src: str = "") -> None:
        """A hop that both views share; where they have parted, one hop in each."""
        if self.at != self.taught_at:
            self.teach(object, layer, steps, dst)
            self.go(object, layer, list(steps), dst or self.dst, src)
            return
        self._add(object, self.taught_at, layer, "both", steps, self.dst, dst or self.dst, src)
        self.at = self.taught_at = object
        self.dst = self.taught_dst = dst or self.dst
        self.src = src or self.src

    def teach(self, object: str, layer: Any, steps: list[Any], dst: str = "") -> None:
        """A hop of the taught chain that no packet makes."""
        self._add(object, self.taught_at, layer, "taught", steps, self.taught_dst, dst or self.taught_dst, "")
        self.taught_at = object
        self.taught_dst = dst or self.taught_dst

    def go(self, object: str, layer: Any, steps: list[Any], dst: str, src: str) -> None:
        """A hop of the packet's real way."""
        self._add(object, self.at, layer, "packet", steps, self.dst, dst, src)
        self.at = object
        self.dst = dst
        self.src = src or self.src

    def stay(self, object: str, layer: Any, steps: list[Any]) -> None:
        """Something happens at *object* without a move."""
        self.hops.append(
            Hop(len(self.hops) + 1, object, None, layer, "both", {"src": self.src, "dst": self.dst}, {}, steps)
        )

    def _add(self, object: str, at: str, layer: Any, view: Any, steps: list[Any], old: str, dst: str, src: str) -> None:
        before = self.src
        rewritten = {"dst": [old, dst]} if old and dst != old else {}
        if src and src != before:
            rewritten["src"] = [before, src]
        if self.passed:
            steps, self.passed = [*self.passed, *steps], []
        hops = self.hops
        edge = None if at == object else f"{at}>{object}"
        hops.append(Hop(len(hops) + 1, object, edge, layer, view, {"src": src or before, "dst": dst}, rewritten, steps))
