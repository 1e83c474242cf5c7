"""What becomes of a Service that changes its type, and what it keeps for life (pkg/registry/core/service)."""

from collections.abc import Iterable
from typing import Any

from ..allocation import headless, needs_cluster_ip, needs_health_check_port
from ..errors import FieldError, forbidden, invalid

Body = dict[str, Any]
EXTERNAL = ("LoadBalancer", "NodePort")
FIXED = "may not change once set"


def reached_from_outside(spec: Body) -> bool:
    return spec["type"] in EXTERNAL or (spec["type"] == "ClusterIP" and bool(spec.get("externalIPs")))


def prepare_update(body: Body, old: Body) -> None:
    """Fields the new type has no use for are wiped unless the user changes them (dropTypeDependentFields)."""
    spec, before = body["spec"], old["spec"]
    if needs_cluster_ip(before) and not needs_cluster_ip(spec):
        for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"):
            _wipe(spec, before, field)
        if spec.get("clusterIP") is None:
            spec.pop("clusterIPs", None)
    if before.get("type") in EXTERNAL and spec.get("type") not in EXTERNAL and _ports_of(spec) == _ports_of(before):
        for port in spec.get("ports") or ():
            port.pop("nodePort", None)
    if needs_health_check_port(before) and not needs_health_check_port(spec):
        _wipe(spec, before, "healthCheckNodePort")
    if before.get("type") == "LoadBalancer" != spec.get("type"):
        _wipe(spec, before, "allocateLoadBalancerNodePorts")
        _wipe(spec, before, "loadBalancerClass")
        body.setdefault("status", {})["loadBalancer"] = {}
    if reached_from_outside({"type": "ClusterIP", **before}) and not reached_from_outside(spec):
        _wipe(spec, before, "externalTrafficPolicy")
    if spec.get("type") == "ExternalName":
        _wipe(spec, before, "internalTrafficPolicy")


def _wipe(spec: Body, before: Body, field: str) -> None:
    if field in spec and spec[field] == before.get(field):
        del spec[field]


def _ports_of(spec: Body) -> list[int]:
    return [p.get("nodePort") or 0 for p in spec.get("ports") or ()]


def normalize_ips(body: Body, old: Body) -> None:
    """Who changes only clusterIP means clusterIPs too (NormalizeClusterIPs)."""
    spec, before = body["spec"], old["spec"]
    if spec.get("clusterIP") != before.get("clusterIP") and spec.get("clusterIPs") == before.get("clusterIPs"):
        if spec.get("clusterIP"):
            spec["clusterIPs"] = [spec["clusterIP"]]
        else:
            spec.pop("clusterIPs", None)


def validate(spec: Body, old: Body) -> list[FieldError]:
    return [*_ips(spec, old), *_families(spec, old), *_kept(spec, old)]


def _ips(spec: Body, old: Body) -> Iterable[FieldError]:
    """A cluster IP is for life, except through ExternalName (validateUpgradeDowngradeClusterIPs)."""
    if "ExternalName" in (spec.get("type"), old.get("type")) or (headless(spec) and headless(old)):
        return
    new_ips, old_ips = spec.get("clusterIPs") or [], old.get("clusterIPs") or []
    if len(new_ips) < len(old_ips) and not new_ips:
        yield invalid("spec.clusterIPs[0]", spec.get("clusterIPs"), "primary clusterIP can not be unset")
    compared = len(old_ips) if len(new_ips) == len(old_ips) else 1
    for i, (new, before) in enumerate(list(zip(new_ips, old_ips, strict=False))[:compared]):
        if new != before:
            yield invalid(f"spec.clusterIPs[{i}]", new_ips, FIXED)
    if len(old_ips) > len(new_ips) == 1:
        yield from _single(spec, "clusterIP")


def _single(spec: Body, what: str) -> Iterable[FieldError]:
    policy = spec.get("ipFamilyPolicy")
    if policy != "SingleStack":
        text = f"must be set to 'SingleStack' when releasing the secondary {what}"
        yield invalid("spec.ipFamilyPolicy", policy, text)


def _families(spec: Body, old: Body) -> Iterable[FieldError]:
    """The first family stays too; a headless Service may change its own (validateUpgradeDowngradeIPFamilies)."""
    if "ExternalName" in (spec.get("type"), old.get("type")) or headless(spec) or headless(old):
        return
    new, before = spec.get("ipFamilies") or [], old.get("ipFamilies") or []
    if len(new) == len(before):
        yield from (invalid("spec.ipFamilies[0]", new, FIXED) for a, b in zip(new, before, strict=True) if a != b)
        return
    if new and before and new[0] != before[0]:
        yield invalid("spec.ipFamilies[0]", spec.get("clusterIPs"), FIXED)
    if len(before) > len(new) == 1:
        yield from _single(spec, "ipFamily")


def _kept(spec: Body, old: Body) -> Iterable[FieldError]:
    """What stays as long as the type does: balancer class, health check port."""
    both = old.get("type") == spec.get("type") == "LoadBalancer"
    if both and spec.get("loadBalancerClass") != old.get("loadBalancerClass"):
        yield invalid("spec.loadBalancerClass", spec.get("loadBalancerClass"), FIXED)
    checked = needs_health_check_port(spec) and needs_health_check_port(old)
    if checked and spec.get("healthCheckNodePort") != old.get("healthCheckNodePort"):
        yield forbidden("spec.healthCheckNodePort", "field is immutable")
