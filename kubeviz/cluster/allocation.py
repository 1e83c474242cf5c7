"""Cluster IPs and node ports: asked for or chosen (pkg/registry/core/service/storage/alloc.go).

What is asked for is checked before everything else, so that its errors hide all others.
"""

import ipaddress
import random
from typing import Any, Protocol

from .changes import Body
from .errors import FieldError, Rejected, invalid

CLUSTER_NETWORK = ipaddress.ip_network("10.96.0.0/12")
NODE_PORTS = range(30000, 32768)
OUT_OF_RANGE = "provided port is not in the valid range. The range of valid ports is 30000-32767"
TAKEN_PORT = "provided port is already allocated"


class Holders(Protocol):
    """What allocation asks of the cluster."""

    def service_by_ip(self, ip: str) -> Any: ...
    def services_by_node_port(self, protocol: str, port: int) -> list[Any]: ...


def check(body: Body, old: Body | None, cluster: Holders) -> list[FieldError]:
    """The first address or port that cannot be had; an empty list when all can."""
    spec = body["spec"]
    if spec["type"] == "ExternalName":
        return []
    return _check_ip(body, old, cluster) or _check_ports(body, old, cluster)


def _check_ip(body: Body, old: Body | None, cluster: Holders) -> list[FieldError]:
    held = (old or {}).get("spec", {}).get("clusterIPs") or []
    for i, ip in enumerate(body["spec"].get("clusterIPs") or ()):
        if not _is_ip(ip) or ip in held:
            continue
        if ipaddress.ip_address(ip) not in CLUSTER_NETWORK:
            return [invalid(f"spec.clusterIPs[{i}]", [ip], f"failed to allocate IP {ip}: the provided IP ({ip}) is not in the valid range. The range of valid IPs is {CLUSTER_NETWORK}")]
        if cluster.service_by_ip(ip) is not None:
            return [invalid(f"spec.clusterIPs[{i}]", [ip], f"failed to allocate IP {ip}: provided IP is already allocated")]
    return []


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _check_ports(body: Body, old: Body | None, cluster: Holders) -> list[FieldError]:
    if body["spec"]["type"] not in ("NodePort", "LoadBalancer"):
        return []
    mine: set[tuple[int, str]] = set()
    held = {p.get("nodePort") for p in (old or {}).get("spec", {}).get("ports") or ()}
    for i, port in enumerate(body["spec"].get("ports") or ()):
        number = port.get("nodePort") or 0
        if not number:
            continue
        field = f"spec.ports[{i}].nodePort"
        if number not in NODE_PORTS:
            return [invalid(field, number, OUT_OF_RANGE)]
        if (number, port["protocol"]) in mine or (number not in held and _holders(cluster, number)):
            return [invalid(field, number, TAKEN_PORT)]
        mine.add((number, port["protocol"]))
    return []


def _holders(cluster: Holders, number: int) -> bool:
    """A number is one Service's, whatever the protocol."""
    return any(cluster.services_by_node_port(protocol, number) for protocol in ("TCP", "UDP", "SCTP"))


def allocate(body: Body, cluster: Holders, rng: random.Random) -> None:
    """Fill in what was not asked for. Raises Rejected (500) when a range is full."""
    spec = body["spec"]
    if spec["type"] == "ExternalName":
        return
    if not spec.get("clusterIP"):
        spec["clusterIP"] = _free_ip(body, cluster, rng)
        spec["clusterIPs"] = [spec["clusterIP"]]
    wants = spec["type"] == "NodePort" or (spec["type"] == "LoadBalancer" and spec.get("allocateLoadBalancerNodePorts", True))
    if wants:
        _fill_node_ports(spec, cluster, rng)
    if spec["type"] == "LoadBalancer" and spec.get("externalTrafficPolicy") == "Local" and not spec.get("healthCheckNodePort"):
        spec["healthCheckNodePort"] = _free_port(set(), cluster, rng)


def _free_ip(body: Body, cluster: Holders, rng: random.Random) -> str:
    first = int(CLUSTER_NETWORK.network_address)
    reserved = min(256, max(16, CLUSTER_NETWORK.num_addresses // 16))
    for _ in range(1000):
        ip = str(ipaddress.ip_address(first + rng.randrange(reserved, CLUSTER_NETWORK.num_addresses - 1)))
        if cluster.service_by_ip(ip) is None:
            return ip
    name = body["metadata"]["name"]
    raise Rejected(500, "InternalError", f'Internal error occurred: failed to allocate a serviceIP for Service "{name}": range is full')


def _fill_node_ports(spec: Body, cluster: Holders, rng: random.Random) -> None:
    """Ports of one number in two protocols share one node port."""
    mine = {p["nodePort"] for p in spec.get("ports") or () if p.get("nodePort")}
    by_number: dict[int, int] = {}
    for port in spec.get("ports") or ():
        if not port.get("nodePort"):
            port["nodePort"] = by_number.get(port["port"]) or _free_port(mine, cluster, rng)
        by_number.setdefault(port["port"], port["nodePort"])
        mine.add(port["nodePort"])


def _free_port(mine: set[int], cluster: Holders, rng: random.Random) -> int:
    """The first 86 ports are left to those who ask for a number (static band), as long as others are free."""
    for start in (NODE_PORTS.start + 86, NODE_PORTS.start):
        for _ in range(500):
            number = rng.randrange(start, NODE_PORTS.stop)
            if number not in mine and not _holders(cluster, number):
                return number
    free = next((n for n in NODE_PORTS if n not in mine and not _holders(cluster, n)), None)
    if free is None:
        raise Rejected(500, "InternalError", "Internal error occurred: failed to allocate a nodePort: range is full")
    return free
