"""EndpointSlice: defaults and rules (pkg/apis/discovery/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, invalid, not_supported, required, too_many
from ..metadata import immutable

Body = dict[str, Any]
NAME = names.dns_subdomain
ADDRESS_TYPES = ("FQDN", "IPv4", "IPv6")
PROTOCOLS = ("SCTP", "TCP", "UDP")
MOST_ENDPOINTS, MOST_ADDRESSES, MOST_PORTS = 1000, 100, 20000


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
        path, addresses = f"endpoints[{i}]", endpoint.get("addresses") or ()
        if not addresses:
            yield required(f"{path}.addresses", "must contain at least 1 address")
        elif len(addresses) > MOST_ADDRESSES:
            yield too_many(f"{path}.addresses", len(addresses), MOST_ADDRESSES)
        for j, address in enumerate(addresses):
            yield from _address(address, kind, f"{path}.addresses[{j}]")
        for field, check in (("nodeName", names.dns_subdomain), ("hostname", names.dns_label)):
            if endpoint.get(field) is not None:
                yield from each_invalid(f"{path}.{field}", endpoint[field], check(endpoint[field]))


def _address(address: str, kind: str, path: str) -> list[FieldError]:
    if kind == "FQDN":
        return each_invalid(path, address, names.dns_subdomain(address.removesuffix(".")))
    parsed = names.parse_ip(address)
    if parsed is None:
        return [invalid(path, address, names.NOT_AN_IP)]
    if kind in ("IPv4", "IPv6") and f"IPv{parsed.version}" != kind:
        return [invalid(path, address, f"must be an {kind} address")]
    return each_invalid(path, address, names.endpoint_address(address))


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


def warnings(body: Body) -> list[str]:
    return []
