"""NetworkPolicy (pkg/apis/networking/validation ValidateNetworkPolicy)."""

import ipaddress

from ..errors import forbidden, invalid, not_supported, required
from . import checks
from .checks import Body, Errors


def default(body: Body) -> None:
    """policyTypes: Ingress always, Egress where egress is written."""
    spec = body.setdefault("spec", {})
    spec.setdefault("podSelector", {})
    if not spec.get("policyTypes"):
        spec["policyTypes"] = ["Ingress", *(["Egress"] if spec.get("egress") is not None else [])]
    for direction in ("ingress", "egress"):
        for rule in spec.get(direction) or ():
            for port in (rule or {}).get("ports") or ():
                port.setdefault("protocol", "TCP")


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = checks.label_selector(spec.get("podSelector"), "spec.podSelector")
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for i, rule in enumerate(spec.get(direction) or ()):
            errors += _rule(rule or {}, f"spec.{direction}[{i}]", peers)
    types = spec.get("policyTypes") or []
    if len(types) > 2:
        errors.append(invalid("spec.policyTypes", types, "may not specify more than two policyTypes"))
    for i, kind in enumerate(types):
        if kind not in ("Ingress", "Egress"):
            errors.append(not_supported(f"spec.policyTypes[{i}]", kind, ["Ingress", "Egress"]))
    return errors


def _rule(rule: Body, field: str, peers: str) -> Errors:
    errors: Errors = []
    for i, port in enumerate(rule.get("ports") or ()):
        errors += _port(port, f"{field}.ports[{i}]")
    for i, peer in enumerate(rule.get(peers) or ()):
        errors += _peer(peer or {}, f"{field}.{peers}[{i}]")
    return errors


def _port(port: Body, field: str) -> Errors:
    errors = checks.one_of(port.get("protocol", "TCP"), ("SCTP", "TCP", "UDP"), f"{field}.protocol")
    number, end = port.get("port"), port.get("endPort")
    if isinstance(number, str):
        errors += checks.all_invalid(f"{field}.port", number, checks.port_name(number))
        if end is not None:
            errors.append(invalid(f"{field}.endPort", end, "may not be specified when `port` is non-numeric"))
    elif number is not None:
        errors += checks.port_number(number, f"{field}.port")
        if end is not None:
            errors += checks.port_number(end, f"{field}.endPort")
            if end < number:
                errors.append(invalid(f"{field}.endPort", end, "must be greater than or equal to `port`"))
    elif end is not None:
        errors.append(required(f"{field}.endPort", "may not be specified when `port` is not specified"))
    return errors


def _peer(peer: Body, field: str) -> Errors:
    errors: Errors = []
    for selector in ("podSelector", "namespaceSelector"):
        if peer.get(selector) is not None:
            errors += checks.label_selector(peer[selector], f"{field}.{selector}")
    if peer.get("ipBlock") is not None:
        errors += _block(peer["ipBlock"], f"{field}.ipBlock")
        if peer.get("podSelector") is not None or peer.get("namespaceSelector") is not None:
            errors.append(forbidden(field, "may not specify both ipBlock and another peer"))
    if not any(peer.get(k) is not None for k in ("podSelector", "namespaceSelector", "ipBlock")):
        errors.append(required(field, "must specify a peer"))
    return errors


def _block(block: Body, field: str) -> Errors:
    whole = block.get("cidr") or ""
    if not whole:
        return [required(f"{field}.cidr")]
    errors = checks.cidr(whole, f"{field}.cidr")
    for i, part in enumerate(block.get("except") or ()):
        where = f"{field}.except[{i}]"
        wrong = checks.cidr(part, where)
        errors += wrong
        if not wrong and not errors and not _strictly_inside(part, whole):
            errors.append(invalid(where, part, "must be a strict subset of `cidr`"))
    return errors


def _strictly_inside(part: str, whole: str) -> bool:
    inner, outer = ipaddress.ip_network(part, strict=False), ipaddress.ip_network(whole, strict=False)
    return inner.version == outer.version and inner != outer and inner.subnet_of(outer)  # type: ignore[arg-type]
