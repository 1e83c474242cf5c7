"""Service (pkg/apis/core/validation ValidateService, pkg/registry/core/service)."""

from typing import Any

from ..errors import FieldError, duplicate, forbidden, invalid, not_supported, required
from . import checks
from .checks import Body, Errors

TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
PROTOCOLS = ("SCTP", "TCP", "UDP")
DEFAULT_STICKY = 10800
WITH_NODE_PORTS = ("NodePort", "LoadBalancer")


def default(body: Body) -> None:
    spec = body.setdefault("spec", {}) or {}
    body["spec"] = spec
    spec.setdefault("sessionAffinity", "None")
    if spec["sessionAffinity"] == "None":
        spec.pop("sessionAffinityConfig", None)
    elif spec["sessionAffinity"] == "ClientIP":
        config = spec.setdefault("sessionAffinityConfig", {}).setdefault("clientIP", {})
        config.setdefault("timeoutSeconds", DEFAULT_STICKY)
    spec.setdefault("type", "ClusterIP")
    for port in spec.get("ports") or ():
        _default_port(port)
    if spec["type"] in WITH_NODE_PORTS or spec.get("externalIPs"):
        spec.setdefault("externalTrafficPolicy", "Cluster")
    if spec["type"] != "ExternalName":
        spec.setdefault("internalTrafficPolicy", "Cluster")
    if spec["type"] == "LoadBalancer":
        spec.setdefault("allocateLoadBalancerNodePorts", True)
    _default_cluster_ips(spec)
    body.setdefault("status", {"loadBalancer": {}})


def _default_port(port: Body) -> None:
    port.setdefault("protocol", "TCP")
    if port.get("targetPort") in (None, 0, "") and "port" in port:
        port["targetPort"] = port["port"]


def _default_cluster_ips(spec: Body) -> None:
    """clusterIP and clusterIPs[0] are one field in two forms."""
    if spec.get("clusterIP") and not spec.get("clusterIPs"):
        spec["clusterIPs"] = [spec["clusterIP"]]
    elif spec.get("clusterIPs") and not spec.get("clusterIP"):
        spec["clusterIP"] = spec["clusterIPs"][0]
    if spec["type"] != "ExternalName":
        spec.setdefault("ipFamilies", ["IPv4"])
        spec.setdefault("ipFamilyPolicy", "SingleStack")


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    headless = spec.get("clusterIP") == "None"
    errors: Errors = []
    kind = spec["type"]
    if not spec.get("ports") and not headless and kind != "ExternalName":
        errors.append(required("spec.ports"))
    errors += _type_rules(spec, kind)
    errors += _ports(spec, headless)
    errors += checks.labels(spec.get("selector"), "spec.selector")
    errors += _affinity(spec)
    errors += _cluster_ips(spec, kind)
    errors += _external_ips(spec)
    errors += checks.one_of(kind, TYPES, "spec.type")
    errors += _node_port_rules(spec, kind)
    errors += _policies(spec, kind)
    if old is not None:
        errors += _update(spec, old["spec"])
    return errors


def _type_rules(spec: Body, kind: str) -> Errors:
    if kind == "LoadBalancer" and spec.get("clusterIP") == "None":
        return [invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for LoadBalancer services")]
    if kind == "NodePort" and spec.get("clusterIP") == "None":
        return [invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for NodePort services")]
    if kind != "ExternalName":
        return []
    errors: Errors = []
    if spec.get("clusterIPs"):
        errors.append(forbidden("spec.clusterIPs", "may not be set for ExternalName services"))
    name = (spec.get("externalName") or "").removesuffix(".")
    if not name:
        return [*errors, required("spec.externalName")]
    return errors + checks.all_invalid("spec.externalName", name, checks.dns_subdomain(name))


def _ports(spec: Body, headless: bool) -> Errors:
    errors: Errors = []
    ports = spec.get("ports") or []
    names: set[str] = set()
    for i, port in enumerate(ports):
        errors += _port(port, f"spec.ports[{i}]", len(ports) > 1, headless, names)
    seen: set[tuple[str, int]] = set()
    for i, port in enumerate(ports):
        key = (port["protocol"], port.get("port", 0))
        if key in seen:
            errors.append(duplicate(f"spec.ports[{i}]", {"Name": "", "Protocol": key[0], "AppProtocol": None, "Port": key[1], "TargetPort": 0, "NodePort": 0}))
        seen.add(key)
    return errors


def _port(port: Body, field: str, named: bool, headless: bool, names: set[str]) -> Errors:
    errors: Errors = []
    name = port.get("name") or ""
    if not name and named:
        errors.append(required(f"{field}.name"))
    elif name:
        errors += checks.all_invalid(f"{field}.name", name, checks.dns_label(name))
        if name in names:
            errors.append(duplicate(f"{field}.name", name))
        names.add(name)
    errors += checks.port_number(port.get("port", 0), f"{field}.port")
    errors += checks.one_of(port["protocol"], PROTOCOLS, f"{field}.protocol")
    target = port.get("targetPort", port.get("port", 0))
    if isinstance(target, str):
        errors += checks.all_invalid(f"{field}.targetPort", target, checks.port_name(target))
    elif not headless or target:
        errors += checks.port_number(target, f"{field}.targetPort")
    if port.get("appProtocol"):
        errors += checks.all_invalid(f"{field}.appProtocol", port["appProtocol"], checks.qualified_name(port["appProtocol"]))
    return errors


def _affinity(spec: Body) -> Errors:
    errors = checks.one_of(spec["sessionAffinity"], ("ClientIP", "None"), "spec.sessionAffinity")
    if spec["sessionAffinity"] == "ClientIP":
        seconds = spec["sessionAffinityConfig"]["clientIP"].get("timeoutSeconds", DEFAULT_STICKY)
        if not 0 < seconds <= 86400:
            errors.append(invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds, "must be greater than 0 and less than 86400"))
    return errors


def _cluster_ips(spec: Body, kind: str) -> Errors:
    errors: Errors = []
    for i, ip in enumerate(spec.get("clusterIPs") or ()) if kind != "ExternalName" else ():
        if ip != "None":
            errors += checks.ip_address(ip, f"spec.clusterIPs[{i}]")
    return errors


def _external_ips(spec: Body) -> Errors:
    errors: Errors = []
    for i, ip in enumerate(spec.get("externalIPs") or ()):
        errors += checks.outside_ip(ip, f"spec.externalIPs[{i}]")
    for i, network in enumerate(spec.get("loadBalancerSourceRanges") or ()):
        errors += checks.cidr(network.strip(), f"spec.LoadBalancerSourceRanges[{i}]")
    return errors


def _node_port_rules(spec: Body, kind: str) -> Errors:
    errors: Errors = []
    if kind == "ClusterIP":
        for i, port in enumerate(spec.get("ports") or ()):
            if port.get("nodePort"):
                errors.append(forbidden(f"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'"))
    if kind != "LoadBalancer":
        if spec.get("allocateLoadBalancerNodePorts") is not None:
            errors.append(forbidden("spec.allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'"))
        if spec.get("loadBalancerClass"):
            errors.append(forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'"))
        if spec.get("loadBalancerSourceRanges"):
            errors.append(forbidden("spec.LoadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'"))
    return errors


def _policies(spec: Body, kind: str) -> Errors:
    errors: Errors = []
    external = spec.get("externalTrafficPolicy")
    if external is not None:
        if kind not in WITH_NODE_PORTS and not spec.get("externalIPs"):
            errors.append(invalid("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services"))
        else:
            errors += checks.one_of(external, ("Cluster", "Local"), "spec.externalTrafficPolicy")
    if spec.get("healthCheckNodePort") and not (kind == "LoadBalancer" and external == "Local"):
        errors.append(invalid("spec.healthCheckNodePort", spec["healthCheckNodePort"], "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"))
    if spec.get("internalTrafficPolicy") is not None and kind != "ExternalName":
        errors += checks.one_of(spec["internalTrafficPolicy"], ("Cluster", "Local"), "spec.internalTrafficPolicy")
    spread = spec.get("trafficDistribution")
    if spread is not None and spread not in ("PreferClose", "PreferSameZone", "PreferSameNode"):
        errors.append(not_supported("spec.trafficDistribution", spread, ["PreferClose", "PreferSameZone", "PreferSameNode"]))
    return errors


def _update(spec: Body, old: Body) -> Errors:
    """A cluster IP is for life, unless the Service becomes or was an ExternalName."""
    if spec["type"] == "ExternalName" or old["type"] == "ExternalName":
        return []
    if old.get("clusterIPs") and spec.get("clusterIPs") != old["clusterIPs"]:
        return [FieldError("FieldValueInvalid", "spec.clusterIPs[0]", f"Invalid value: {_printed(spec.get('clusterIPs'))}: may not change once set")]
    return []


def _printed(value: Any) -> str:
    from ..errors import printed

    return printed(value)


def warnings(body: Body) -> list[str]:
    spec, found = body["spec"], []
    if spec.get("externalName") and spec["type"] != "ExternalName":
        found.append('spec.externalName is ignored when spec.type is not "ExternalName"')
    if spec.get("clusterIP") == "None":
        if spec.get("externalIPs"):
            found.append("spec.externalIPs is ignored for headless services")
        if spec.get("sessionAffinity") == "ClientIP":
            found.append("spec.SessionAffinity is ignored for headless services")
    return found
