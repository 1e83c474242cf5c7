"""The things on the stage, lane by lane."""

from collections.abc import Iterator
from typing import Any

from ..cluster import ingresses
from ..cluster.objects import Ingress, Node, Service
from ..cluster.state import Cluster
from ..engine import ingress as rules
from ..engine.request import INTERNET_CLIENT, LAPTOP, VPC_CLIENT
from ..engine.routes import table
from . import pods
from .element import Element, element, is_system


def elements(cluster: Cluster) -> Iterator[Element]:
    yield from _outside(cluster)
    for service in cluster.of_kind("Service"):
        yield from _entrances(cluster, service)
        yield _service(cluster, service)
        if service.type == "ExternalName":
            yield _external(service)
    for ingress in cluster.of_kind("Ingress"):
        yield _ingress(cluster, ingress)
    for node in cluster.of_kind("Node"):
        yield _node(node)
    for pod in cluster.of_kind("Pod"):
        yield pods.element_of(cluster, pod)


def _outside(cluster: Cluster) -> Iterator[Element]:
    yield element("dns/public", "dns", "outside", "DNS", secondary=True)
    provider = cluster.environment.get("provider", "cloud")
    if provider == "minikube":
        yield element("client/laptop", "client", "outside", "laptop", ip=LAPTOP, where="laptop", secondary=False)
        return
    yield element(
        "client/internet",
        "client",
        "outside",
        "internet",
        ip=INTERNET_CLIENT,
        where="internet",
        secondary=provider == "bare",
    )
    yield element("client/vpc", "client", "outside", "vpc", ip=VPC_CLIENT, where="vpc", secondary=provider == "cloud")
    if provider == "cloud":
        listed = [
            {"name": r.name, "ports": r.spec["ports"], "protocol": r.spec.get("protocol", "TCP")}
            for r in cluster.of_kind("FirewallRule")
        ]
        yield element(
            "firewall/cloud",
            "firewall",
            "outside",
            "firewall",
            rules=listed,
            open=cluster.environment.get("firewall") == "open",
        )


def _entrances(cluster: Cluster, service: Service) -> Iterator[Element]:
    """Balancer and node ports are things of their own, left of the Services."""
    system = is_system(cluster, service.namespace, service.name)
    if service.type == "LoadBalancer":
        ips = service.balancer_ips
        yield element(
            f"balancer/{service.namespace}/{service.name}",
            "balancer",
            "entrance",
            service.name,
            service.namespace,
            ip=ips[0] if ips else None,
            ports=[p.port for p in service.ports],
            service=service.ref,
            state="ok" if ips else "pending",
            ingress=service.namespace == ingresses.NAMESPACE,
        )
    if service.type not in ("NodePort", "LoadBalancer"):
        return
    for node in cluster.of_kind("Node"):
        for port in service.ports:
            if port.node_port:
                yield element(
                    f"nodeport/{node.name}/{port.node_port}",
                    "nodeport",
                    "entrance",
                    node.name,
                    service.namespace,
                    system,
                    node=node.ref,
                    ip=node.external_ip or node.internal_ip,
                    port=port.node_port,
                    service=service.ref,
                    servicePort=port.port,
                    state="ok" if node.up else "down",
                    secondary=service.type == "LoadBalancer" and not _opened(cluster, port.node_port),
                )


def _opened(cluster: Cluster, port: int) -> bool:
    """Whether somebody meant the node port of a balanced Service to be used: a firewall rule, or no balancer at all."""
    if cluster.environment.get("provider", "cloud") != "cloud":
        return True
    return any(port in rule.spec["ports"] for rule in cluster.of_kind("FirewallRule"))


def _service(cluster: Cluster, service: Service) -> Element:
    counts = endpoint_counts(cluster, service)
    return element(
        service.ref,
        "service",
        "service",
        service.name,
        service.namespace,
        is_system(cluster, service.namespace, service.name),
        serviceType="Headless" if service.headless else service.type,
        clusterIP=service.spec.get("clusterIP") or None,
        ports=[
            {
                "name": p.name,
                "port": p.port,
                "targetPort": p.target,
                "nodePort": p.node_port or None,
                "protocol": p.protocol,
            }
            for p in service.ports
        ],
        selector=service.selector,
        external=[*service.balancer_ips, *service.external_ips],
        endpoints=counts,
        state=_service_state(service, counts),
    )


def endpoint_counts(cluster: Cluster, service: Service) -> dict[str, int]:
    """Addresses behind the Service, whatever the port."""
    ready: set[str] = set()
    others: set[str] = set()
    for port in service.ports:
        for endpoint in table(cluster, service, port).every:
            (ready if endpoint.ready else others).add(endpoint.ref)
    return {"ready": len(ready), "notReady": len(others - ready)}


def _service_state(service: Service, counts: dict[str, int]) -> str:
    if service.type == "ExternalName":
        return "external"
    if counts["ready"]:
        return "ok"
    return "unready" if counts["notReady"] else "empty"


def _external(service: Service) -> Element:
    host = service.spec.get("externalName") or ""
    return element(f"external/{host}", "external", "service", host, host=host)


def _ingress(cluster: Cluster, ingress: Ingress) -> Element:
    served = ingresses.served(cluster, ingress)
    listed = [_rule(cluster, ingress, r.host, r.path, r.type, r.backend) for r in rules.rules_of(ingress)]
    backend = ingress.spec.get("defaultBackend")
    if backend:
        listed.append(_rule(cluster, ingress, "", "", "default", backend))
    why = "" if served else rules.why_unserved(cluster, ingress)[0]
    hosts = sorted({r.get("host") or "" for r in ingress.spec.get("rules") or ()} - {""})
    return element(
        ingress.ref,
        "ingress",
        "ingress",
        ingress.name,
        ingress.namespace,
        hosts=hosts,
        rules=listed,
        className=ingress.class_name,
        address=ingress.addresses[0] if ingress.addresses else None,
        state="ok" if served else "ignored",
        why=why,
    )


def _rule(cluster: Cluster, ingress: Ingress, host: str, path: str, kind: str, backend: dict[str, Any]) -> Element:
    """`missing`: nobody made the Service that the rule leads to."""
    service: str | None = (backend.get("service") or {}).get("name")
    missing = service is not None and cluster.get("Service", ingress.namespace, service) is None
    return {
        "host": host,
        "path": path,
        "pathType": kind,
        "service": service,
        "port": _port(backend),
        "missing": missing,
    }


def _port(backend: dict[str, Any]) -> Any:
    port = (backend.get("service") or {}).get("port") or {}
    return port.get("name") or port.get("number")


def _node(node: Node) -> Element:
    state = (
        "down"
        if not node.up
        else "notready"
        if not node.ready
        else "cordoned"
        if node.spec.get("unschedulable")
        else "ready"
    )
    return element(
        node.ref,
        "node",
        "node",
        node.name,
        ip=node.internal_ip,
        externalIP=node.external_ip or None,
        state=state,
        ready=node.ready,
    )


__all__ = ["elements", "endpoint_counts"]
