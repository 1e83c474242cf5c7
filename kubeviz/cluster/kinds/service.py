"""Service: defaults (pkg/apis/core/v1/defaults.go) and rules (ValidateService in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..allocation import cluster_ip_fields, headless, needs_health_check_port
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required
from ..metadata import labels
from . import serviceports, serviceupdates
from .defaults import fill
from .serviceupdates import EXTERNAL, normalize_ips, prepare_update, reached_from_outside

__all__ = ["default", "normalize_ips", "prepare_update", "validate", "warnings"]
Body = dict[str, Any]
NAME = names.dns_label
TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
POLICIES = ("Cluster", "Local")
DISTRIBUTIONS = ("PreferClose", "PreferSameZone", "PreferSameNode")
SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
MOST_AFFINITY_SECONDS = 86400


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    fill(spec, "sessionAffinity", "None")
    _default_affinity(spec)
    fill(spec, "type", "ClusterIP")
    for port in spec.get("ports") or ():
        fill(port, "protocol", "TCP")
        if not port.get("targetPort"):
            port["targetPort"] = port.get("port") or 0
        for field in ("name", "nodePort"):
            if not port.get(field):
                port.pop(field, None)
    if reached_from_outside(spec):
        fill(spec, "externalTrafficPolicy", "Cluster")
    if spec["type"] != "ExternalName":
        spec.setdefault("internalTrafficPolicy", "Cluster")
    if spec["type"] == "LoadBalancer":
        spec.setdefault("allocateLoadBalancerNodePorts", True)
    if spec.get("clusterIP") and not spec.get("clusterIPs"):
        spec["clusterIPs"] = [spec["clusterIP"]]
    body.setdefault("status", {}).setdefault("loadBalancer", {})


def _default_affinity(spec: Body) -> None:
    if spec["sessionAffinity"] == "None":
        spec.pop("sessionAffinityConfig", None)
    elif spec["sessionAffinity"] == "ClientIP":
        client = spec.setdefault("sessionAffinityConfig", {}).setdefault("clientIP", {})
        client.setdefault("timeoutSeconds", 10800)


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    kind = spec.get("type")
    return [
        *(serviceupdates.validate(spec, old["spec"]) if old else ()),
        *_topology(body["metadata"].get("annotations") or {}),
        *([required("spec.ports")] if not spec.get("ports") and not headless(spec) and kind != "ExternalName" else ()),
        *_by_type(spec, kind),
        *serviceports.each(spec),
        *labels(spec.get("selector"), "spec.selector"),
        *_choice(spec, "sessionAffinity", ("ClientIP", "None")),
        *_affinity(spec),
        *cluster_ip_fields(spec),
        *_external_ips(spec),
        *([not_supported("spec.type", kind, TYPES)] if kind not in TYPES else ()),
        *serviceports.no_node_ports(spec),
        *serviceports.unique_node_ports(spec),
        *serviceports.unique(spec),
        *_source_ranges(body, spec),
        *_allocation_flag(spec),
        *_balancer_class(spec),
        *_traffic(spec),
    ]


def _topology(annotations: Body) -> Iterable[FieldError]:
    """The annotation of old and its successor must not contradict each other."""
    old, new = (annotations.get(f"service.kubernetes.io/topology-{word}") for word in ("aware-hints", "mode"))
    if old is not None and new is not None and old != new:
        text = "must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified"
        yield invalid("metadata.annotations[service.kubernetes.io/topology-mode]", new, text)


def _by_type(spec: Body, kind: str | None) -> Iterable[FieldError]:
    """What one type needs and the others must not have."""
    if kind in EXTERNAL and headless(spec):
        yield invalid("spec.clusterIPs[0]", "None", f"may not be set to 'None' for {kind} services")
    if kind == "ExternalName":
        yield from _external_name(spec)


def _external_name(spec: Body) -> Iterable[FieldError]:
    for field in ("clusterIPs", "ipFamilies"):
        if spec.get(field):
            yield forbidden(f"spec.{field}", "may not be set for ExternalName services")
    if spec.get("ipFamilyPolicy") is not None:
        yield forbidden("spec.ipFamilyPolicy", "may not be set for ExternalName services")
    name = (spec.get("externalName") or "").removesuffix(".")
    if name:
        yield from each_invalid("spec.externalName", name, names.dns_subdomain(name))
    else:
        yield required("spec.externalName")


def _choice(spec: Body, field: str, allowed: tuple[str, ...]) -> Iterable[FieldError]:
    value = spec.get(field) or ""
    if value not in allowed:
        yield not_supported(f"spec.{field}", value, allowed) if value else required(f"spec.{field}")


def _affinity(spec: Body) -> Iterable[FieldError]:
    path = "spec.sessionAffinityConfig"
    if spec.get("sessionAffinity") == "None" and spec.get("sessionAffinityConfig") is not None:
        yield forbidden(path, "must not be set when session affinity is None")
    if spec.get("sessionAffinity") != "ClientIP":
        return
    seconds = ((spec.get("sessionAffinityConfig") or {}).get("clientIP") or {}).get("timeoutSeconds")
    if seconds is None:
        yield required(path, "when session affinity type is ClientIP")
    elif not 0 < seconds <= MOST_AFFINITY_SECONDS:
        text = f"must be greater than 0 and less than {MOST_AFFINITY_SECONDS}"
        yield invalid(f"{path}.clientIP.timeoutSeconds", seconds, text)


def _external_ips(spec: Body) -> Iterable[FieldError]:
    for i, address in enumerate(spec.get("externalIPs") or ()):
        yield from each_invalid(f"spec.externalIPs[{i}]", address, names.endpoint_address(address))


def _source_ranges(body: Body, spec: Body) -> Iterable[FieldError]:
    """From the field, or from the annotation that came before it; spaces around a range are tolerated."""
    said = (body["metadata"].get("annotations") or {}).get(SOURCE_RANGES)
    ranges = spec.get("loadBalancerSourceRanges") or ()
    path = "spec.LoadBalancerSourceRanges" if ranges else f"metadata.annotations[{SOURCE_RANGES}]"
    if (ranges or said is not None) and spec.get("type") != "LoadBalancer":
        yield forbidden(path, "may only be used when `type` is 'LoadBalancer'")
    for i, text in enumerate(ranges):
        yield from each_invalid(f"{path}[{i}]", text.strip(), names.cidr(text.strip()))
    for text in said.strip().split(",") if said and said.strip() and not ranges else ():
        yield from each_invalid(path, text.strip(), names.cidr(text.strip()))


def _allocation_flag(spec: Body) -> Iterable[FieldError]:
    flag = spec.get("allocateLoadBalancerNodePorts")
    if spec.get("type") == "LoadBalancer" and flag is None:
        yield required("spec.allocateLoadBalancerNodePorts")
    if spec.get("type") != "LoadBalancer" and flag is not None:
        yield forbidden("spec.allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'")


def _balancer_class(spec: Body) -> Iterable[FieldError]:
    name = spec.get("loadBalancerClass")
    if name is None:
        return
    if spec.get("type") == "LoadBalancer":
        yield from each_invalid("spec.loadBalancerClass", name, names.qualified_name(name))
    else:
        yield forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'")


def _traffic(spec: Body) -> Iterable[FieldError]:
    """External policy, health check port, internal policy, distribution."""
    policy = spec.get("externalTrafficPolicy") or ""
    if not reached_from_outside({"type": "", **spec}):
        if policy:
            yield invalid("spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services")
    elif policy not in POLICIES:
        yield (
            not_supported("spec.externalTrafficPolicy", policy, POLICIES)
            if policy
            else required("spec.externalTrafficPolicy")
        )
    yield from _health_check(spec)
    internal = spec.get("internalTrafficPolicy")
    if internal is None and spec.get("type") in ("ClusterIP", *EXTERNAL):
        yield required("spec.internalTrafficPolicy")
    if internal is not None and internal not in POLICIES:
        yield not_supported("spec.internalTrafficPolicy", internal, POLICIES)
    distribution = spec.get("trafficDistribution")
    if distribution is not None and distribution not in DISTRIBUTIONS:
        yield not_supported("spec.trafficDistribution", distribution, DISTRIBUTIONS)


def _health_check(spec: Body) -> Iterable[FieldError]:
    port = spec.get("healthCheckNodePort") or 0
    if port and not needs_health_check_port(spec):
        text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
        yield invalid("spec.healthCheckNodePort", port, text)
    elif port:
        yield from each_invalid("spec.healthCheckNodePort", port, names.port_number(port))


def warnings(body: Body, old: Body | None = None) -> list[str]:
    """pkg/api/service/warnings.go"""
    spec, kind = body["spec"], body["spec"].get("type")
    hints = "service.kubernetes.io/topology-aware-hints"
    found = []
    if hints in (body["metadata"].get("annotations") or {}):
        found.append(f"annotation {hints} is deprecated, please use service.kubernetes.io/topology-mode instead")
    for i, ip in enumerate(spec.get("clusterIPs") or ()):
        found += names.ip_warnings(ip, f"spec.clusterIPs[{i}]")
    if headless(spec) and kind == "ClusterIP":
        ignored = [field for field in ("loadBalancerIP", "externalIPs") if spec.get(field)]
        ignored += ["SessionAffinity"] if spec.get("sessionAffinity") != "None" else []
        found += [f"spec.{field} is ignored for headless services" for field in ignored]
    return [*found, *_address_warnings(spec), *_type_warnings(spec, kind)]


def _address_warnings(spec: Body) -> Iterable[str]:
    for i, ip in enumerate(spec.get("externalIPs") or ()):
        yield from names.ip_warnings(ip, f"spec.externalIPs[{i}]")
    if spec.get("externalIPs") and spec.get("type") != "ExternalName" and not headless(spec):
        yield "spec.externalIPs is deprecated and may no longer be implemented in some clusters"
    yield from names.ip_warnings(spec.get("loadBalancerIP") or "", "spec.loadBalancerIP")
    for i, block in enumerate(spec.get("loadBalancerSourceRanges") or ()):
        yield from names.cidr_warnings(block, f"spec.loadBalancerSourceRanges[{i}]")


def _type_warnings(spec: Body, kind: str | None) -> Iterable[str]:
    if spec.get("externalIPs") and kind == "ExternalName":
        yield 'spec.externalIPs is ignored when spec.type is "ExternalName"'
    if spec.get("externalName") and kind != "ExternalName":
        yield 'spec.externalName is ignored when spec.type is not "ExternalName"'
    if spec.get("trafficDistribution") == "PreferClose":
        yield 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'
