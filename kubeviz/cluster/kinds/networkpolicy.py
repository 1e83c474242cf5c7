"""NetworkPolicy: defaults and rules (pkg/apis/networking)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required
from ..metadata import label_selector

Body = dict[str, Any]
NAME = names.dns_subdomain
TYPES = ("Ingress", "Egress")


def default(body: Body) -> None:
    """Without policyTypes: Ingress always, Egress where there are egress rules."""
    spec = body.setdefault("spec", {})
    spec.setdefault("podSelector", {})
    if not spec.get("policyTypes"):
        spec["policyTypes"] = ["Ingress", "Egress"] if spec.get("egress") else ["Ingress"]
    for rule in [*(spec.get("ingress") or ()), *(spec.get("egress") or ())]:
        for port in rule.get("ports") or ():
            port.setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *label_selector(spec["podSelector"], "spec.podSelector"),
        *_rules(spec, "ingress", "from"),
        *_rules(spec, "egress", "to"),
        *_types(spec["policyTypes"]),
    ]


def _rules(spec: Body, direction: str, peers: str) -> Iterable[FieldError]:
    for i, rule in enumerate(spec.get(direction) or ()):
        path = f"spec.{direction}[{i}]"
        for j, port in enumerate(rule.get("ports") or ()):
            yield from _port(port, f"{path}.ports[{j}]")
        for j, peer in enumerate(rule.get(peers) or ()):
            yield from _peer(peer, f"{path}.{peers}[{j}]")


def _port(port: Body, path: str) -> Iterable[FieldError]:
    if port["protocol"] not in ("TCP", "UDP", "SCTP"):
        yield not_supported(f"{path}.protocol", port["protocol"], ("TCP", "UDP", "SCTP"))
    number, end = port.get("port"), port.get("endPort")
    if isinstance(number, int):
        yield from each_invalid(f"{path}.port", number, names.port_number(number))
        if end is not None and end < number:
            yield invalid(f"{path}.endPort", end, "must be greater than or equal to `port`")
        yield from each_invalid(f"{path}.endPort", end, names.port_number(end)) if end is not None else ()
        return
    if end is not None:
        reason = "is non-numeric" if number is not None else "is not specified"
        yield invalid(f"{path}.endPort", end, f"may not be specified when `port` {reason}")
    if number is not None:
        yield from each_invalid(f"{path}.port", number, names.port_name(number))


def _peer(peer: Body, path: str) -> Iterable[FieldError]:
    """Selectors, together or alone, or an address block."""
    given = [field for field in ("podSelector", "namespaceSelector", "ipBlock") if peer.get(field) is not None]
    for field in given:
        if field == "ipBlock":
            yield from _block(peer["ipBlock"], f"{path}.ipBlock")
        else:
            yield from label_selector(peer[field], f"{path}.{field}")
    if not given:
        yield required(path, "must specify a peer")
    elif len(given) > 1 and "ipBlock" in given:
        yield forbidden(path, "may not specify both ipBlock and another peer")


def _block(block: Body, path: str) -> Iterable[FieldError]:
    text = block.get("cidr") or ""
    if not text:
        yield required(f"{path}.cidr")
        return
    yield from each_invalid(f"{path}.cidr", text, names.cidr(text))
    network = names.parse_cidr(text)
    for i, hole in enumerate(block.get("except") or () if network else ()):
        here = f"{path}.except[{i}]"
        yield from each_invalid(here, hole, names.cidr(hole))
        inner = names.parse_cidr(hole)
        if inner is not None and network is not None and not _strictly_inside(inner, network):
            yield invalid(here, hole, "must be a strict subset of `cidr`")


def _strictly_inside(inner: names.Network, outer: names.Network) -> bool:
    return inner.version == outer.version and inner.network_address in outer and inner.prefixlen > outer.prefixlen


def _types(types: list[str]) -> Iterable[FieldError]:
    if len(types) > len(TYPES):
        yield invalid("spec.policyTypes", types, "may not specify more than two policyTypes")
        return
    for i, kind in enumerate(types):
        if kind not in TYPES:
            yield not_supported(f"spec.policyTypes[{i}]", kind, TYPES)


def warnings(body: Body, old: Body | None = None) -> list[str]:
    """Address blocks written oddly."""
    found = []
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for i, rule in enumerate(body["spec"].get(direction) or ()):
            for j, peer in enumerate(rule.get(peers) or ()):
                found += _block_warnings(peer.get("ipBlock") or {}, f"spec.{direction}[{i}].{peers}[{j}].ipBlock")
    return found


def _block_warnings(block: Body, path: str) -> list[str]:
    found = names.cidr_warnings(block.get("cidr") or "", f"{path}.cidr")
    for i, hole in enumerate(block.get("except") or ()):
        found += names.cidr_warnings(hole, f"{path}.except[{i}]")
    return found
