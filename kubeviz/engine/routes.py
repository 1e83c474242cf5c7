"""What kube-proxy knows of a Service port: its endpoints, read from EndpointSlices and compiled once."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from ..cluster.changes import Key
from ..cluster.objects import EndpointSlice, Pod, Service, ServicePort
from ..cluster.state import Cluster


class Endpoint(NamedTuple):
    """One place a Service port may lead to. `ref` is the pod, or "IP:PORT" where no pod stands behind it."""

    ip: str
    port: int
    ref: str
    node: str
    ready: bool
    serving: bool
    terminating: bool
    key: Key | None
    """The pod's key, where one is meant to stand behind the address."""
    address: str
    """IP:PORT."""


def endpoint_of(pod: Pod, port: int, ip: str = "") -> Endpoint:
    """A pod reached by its own address (or by *ip*), without any Service."""
    ip = ip or pod.ip
    return Endpoint(ip, port, pod.ref, pod.node, pod.ready, pod.ready, pod.terminating, pod.key, f"{ip}:{port}")


def endpoint_outside(ip: str, port: int) -> Endpoint:
    """An address behind which no pod stands."""
    return Endpoint(ip, port, f"{ip}:{port}", "", True, True, False, None, f"{ip}:{port}")


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """`usable` are the ready endpoints or, if there is none, those that end but still serve (KEP-1669)."""

    every: tuple[Endpoint, ...]
    usable: tuple[Endpoint, ...]
    by_node: dict[str, tuple[Endpoint, ...]]


NOTHING = Table((), (), {})


def table(cluster: Cluster, service: Service, port: ServicePort) -> Table:
    """The endpoints of one port of a Service. Slices carry the port's name, so names join the two."""
    slices = cluster.lookup("slices", service.key)
    tables = cluster.derived(service.key, slices, _compile, slices)
    return tables.get((port.name, port.protocol), NOTHING)


def _compile(slices: Any) -> dict[tuple[str, str], Table]:
    found: dict[tuple[str, str], list[Endpoint]] = {}
    for piece in (slices[key] for key in sorted(slices)):
        for port in piece.body.get("ports") or ():
            key = (port.get("name") or "", port.get("protocol") or "TCP")
            found.setdefault(key, []).extend(_endpoints(piece, port["port"]))
    return {key: _table(tuple(dict.fromkeys(endpoints))) for key, endpoints in found.items()}


def _endpoints(piece: EndpointSlice, port: int) -> list[Endpoint]:
    return [_endpoint(e, address, port) for e in piece.body.get("endpoints") or () for address in e["addresses"]]


def _endpoint(body: dict[str, Any], ip: str, port: int) -> Endpoint:
    """Conditions that are not set mean: ready, serving, not terminating (discovery/v1)."""
    conditions = body.get("conditions") or {}
    target = body.get("targetRef") or {}
    key = ("Pod", target["namespace"], target["name"]) if target.get("kind") == "Pod" else None
    pod = f"pod/{target['namespace']}/{target['name']}" if key else f"{ip}:{port}"
    ready = conditions.get("ready") is not False
    serving = conditions["serving"] if conditions.get("serving") is not None else ready
    return Endpoint(
        ip,
        port,
        pod,
        body.get("nodeName") or "",
        ready,
        serving,
        bool(conditions.get("terminating")),
        key,
        f"{ip}:{port}",
    )


def _table(every: tuple[Endpoint, ...]) -> Table:
    by_node: dict[str, list[Endpoint]] = {}
    for endpoint in every:
        by_node.setdefault(endpoint.node, []).append(endpoint)
    return Table(
        every,
        _usable(every),
        {node: usable for node, es in by_node.items() if (usable := _usable(tuple(es)))},
    )


def _usable(endpoints: tuple[Endpoint, ...]) -> tuple[Endpoint, ...]:
    ready = tuple(e for e in endpoints if e.ready)
    return ready or tuple(e for e in endpoints if e.serving and e.terminating)


def pick(seed: int, count: int) -> int:
    """A number below *count* that the seed decides, spread as evenly as chance (splitmix64)."""
    z = (seed + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return (z ^ (z >> 31)) % count
