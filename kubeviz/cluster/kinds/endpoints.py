"""Endpoints (deprecated since 1.33)."""

from ..errors import required
from . import checks
from .checks import Body, Errors

DEPRECATED = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"


def default(body: Body) -> None:
    for subset in body.get("subsets") or ():
        for port in subset.get("ports") or ():
            port.setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> Errors:
    errors: Errors = []
    for i, subset in enumerate(body.get("subsets") or ()):
        errors += _subset(subset, f"subsets[{i}]")
    return errors


def _subset(subset: Body, field: str) -> Errors:
    errors: Errors = []
    if not subset.get("addresses") and not subset.get("notReadyAddresses"):
        errors.append(required(field, "must specify `addresses` or `notReadyAddresses`"))
    for section in ("addresses", "notReadyAddresses"):
        for i, address in enumerate(subset.get(section) or ()):
            errors += checks.outside_ip(address.get("ip", ""), f"{field}.{section}[{i}].ip")
    ports = subset.get("ports") or []
    for i, port in enumerate(ports):
        where = f"{field}.ports[{i}]"
        if not port.get("name") and len(ports) > 1:
            errors.append(required(f"{where}.name"))
        elif port.get("name"):
            errors += checks.all_invalid(f"{where}.name", port["name"], checks.dns_label(port["name"]))
        errors += checks.port_number(port.get("port", 0), f"{where}.port")
        errors += checks.one_of(port.get("protocol", "TCP"), ("SCTP", "TCP", "UDP"), f"{where}.protocol")
    return errors


def warnings(body: Body) -> list[str]:
    return [DEPRECATED]
