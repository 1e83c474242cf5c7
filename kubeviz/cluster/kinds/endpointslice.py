"""EndpointSlice."""

from ..errors import duplicate, required
from . import checks
from .checks import Body, Errors


def default(body: Body) -> None:
    for port in body.get("ports") or ():
        port.setdefault("name", "")
        port.setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> Errors:
    errors: Errors = []
    kind = body.get("addressType") or ""
    if not kind:
        errors.append(required("addressType"))
    else:
        errors += checks.one_of(kind, ("FQDN", "IPv4", "IPv6"), "addressType")
    for i, endpoint in enumerate(body.get("endpoints") or ()):
        addresses = endpoint.get("addresses") or []
        if not addresses:
            errors.append(required(f"endpoints[{i}].addresses", "must contain at least 1 address"))
        for k, address in enumerate(addresses):
            if kind in ("IPv4", "IPv6"):
                errors += checks.outside_ip(address, f"endpoints[{i}].addresses[{k}]")
    return errors + _ports(body.get("ports") or [])


def _ports(ports: list[Body]) -> Errors:
    errors: Errors = []
    names: set[str] = set()
    for i, port in enumerate(ports):
        name = port.get("name") or ""
        if name in names:
            errors.append(duplicate(f"ports[{i}].name", name))
        names.add(name)
        if name:
            errors += checks.all_invalid(f"ports[{i}].name", name, checks.dns_label(name))
        errors += checks.one_of(port.get("protocol", "TCP"), ("SCTP", "TCP", "UDP"), f"ports[{i}].protocol")
    return errors
