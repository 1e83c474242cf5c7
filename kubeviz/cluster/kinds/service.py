"""Service: defaults (pkg/apis/core/v1/defaults.go) and rules (ValidateService in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..allocation import cluster_ip_fields, headless, needs_cluster_ip, needs_health_check_port
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required
from ..metadata import labels

Body = dict[str, Any]
NAME = names.dns_label
TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
PROTOCOLS = ("SCTP", "TCP", "UDP")
POLICIES = ("Cluster", "Local")
DISTRIBUTIONS = ("PreferClose", "PreferSameZone", "PreferSameNode")
SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
MOST_AFFINITY_SECONDS = 86400
EXTERNAL = ("LoadBalancer", "NodePort")


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("sessionAffinity", "None")
    _default_affinity(spec)
    spec.setdefault("type", "ClusterIP")
    for port in spec.get("ports") or ():
        port.setdefault("protocol", "TCP")
        if not port.get("targetPort"):
            port["targetPort"] = port.get("port") or 0
        for field in ("name", "nodePort"):
            if not port.get(field):
                port.pop(field, None)
    if _reached_from_outside(spec):
        spec.setdefault("externalTrafficPolicy", "Cluster")
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


def _reached_from_outside(spec: Body) -> bool:
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
    if _reached_from_outside({"type": "ClusterIP", **before}) and not _reached_from_outside(spec):
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


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    kind = spec.get("type")
    return [
        *(_ips_kept(spec, old["spec"]) if old else ()),
        *(_kept(spec, old["spec"]) if old else ()),
        *([required("spec.ports")] if not spec.get("ports") and not headless(spec) and kind != "ExternalName" else ()),
        *_by_type(spec, kind),
        *_ports(spec),
        *labels(spec.get("selector"), "spec.selector"),
        *_choice(spec, "sessionAffinity", ("ClientIP", "None")),
        *_affinity(spec),
        *cluster_ip_fields(spec),
        *_external_ips(spec),
        *([not_supported("spec.type", kind, TYPES)] if kind not in TYPES else ()),
        *_no_node_ports(spec),
        *_unique_node_ports(spec),
        *_unique_ports(spec),
        *_source_ranges(body, spec),
        *_allocation_flag(spec),
        *_balancer_class(spec),
        *_traffic(spec),
    ]


def _ips_kept(spec: Body, old: Body) -> Iterable[FieldError]:
    """A cluster IP is for life, except through ExternalName (validateUpgradeDowngradeClusterIPs)."""
    if "ExternalName" in (spec.get("type"), old.get("type")) or (headless(spec) and headless(old)):
        return
    new_ips, old_ips = spec.get("clusterIPs") or [], old.get("clusterIPs") or []
    if len(new_ips) < len(old_ips) and not new_ips:
        yield invalid("spec.clusterIPs[0]", None, "primary clusterIP can not be unset")
    for i, (new, before) in enumerate(zip(new_ips, old_ips, strict=False)):
        if new != before:
            yield invalid(f"spec.clusterIPs[{i}]", new_ips, "may not change once set")


def _kept(spec: Body, old: Body) -> Iterable[FieldError]:
    """What stays as long as the type does: first IP family, balancer class, health check port."""
    new_families, old_families = spec.get("ipFamilies") or [], old.get("ipFamilies") or []
    external = "ExternalName" in (spec.get("type"), old.get("type"))
    if not external and new_families and old_families and new_families[0] != old_families[0]:
        yield invalid("spec.ipFamilies[0]", new_families, "may not change once set")
    if old.get("type") == spec.get("type") == "LoadBalancer" and spec.get("loadBalancerClass") != old.get(
        "loadBalancerClass"
    ):
        yield invalid("spec.loadBalancerClass", spec.get("loadBalancerClass"), "may not change once set")
    both = needs_health_check_port(spec) and needs_health_check_port(old)
    if both and spec.get("healthCheckNodePort") != old.get("healthCheckNodePort"):
        yield forbidden("spec.healthCheckNodePort", "field is immutable")


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


def _ports(spec: Body) -> Iterable[FieldError]:
    ports = spec.get("ports") or ()
    seen: set[str] = set()
    for i, port in enumerate(ports):
        yield from _port(port, len(ports) > 1, seen, headless(spec), f"spec.ports[{i}]")


def _port(port: Body, name_needed: bool, seen: set[str], no_ip: bool, path: str) -> Iterable[FieldError]:
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


def _unique_ports(spec: Body) -> Iterable[FieldError]:
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


def _no_node_ports(spec: Body) -> Iterable[FieldError]:
    if spec.get("type") == "ClusterIP":
        for i, port in enumerate(spec.get("ports") or ()):
            if port.get("nodePort"):
                yield forbidden(f"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'")


def _unique_node_ports(spec: Body) -> Iterable[FieldError]:
    seen: set[tuple[Any, Any]] = set()
    for i, port in enumerate(spec.get("ports") or ()):
        key = (port.get("protocol"), port.get("nodePort"))
        if key[1] and key in seen:
            yield duplicate(f"spec.ports[{i}].nodePort", key[1])
        seen.add(key)


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
    if not _reached_from_outside({"type": "", **spec}):
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


def warnings(body: Body) -> list[str]:
    """pkg/api/service/warnings.go"""
    spec, kind = body["spec"], body["spec"].get("type")
    found = []
    if headless(spec) and kind == "ClusterIP":
        ignored = [field for field in ("loadBalancerIP", "externalIPs") if spec.get(field)]
        ignored += ["SessionAffinity"] if spec.get("sessionAffinity") != "None" else []
        found += [f"spec.{field} is ignored for headless services" for field in ignored]
    elif spec.get("externalIPs") and kind != "ExternalName":
        found.append("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
    if spec.get("externalIPs") and kind == "ExternalName":
        found.append('spec.externalIPs is ignored when spec.type is "ExternalName"')
    if spec.get("externalName") and kind != "ExternalName":
        found.append('spec.externalName is ignored when spec.type is not "ExternalName"')
    if spec.get("trafficDistribution") == "PreferClose":
        found.append('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"')
    return found
