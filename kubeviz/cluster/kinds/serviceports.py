"""The ports of a Service (validateServicePort in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, not_supported, required

Body = dict[str, Any]
PROTOCOLS = ("SCTP", "TCP", "UDP")


def each(spec: Body) -> Iterable[FieldError]:
    ports = spec.get("ports") or ()
    seen: set[str] = set()
    for i, port in enumerate(ports):
        yield from _port(port, len(ports) > 1, seen, f"spec.ports[{i}]")


def _port(port: Body, name_needed: bool, seen: set[str], path: str) -> Iterable[FieldError]:
    name, protocol = port.get("name") or "", port.get("protocol") or ""
    if name:
        yield from each_invalid(f"{path}.name", name, names.dns_label(name))
        if name in seen:
            yield duplicate(f"{path}.name", name)
        seen.add(name)
    elif name_needed:
        yield required(f"{path}.name")
    yield from each_invalid(f"{path}.port", port.get("port") or 0, names.port_number(port.get("port") or 0))
    if protocol not in PROTOCOLS:
        yield (not_supported(f"{path}.protocol", protocol, PROTOCOLS) if protocol else required(f"{path}.protocol"))
    yield from target_port(port.get("targetPort") or 0, f"{path}.targetPort")
    if port.get("appProtocol") is not None:
        yield from each_invalid(f"{path}.appProtocol", port["appProtocol"], names.qualified_name(port["appProtocol"]))


def target_port(value: int | str, path: str) -> list[FieldError]:
    """A number, or the name of a container port."""
    check = names.port_name(value) if isinstance(value, str) else names.port_number(value)
    return each_invalid(path, value, check)


def unique(spec: Body) -> Iterable[FieldError]:
    """Port and protocol together are the key; the message shows the key as Go's structure."""
    seen: set[tuple[Any, Any]] = set()
    for i, port in enumerate(spec.get("ports") or ()):
        key = (port.get("port") or 0, port.get("protocol"))
        if key in seen:
            shown = {
                "Name": "",
                "Protocol": key[1],
                "AppProtocol": None,
                "Port": key[0],
                "TargetPort": 0,
                "NodePort": 0,
            }
            yield duplicate(f"spec.ports[{i}]", shown)
        seen.add(key)


def no_node_ports(spec: Body) -> Iterable[FieldError]:
    if spec.get("type") == "ClusterIP":
        for i, port in enumerate(spec.get("ports") or ()):
            if port.get("nodePort"):
                yield forbidden(f"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'")


def unique_node_ports(spec: Body) -> Iterable[FieldError]:
    seen: set[tuple[Any, Any]] = set()
    for i, port in enumerate(spec.get("ports") or ()):
        key = (port.get("protocol"), port.get("nodePort"))
        if key[1] and key in seen:
            yield duplicate(f"spec.ports[{i}].nodePort", key[1])
        seen.add(key)
