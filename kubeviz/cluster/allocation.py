"""Cluster IPs and node ports: what a Service may ask for, and what it is given.

Follows pkg/registry/core/service/storage/alloc.go for a single-stack IPv4 cluster. Allocation happens before
validation, so its errors hide all others.
"""

import ipaddress
import random
from collections.abc import Iterator
from typing import Any, Protocol

from . import names
from .errors import FieldError, duplicate, internal_error, invalid, not_supported, required

Body = dict[str, Any]
SERVICE_CIDR = ipaddress.IPv4Network("10.96.0.0/12")
NODE_PORTS = range(30000, 32768)
IPV4, IPV6 = "IPv4", "IPv6"
FAMILIES = (IPV4, IPV6)
WITH_NODE_PORTS = ("NodePort", "LoadBalancer")
POLICIES = ("PreferDualStack", "RequireDualStack", "SingleStack")
TAKEN = "provided port is already allocated"
OUT_OF_RANGE = f"provided port is not in the valid range. The range of valid ports is {NODE_PORTS[0]}-{NODE_PORTS[-1]}"


class Allocated(Protocol):
    """What allocation asks a cluster about: who holds an address or a node port."""

    def service_by_ip(self, ip: str) -> Any: ...

    def services_by_node_port(self, protocol: str, port: int) -> list[Any]: ...


def needs_cluster_ip(spec: Body) -> bool:
    return spec.get("type", "ClusterIP") in ("ClusterIP", "NodePort", "LoadBalancer")


def needs_node_ports(spec: Body) -> bool:
    """A LoadBalancer has node ports unless it says allocateLoadBalancerNodePorts: false."""
    if spec.get("type") == "LoadBalancer":
        return spec.get("allocateLoadBalancerNodePorts") is not False
    return spec.get("type") == "NodePort"


def needs_health_check_port(spec: Body) -> bool:
    return spec.get("type") == "LoadBalancer" and spec.get("externalTrafficPolicy") == "Local"


def keep_allocated(body: Body, old: Body) -> None:
    """What an update leaves out stays as it was allocated (patchAllocatedValues in the Service storage)."""
    spec, before = body["spec"], old["spec"]
    if needs_cluster_ip(before) and needs_cluster_ip(spec):
        if not spec.get("clusterIP") and before.get("clusterIP"):
            spec["clusterIP"] = before["clusterIP"]
        if not spec.get("clusterIPs") and spec.get("clusterIP") == before.get("clusterIP") and before.get("clusterIPs"):
            spec["clusterIPs"] = list(before["clusterIPs"])
    if needs_node_ports(before) and needs_node_ports(spec):
        _keep_node_ports(spec, before)
    if needs_health_check_port(before) and needs_health_check_port(spec) and before.get("healthCheckNodePort"):
        spec.setdefault("healthCheckNodePort", before["healthCheckNodePort"])


def _keep_node_ports(spec: Body, before: Body) -> None:
    """A port is recognised by its name, whatever else about it has changed."""
    used = _node_ports(spec) & _node_ports(before)
    by_name = {p.get("name"): p.get("nodePort") for p in before.get("ports") or ()}
    for port in spec.get("ports") or ():
        held = by_name.get(port.get("name"))
        if not port.get("nodePort") and held and held not in used:
            port["nodePort"] = held


def _node_ports(spec: Body) -> set[int]:
    return {p["nodePort"] for p in spec.get("ports") or () if p.get("nodePort")}


def headless(spec: Body) -> bool:
    return spec.get("clusterIP") == "None"


def check(body: Body, old: Body | None, cluster: Allocated, dry_run: bool = False) -> list[FieldError]:
    """Errors in the cluster IPs, else those in the node ports, that a Service asks for."""
    if body["kind"] != "Service":
        return []
    spec, old_spec = body["spec"], old["spec"] if old else {}
    if spec.get("type") != "ExternalName":
        errors = cluster_ip_fields(spec) or _families(spec) or _wanted_ip(spec, old_spec, cluster)
        if errors:
            return errors
    return _wanted_ports(spec, old_spec, cluster, dry_run)


def cluster_ip_fields(spec: Body) -> list[FieldError]:
    """Cluster IPs, families and policy among themselves (ValidateServiceClusterIPsRelatedFields)."""
    if spec.get("type") == "ExternalName":
        return []
    errors = _first_ip(spec)
    seen: set[str] = set()
    for i, family in enumerate(spec.get("ipFamilies") or ()):
        if family not in FAMILIES:
            errors.append(not_supported(f"spec.ipFamilies[{i}]", family, FAMILIES))
        if family in seen:
            errors.append(duplicate(f"spec.ipFamilies[{i}]", family))
        seen.add(family)
    if spec.get("ipFamilyPolicy") is not None and spec["ipFamilyPolicy"] not in POLICIES:
        errors.append(not_supported("spec.ipFamilyPolicy", spec["ipFamilyPolicy"], POLICIES))
    return errors + _ips(spec)


def _first_ip(spec: Body) -> list[FieldError]:
    ip, ips = spec.get("clusterIP") or "", spec.get("clusterIPs") or []
    if ip and not ips:
        return [required("spec.clusterIPs")]
    if ip and ips[0] != ip:
        return [invalid("spec.clusterIPs", ips, "first value must match `clusterIP`")]
    if ips and not ip:
        return [invalid("spec.clusterIPs", ips, "must be empty when `clusterIP` is not specified")]
    return []


def _ips(spec: Body) -> list[FieldError]:
    ips: list[str] = spec.get("clusterIPs") or []
    errors: list[FieldError] = []
    for i, ip in enumerate(ips):
        if i == 0 and ip == "None":
            if len(ips) > 1:
                errors.append(invalid("spec.clusterIPs", ips, "'None' must be the first and only value"))
            continue
        errors += [invalid(f"spec.clusterIPs[{i}]", ip, text) for text in names.ip(ip)]
    wrong = bool(errors)
    if len(ips) > 2:
        errors.append(invalid("spec.clusterIPs", ips, "may only hold up to 2 values"))
    return errors if wrong else errors + _ip_families(spec, ips)


def _ip_families(spec: Body, ips: list[str]) -> list[FieldError]:
    errors = []
    found = [_family(ip) for ip in ips if ip != "None"]
    if len(ips) > 1 and sorted(found) != [IPV4, IPV6]:
        errors.append(invalid("spec.clusterIPs", ips, "may specify no more than one IP for each IP family"))
    for i, (family, wanted) in enumerate(zip(found, spec.get("ipFamilies") or (), strict=False)):
        if wanted in FAMILIES and family != wanted:
            errors.append(
                invalid(
                    f"spec.clusterIPs[{i}]",
                    ips[i],
                    f"expected an {wanted} value as indicated by `ipFamilies[{i}]`",
                )
            )
    return errors


def _family(ip: str) -> str:
    return IPV6 if ":" in ip else IPV4


def _families(spec: Body) -> list[FieldError]:
    """What this cluster, which has IPv4 only, does not offer (initIPFamilyFields)."""
    ips, families = spec.get("clusterIPs") or [], spec.get("ipFamilies") or []
    selectorless = headless(spec) and not spec.get("selector")
    policy = spec.get("ipFamilyPolicy") or ("RequireDualStack" if selectorless else "SingleStack")
    errors = []
    if policy == "SingleStack":
        text = "must be 'RequireDualStack' or 'PreferDualStack' when multiple {} are specified"
        both = (("cluster IPs", ips), ("IP families", families))
        errors += [
            invalid("spec.ipFamilyPolicy", policy, text.format(what)) for what, values in both if len(values) == 2
        ]
    for i, ip in enumerate(ips):
        if ip != "None" and i >= len(families) and _family(ip) == IPV6:
            errors.append(invalid(f"spec.clusterIPs[{i}]", ips, "IPv6 is not configured on this cluster"))
    if errors or selectorless:
        return errors
    if policy == "RequireDualStack":
        errors.append(invalid("spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services"))
    return errors + [
        invalid(f"spec.ipFamilies[{i}]", f, "not configured on this cluster")
        for i, f in enumerate(families)
        if f == IPV6
    ]


def _wanted_ip(spec: Body, old: Body, cluster: Allocated) -> list[FieldError]:
    """The address asked for must be free; a Service that has one keeps it."""
    ip = spec.get("clusterIP") or ""
    if not ip or ip == "None" or (old and old.get("type") != "ExternalName"):
        return []
    address = names.parse_ip(ip)
    problem = ""
    if address not in SERVICE_CIDR:
        problem = "the provided network does not match the current range"
    elif address in (SERVICE_CIDR.network_address, SERVICE_CIDR.broadcast_address):
        problem = f"the provided IP ({ip}) is not in the valid range. The range of valid IPs is {SERVICE_CIDR}"
    elif cluster.service_by_ip(ip) is not None:
        problem = "provided IP is already allocated"
    return (
        [invalid("spec.clusterIPs", spec.get("clusterIPs"), f"failed to allocate IP {ip}: {problem}")]
        if problem
        else []
    )


def _wanted_ports(spec: Body, old: Body, cluster: Allocated, dry_run: bool) -> list[FieldError]:
    """The first node port that cannot be had."""
    if spec.get("type") not in WITH_NODE_PORTS:
        return []
    taken: set[int] = set()
    for i, number in _changed_requests(spec, old) if old else _first_requests(spec):
        problem = TAKEN if number in taken else _port_problem(number, cluster, dry_run)
        if problem:
            return [invalid(f"spec.ports[{i}].nodePort", number, problem)]
        taken.add(number)
    return []


def _first_requests(spec: Body) -> Iterator[tuple[int, int]]:
    """(index, node port) to be reserved for a new Service. 53/TCP and 53/UDP, being one number, share theirs."""
    shared: dict[int, int] = {}
    for i, port in enumerate(spec.get("ports") or ()):
        number, requested = port.get("port") or 0, port.get("nodePort") or 0
        if number not in shared:
            shared[number] = _requested(spec, number)
            requested = shared[number]
        elif requested == shared[number]:
            continue
        if requested:
            yield i, requested


def _requested(spec: Body, number: int) -> int:
    """The node port that some port of this number asks for, or 0."""
    return next((p["nodePort"] for p in spec["ports"] if (p.get("port") or 0) == number and p.get("nodePort")), 0)


def _changed_requests(spec: Body, old: Body) -> Iterator[tuple[int, int]]:
    """(index, node port) that an existing Service asks for and does not hold yet."""
    held = {p.get("nodePort") for p in old.get("ports") or ()} | {0, None}
    for i, port in enumerate(spec.get("ports") or ()):
        if port.get("nodePort") not in held:
            held.add(port["nodePort"])
            yield i, port["nodePort"]


def _port_problem(number: int, cluster: Allocated, dry_run: bool) -> str:
    """A port that TCP holds in one Service is not free for UDP in another."""
    if number not in NODE_PORTS:
        return "" if dry_run else OUT_OF_RANGE
    return TAKEN if _port_held(number, cluster) else ""


def _port_held(number: int, cluster: Allocated) -> bool:
    return any(cluster.services_by_node_port(protocol, number) for protocol in ("TCP", "UDP", "SCTP"))


def allocate(body: Body, old: Body | None, cluster: Allocated, rng: random.Random) -> None:
    """Fill in families, cluster IP, node ports and the health check port. Raises Rejected (500) when none is free."""
    if body["kind"] != "Service":
        return
    spec = body["spec"]
    if needs_cluster_ip(spec):
        _fill_families(spec)
        _fill_ip(body, cluster, rng)
    if needs_node_ports(spec):
        _fill_ports(spec, cluster, rng, share=old is None)
    if needs_health_check_port(spec):
        _fill_health_check_port(spec, old["spec"] if old else {}, cluster, rng)


def _fill_families(spec: Body) -> None:
    """A headless Service without selector is dual-stack, even on a cluster that is not."""
    selectorless = headless(spec) and not spec.get("selector")
    spec.setdefault("ipFamilyPolicy", "RequireDualStack" if selectorless else "SingleStack")
    families = spec.setdefault("ipFamilies", [IPV4])
    if selectorless and len(families) < 2 and spec["ipFamilyPolicy"] != "SingleStack":
        families.append(IPV6 if families[0] == IPV4 else IPV4)


def _fill_ip(body: Body, cluster: Allocated, rng: random.Random) -> None:
    spec = body["spec"]
    if not spec.get("clusterIP"):
        spec["clusterIP"] = _free_ip(body["metadata"]["name"], cluster, rng)
    spec["clusterIPs"] = spec.get("clusterIPs") or [spec["clusterIP"]]


def _free_ip(name: str, cluster: Allocated, rng: random.Random) -> str:
    """At random, above the first addresses that are kept for Services that ask for one (KEP-3070)."""
    offset = min(max(16, SERVICE_CIDR.num_addresses // 16), 256)
    for low, high in ((offset + 1, SERVICE_CIDR.num_addresses - 1), (1, offset + 1)):
        for number in _starting_anywhere(low, high, rng):
            ip = str(SERVICE_CIDR[number])
            if cluster.service_by_ip(ip) is None:
                return ip
    raise internal_error(f'failed to allocate a serviceIP for Service "{name}": range is full')


def _fill_ports(spec: Body, cluster: Allocated, rng: random.Random, share: bool) -> None:
    used = _node_ports(spec)
    for port in spec.get("ports") or ():
        if not port.get("nodePort"):
            shared = _requested(spec, port.get("port") or 0) if share else 0
            port["nodePort"] = shared or _free_port(cluster, rng, used)
            used.add(port["nodePort"])


def _fill_health_check_port(spec: Body, before: Body, cluster: Allocated, rng: random.Random) -> None:
    wanted = spec.get("healthCheckNodePort")
    if not wanted:
        spec["healthCheckNodePort"] = _free_port(cluster, rng, _node_ports(spec))
    elif wanted != before.get("healthCheckNodePort"):
        problem = _port_problem(wanted, cluster, dry_run=False)
        if problem:
            raise internal_error(f"failed to allocate requested HealthCheck NodePort {wanted}: {problem}")


def _free_port(cluster: Allocated, rng: random.Random, used: set[int]) -> int:
    """At random, above the first ports, which are kept for Services that ask for one (KEP-3668)."""
    offset = min(max(16, len(NODE_PORTS) // 32), 128)
    for low, high in ((NODE_PORTS[0] + offset, NODE_PORTS.stop), (NODE_PORTS[0], NODE_PORTS[0] + offset)):
        for number in _starting_anywhere(low, high, rng):
            if number not in used and not _port_held(number, cluster):
                return number
    raise internal_error("failed to allocate a nodePort: range is full")


def _starting_anywhere(low: int, high: int, rng: random.Random) -> Any:
    """Every number of a range once; some at random first, then round from a random start."""
    for _ in range(16):
        yield rng.randrange(low, high)
    start = rng.randrange(low, high)
    yield from range(start, high)
    yield from range(low, start)
