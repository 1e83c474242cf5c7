"""EndpointSlice: defaults and rules (pkg/apis/discovery/validation)."""

from collections.abc import Callable, Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, invalid, not_supported, required, too_many
from ..metadata import immutable, labels

Body = dict[str, Any]
NAME = names.dns_subdomain
ADDRESS_TYPES = ("FQDN", "IPv4", "IPv6")
PROTOCOLS = ("SCTP", "TCP", "UDP")
MOST_ENDPOINTS, MOST_ADDRESSES, MOST_PORTS = 1000, 100, 20000
MOST_TOPOLOGY, MOST_HINTS = 16, 8


def default(body: Body) -> None:
    for port in body.get("ports") or ():
        port.setdefault("name", "")
        port.setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    kind = body.get("addressType") or ""
    return [
        *(
            []
            if kind in ADDRESS_TYPES
            else [not_supported("addressType", kind, ADDRESS_TYPES) if kind else required("addressType")]
        ),
        *_endpoints(body.get("endpoints") or [], kind),
        *_ports(body.get("ports") or []),
        *(immutable(kind, old.get("addressType"), "addressType") if old else ()),
    ]


def _endpoints(endpoints: list[Body], kind: str) -> Iterable[FieldError]:
    if len(endpoints) > MOST_ENDPOINTS:
        yield too_many("endpoints", len(endpoints), MOST_ENDPOINTS)
        return
    for i, endpoint in enumerate(endpoints):
        yield from _endpoint(endpoint, kind, f"endpoints[{i}]")


def _endpoint(endpoint: Body, kind: str, path: str) -> Iterable[FieldError]:
    addresses, topology = endpoint.get("addresses") or (), endpoint.get("deprecatedTopology") or {}
    if not addresses:
        yield required(f"{path}.addresses", "must contain at least 1 address")
    elif len(addresses) > MOST_ADDRESSES:
        yield too_many(f"{path}.addresses", len(addresses), MOST_ADDRESSES)
    for j, address in enumerate(addresses):
        yield from _address(address, kind, f"{path}.addresses[{j}]")
    if endpoint.get("nodeName") is not None:
        yield from each_invalid(f"{path}.nodeName", endpoint["nodeName"], names.dns_subdomain(endpoint["nodeName"]))
    if len(topology) > MOST_TOPOLOGY:
        yield too_many(f"{path}.deprecatedTopology", len(topology), MOST_TOPOLOGY)
    yield from labels(topology, f"{path}.deprecatedTopology")
    if endpoint.get("hostname") is not None:
        yield from each_invalid(f"{path}.hostname", endpoint["hostname"], names.dns_label(endpoint["hostname"]))
    hints = endpoint.get("hints") or {}
    yield from _hints(hints.get("forZones") or [], names.label_value, f"{path}.hints.forZones")
    yield from _hints(hints.get("forNodes") or [], names.dns_subdomain, f"{path}.hints.forNodes")


def _hints(found: list[Body], check: Callable[[str], tuple[str, ...]], path: str) -> Iterable[FieldError]:
    """Where an endpoint should be used: at most eight zones or nodes."""
    if len(found) > MOST_HINTS:
        yield too_many(path, len(found), MOST_HINTS)
        return
    seen: set[str] = set()
    for i, hint in enumerate(found):
        name, here = hint.get("name") or "", f"{path}[{i}].name"
        if name in seen:
            yield duplicate(here, name)
        seen.add(name)
        yield from each_invalid(here, name, check(name))


def _address(address: str, kind: str, path: str) -> list[FieldError]:
    """An address of the slice's own kind; of an unknown kind anything."""
    if kind == "FQDN":
        return _domain(address, path)
    if kind not in ("IPv4", "IPv6"):
        return []
    parsed = names.parse_ip(address)
    if parsed is None:
        return [invalid(path, address, names.NOT_AN_IP)]
    wrong = [] if f"IPv{parsed.version}" == kind else [invalid(path, address, f"must be an {kind} address")]
    return [*wrong, *each_invalid(path, address, names.special_ip(address))]


def _domain(address: str, path: str) -> list[FieldError]:
    """At least two labels (IsFullyQualifiedDomainName)."""
    if not address:
        return [required(path)]
    name = address.removesuffix(".")
    problems = names.dns_subdomain(name)
    if problems:
        return [invalid(path, name, ",".join(problems))]
    few = name.count(".") < 1
    return [invalid(path, name, "should be a domain with at least two segments separated by dots")] if few else []


def _ports(ports: list[Body]) -> Iterable[FieldError]:
    if len(ports) > MOST_PORTS:
        yield too_many("ports", len(ports), MOST_PORTS)
        return
    seen: set[str] = set()
    for i, port in enumerate(ports):
        path, name = f"ports[{i}]", port["name"]
        if name:
            yield from each_invalid(f"{path}.name", name, names.dns_label(name))
        if name in seen:
            yield duplicate(f"{path}.name", name)
        seen.add(name)
        if port["protocol"] not in PROTOCOLS:
            yield not_supported(f"{path}.protocol", port["protocol"], PROTOCOLS)
        if port.get("appProtocol") is not None:
            yield from each_invalid(
                f"{path}.appProtocol", port["appProtocol"], names.qualified_name(port["appProtocol"])
            )


def warnings(body: Body, old: Body | None = None) -> list[str]:
    if body.get("addressType") not in ("IPv4", "IPv6"):
        return []
    return [
        text
        for i, endpoint in enumerate(body.get("endpoints") or ())
        for j, address in enumerate(endpoint.get("addresses") or ())
        for text in names.ip_warnings(address, f"endpoints[{i}].addresses[{j}]")
    ]
