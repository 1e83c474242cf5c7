"""Endpoints: defaults and rules (ValidateEndpoints in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, not_supported, required
from .defaults import fill

Body = dict[str, Any]
NAME = names.dns_subdomain
PROTOCOLS = ("SCTP", "TCP", "UDP")


def default(body: Body) -> None:
    for subset in body.get("subsets") or ():
        for port in subset.get("ports") or ():
            fill(port, "protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return [error for i, subset in enumerate(body.get("subsets") or ()) for error in _subset(subset, f"subsets[{i}]")]


def _subset(subset: Body, path: str) -> Iterable[FieldError]:
    if not subset.get("addresses") and not subset.get("notReadyAddresses"):
        yield required(path, "must specify `addresses` or `notReadyAddresses`")
    for field in ("addresses", "notReadyAddresses"):
        for i, address in enumerate(subset.get(field) or ()):
            yield from _address(address, f"{path}.{field}[{i}]")
    ports = subset.get("ports") or ()
    for i, port in enumerate(ports):
        yield from _port(port, len(ports) > 1, f"{path}.ports[{i}]")


def _address(address: Body, path: str) -> Iterable[FieldError]:
    ip = address.get("ip") or ""
    errors = each_invalid(f"{path}.ip", ip, names.ip(ip))
    if address.get("hostname"):
        errors += each_invalid(f"{path}.hostname", address["hostname"], names.dns_label(address["hostname"]))
    if address.get("nodeName") is not None:
        errors += each_invalid(f"{path}.nodeName", address["nodeName"], names.dns_subdomain(address["nodeName"]))
    yield from errors
    yield from each_invalid(f"{path}.ip", ip, names.special_ip(ip))


def _port(port: Body, name_needed: bool, path: str) -> Iterable[FieldError]:
    name = port.get("name") or ""
    if name:
        yield from each_invalid(f"{path}.name", name, names.dns_label(name))
    elif name_needed:
        yield required(f"{path}.name")
    yield from each_invalid(f"{path}.port", port.get("port") or 0, names.port_number(port.get("port") or 0))
    if port["protocol"] not in PROTOCOLS:
        yield not_supported(f"{path}.protocol", port["protocol"], PROTOCOLS)
    if port.get("appProtocol") is not None:
        yield from each_invalid(f"{path}.appProtocol", port["appProtocol"], names.qualified_name(port["appProtocol"]))


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return [
        text
        for i, subset in enumerate(body.get("subsets") or ())
        for field in ("addresses", "notReadyAddresses")
        for j, address in enumerate(subset.get(field) or ())
        for text in names.ip_warnings(address.get("ip") or "", f"subsets[{i}].{field}[{j}].ip")
    ]
