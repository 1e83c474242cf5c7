"""The cluster's own zone: what CoreDNS' kubernetes plugin answers below cluster.local and for reverse names.

Source: the Kubernetes DNS specification 1.1.0 and, where it leaves room, CoreDNS as kubeadm sets it up
(`pods insecure`, `ttl 30`).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...cluster.objects import EndpointSlice, Service
from ...cluster.state import Cluster
from ..request import is_ip

ZONE = "cluster.local"
REVERSE = ("in-addr.arpa", "ip6.arpa")
VERSION = "1.1.0"
_BELOW = f".{ZONE}"
_DASHED = re.compile(r"\d{1,3}(-\d{1,3}){3}")
_REVERSED = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa")


class Place(NamedTuple):
    """An address and a port that a name stands for; `name` is what an SRV record calls it."""

    ip: str
    port: int
    name: str


class Found(NamedTuple):
    """What a name of the zone stands for: addresses, or an alias (CNAME), or nothing but itself (NODATA).

    `places` are the addresses with their ports; a Service's own name leaves them to `ports_of`.
    """

    service: Service | None = None
    addresses: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    alias: str = ""
    text: str = ""


EMPTY = Found()


def is_own(name: str) -> bool:
    """Whether the cluster's DNS answers for the name itself and asks nobody else."""
    return name.endswith(_BELOW) or name == ZONE


def find(cluster: Cluster, name: str) -> Found | None:
    """What the full name means, or None where there is no such name (NXDOMAIN)."""
    labels = name[: -len(_BELOW)].split(".") if name != ZONE else []
    if not labels:
        return EMPTY
    if labels == ["dns-version"]:
        return Found(text=VERSION)
    if labels[-1] == "svc":
        return _below_svc(cluster, labels[:-1])
    return _below_pod(cluster, labels[:-1]) if labels[-1] == "pod" else None


def _below_svc(cluster: Cluster, labels: list[str]) -> Found | None:
    """`svc` and a namespace exist but have no records; then comes the Service, then an endpoint or _port._protocol."""
    if len(labels) < 2:
        return _namespace(cluster, labels)
    service = cluster.get("Service", labels[-1], labels[-2])
    before = labels[:-2]
    if service is None or len(before) > 2:
        return None
    if service.type == "ExternalName":
        return _external(service) if not before else None
    if not before and not service.headless:
        return Found(service, service.cluster_ips)
    if len(before) == 1:
        return _found(service, _endpoints(cluster, service, before[0]))
    port, protocol = (label.removeprefix("_") for label in before) if before else ("", "")
    places = _endpoints(cluster, service) if service.headless else _ports(service)
    return _found(service, places, port, protocol)


def _found(
    service: Service, places: Iterator[tuple[Place, str, str]], port: str = "", protocol: str = ""
) -> Found | None:
    """The places of one port, or of all; a name that stands for no place does not exist."""
    wanted = tuple(
        dict.fromkeys(
            place
            for place, its_port, its_protocol in places
            if (not port or its_port.lower() == port) and (not protocol or its_protocol.lower() == protocol)
        )
    )
    return Found(service, tuple(dict.fromkeys(place.ip for place in wanted)), wanted) if wanted else None


def ports_of(service: Service) -> tuple[Place, ...]:
    """A Service's cluster IPs at each of its ports. It resolves whether or not anybody stands behind it."""
    return tuple(place for place, _, _ in _ports(service))


def _ports(service: Service) -> Iterator[tuple[Place, str, str]]:
    target = f"{service.name}.{service.namespace}.svc.{ZONE}"
    for ip in service.cluster_ips:
        for found in service.ports:
            yield Place(ip, found.port, target), found.name, found.protocol


def _endpoints(cluster: Cluster, service: Service, wanted: str = "") -> Iterator[tuple[Place, str, str]]:
    """The ready endpoints, each with its host name or, where it has none, its address with dashes."""
    for piece in cluster.of_service(service.key):
        for host, ip in _hosts(piece):
            if not wanted or host == wanted:
                target = f"{host}.{service.name}.{service.namespace}.svc.{ZONE}"
                ports: list[dict[str, Any]] = piece.body.get("ports") or [{}]
                for port in ports:
                    yield (
                        Place(ip, port.get("port") or 0, target),
                        port.get("name") or "",
                        port.get("protocol") or "TCP",
                    )


def _hosts(piece: EndpointSlice) -> Iterator[tuple[str, str]]:
    for endpoint in piece.body.get("endpoints") or ():
        if (endpoint.get("conditions") or {}).get("ready") is not False:
            for ip in endpoint["addresses"]:
                yield (endpoint.get("hostname") or re.sub(r"[.:]", "-", ip)).lower(), ip


def _external(service: Service) -> Found | None:
    """ExternalName is an alias; an IP address there is no name and gives no record."""
    target = (service.spec.get("externalName") or "").rstrip(".").lower()
    return Found(service, alias=target) if target and not is_ip(target) else None


def _namespace(cluster: Cluster, labels: list[str]) -> Found | None:
    return EMPTY if not labels or cluster.get("Namespace", "", labels[0]) is not None else None


def _below_pod(cluster: Cluster, labels: list[str]) -> Found | None:
    """`10-244-1-5.default.pod.cluster.local` is that address, whether or not a pod has it (`pods insecure`)."""
    if len(labels) < 2:
        return _namespace(cluster, labels)
    address = labels[0].replace("-", ".")
    known = len(labels) == 2 and cluster.get("Namespace", "", labels[1]) is not None
    if not known or not _DASHED.fullmatch(labels[0]) or not is_ip(address):
        return None
    return Found(addresses=(address,))


# ── reverse names ──


def reverse_name(ip: str) -> str:
    """The name under which the reverse of an IPv4 address is asked for (RFC 1035)."""
    return ".".join(reversed(ip.split("."))) + ".in-addr.arpa"


def names_of(cluster: Cluster, reverse: str) -> tuple[str, ...]:
    """The names that an address has (PTR): the Service whose cluster IP it is, else its endpoints' names."""
    match = _REVERSED.fullmatch(reverse)
    if match is None:
        return ()
    ip = ".".join(reversed(match.groups()))
    service = cluster.service_by_ip(ip)
    if service is not None and ip in service.cluster_ips:
        return (f"{service.name}.{service.namespace}.svc.{ZONE}",)
    return tuple(dict.fromkeys(_endpoint_names(cluster, ip)))


def _endpoint_names(cluster: Cluster, ip: str) -> Iterator[str]:
    pod = cluster.pod_by_ip(ip)
    services = cluster.services_selecting(pod) if pod is not None else cluster.of_kind("Service")
    for service in services:
        for place, _, _ in _endpoints(cluster, service):
            if place.ip == ip:
                yield place.name
