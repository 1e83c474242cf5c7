"""A failed request laid out for the rules: where it ended, at which step, and what stood there."""

from datetime import datetime
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

import msgspec

from ...cluster.kinds import find
from ...cluster.objects import Ingress, Node, Pod, Service
from ...cluster.state import Cluster
from ...engine import Request
from ...engine.request import Target, parse_url

Result = dict[str, Any]
"""A trace as it is written."""


class Case:
    """`request` is what was sent; `result` the trace that failed, of it or of a call that an app made for it."""

    def __init__(self, cluster: Cluster, request: Request, result: Result, now: datetime) -> None:
        self.cluster, self.request, self.result, self.now = cluster, request, result, now

    @property
    def reason(self) -> str:
        return str(self.result["reason"])

    @cached_property
    def step(self) -> dict[str, Any]:
        """The step that gave the ending."""
        for hop in reversed(self.result["hops"]):
            for step in reversed(hop["steps"]):
                if step["reason"] == self.reason:
                    found: dict[str, Any] = step
                    return found
        return {"params": {}, "evidence": [], "candidates": []}

    @property
    def params(self) -> dict[str, Any]:
        found: dict[str, Any] = self.step["params"]
        return found

    @cached_property
    def sent(self) -> Request:
        """The request that failed: this one, or the call inside."""
        asked = self.result["request"]
        if asked["url"] == self.request.url and asked["from"] == self.request.source:
            return self.request
        return Request(url=asked["url"], source=asked["from"], method=asked["method"], headers=asked["headers"])

    @property
    def inner(self) -> bool:
        """An app's own call failed: nobody but the app can ask differently."""
        return self.sent is not self.request

    @cached_property
    def target(self) -> Target:
        return parse_url(self.sent.url)

    # ── what stood on the way ──

    def at(self, ref: str | None) -> Any:
        """The object of a reference, or None."""
        word, *rest = (ref or "").split("/")
        kind = find(word) if rest else None
        if kind is None:
            return None
        return self.cluster.get(kind.kind, rest[0] if kind.namespaced and len(rest) > 1 else "", rest[-1])

    def _said(self, name: str) -> Any:
        """A parameter of the deciding step, else the last step that has it."""
        if name in self.params:
            return self.params[name]
        for hop in reversed(self.result["hops"]):
            for step in reversed(hop["steps"]):
                if name in step["params"]:
                    return step["params"][name]
        return None

    @cached_property
    def service(self) -> Service | None:
        found = self.at(self._said("service"))
        return found if isinstance(found, Service) else self._addressed()

    def _addressed(self) -> Service | None:
        """The Service whose address, or name, the request was sent to."""
        found = self.cluster.service_by_ip(self.target.host)
        return found if isinstance(found, Service) else None

    @cached_property
    def pod(self) -> Pod | None:
        found = self.at(self.params.get("pod"))
        return found if isinstance(found, Pod) else None

    @cached_property
    def ingress(self) -> Ingress | None:
        found = self.at(self._said("ingress"))
        return found if isinstance(found, Ingress) else None

    @property
    def sender(self) -> Pod | None:
        found = self.at(self.sent.source)
        return found if isinstance(found, Pod) else None

    @property
    def provider(self) -> str:
        return str(self.cluster.environment.get("provider", "cloud"))

    def nodes_up(self) -> list[Node]:
        return [node for node in self.cluster.of_kind("Node") if node.up]

    # ── another request ──

    def ask(self, **changes: Any) -> Request:
        """The same request but for *changes*: host, port, scheme, path, headers, source, connect_to."""
        target = self.target
        scheme = changes.pop("scheme", target.scheme)
        host, port = changes.pop("host", target.host), changes.pop("port", target.port)
        path = changes.pop("path", target.path)
        usual = {"http": 80, "https": 443}[scheme]
        url = f"{scheme}://{host}{'' if port == usual else f':{port}'}{path}"
        return msgspec.structs.replace(self.request, url=url, **changes)


def nearest(word: str, known: list[str], least: float = 0.0, close: float = 1.0) -> list[str]:
    """Those of *known* that look like *word*, the likest first, and none much less like it (*close*) than that one."""
    alike = {other: SequenceMatcher(None, word.lower(), other.lower()).ratio() for other in known}
    best = max((ratio for other, ratio in alike.items() if other != word), default=0.0)
    least = max(least, best - close)
    return sorted((o for o in alike if alike[o] >= least and o != word), key=lambda o: (-alike[o], o))
