"""FirewallRule (kubeviz.dev): ports of the nodes that the cloud's firewall lets the internet reach."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, invalid, not_supported, required

Body = dict[str, Any]
NAME = names.dns_subdomain
PROTOCOLS = ("SCTP", "TCP", "UDP")


def default(body: Body) -> None:
    body.setdefault("spec", {}).setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return [*_ports(body["spec"].get("ports") or ()), *_protocol(body["spec"]["protocol"])]


def _ports(ports: Iterable[Any]) -> Iterable[FieldError]:
    if not ports:
        yield required("spec.ports")
    for i, port in enumerate(ports):
        if isinstance(port, bool) or not isinstance(port, int):
            yield invalid(f"spec.ports[{i}]", port, names.PORT_RANGE)
        else:
            yield from each_invalid(f"spec.ports[{i}]", port, names.port_number(port))


def _protocol(value: str) -> Iterable[FieldError]:
    if value not in PROTOCOLS:
        yield not_supported("spec.protocol", value, PROTOCOLS)


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
