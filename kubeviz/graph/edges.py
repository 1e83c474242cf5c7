"""The ways between things: where a request may go, and which pods a Service selects."""

from collections.abc import Iterator
from typing import Any

from ..cluster import ingresses
from ..cluster.objects import Ingress, Pod, Service
from ..cluster.state import Cluster
from ..engine.ingress import rules_of
from ..engine.routes import table
from . import pods

Element = dict[str, Any]


def elements(cluster: Cluster) -> Iterator[Element]:
    client = _client(cluster)
    for service in cluster.of_kind("Service"):
        yield from _entering(cluster, client, service)
        yield from _selecting(cluster, service)
        if service.type == "ExternalName":
            yield edge(service.ref, f"external/{service.spec.get('externalName') or ''}", "alias")
    for ingress in cluster.of_kind("Ingress"):
        yield from _ingress(cluster, ingress)


def edge(source: str, target: str, kind: str, ok: bool = True) -> Element:
    return {
        "id": f"{source}>{target}",
        "type": "edge",
        "source": source,
        "target": target,
        "kind": kind,
        "state": "ok" if ok else "off",
    }


def _client(cluster: Cluster) -> str:
    return {"minikube": "client/laptop", "bare": "client/vpc"}.get(
        cluster.environment.get("provider", "cloud"), "client/internet"
    )


def _entering(cluster: Cluster, client: str, service: Service) -> Iterator[Element]:
    targets = [service.ref]
    if service.namespace == ingresses.NAMESPACE:
        targets = [p.ref for p in ingresses.controller_pods(cluster)]
    if service.type == "LoadBalancer":
        balancer = f"balancer/{service.namespace}/{service.name}"
        yield edge(client, balancer, "enter", bool(service.balancer_ips))
        yield from (edge(balancer, target, "route") for target in targets)
    if service.type in ("NodePort", "LoadBalancer"):
        for node in cluster.of_kind("Node"):
            for port in service.ports:
                if port.node_port:
                    entrance = f"nodeport/{node.name}/{port.node_port}"
                    yield edge(client, entrance, "enter", node.up)
                    yield from (edge(entrance, target, "route", node.up) for target in targets)


def _selecting(cluster: Cluster, service: Service) -> Iterator[Element]:
    ready: dict[str, bool] = {}
    for port in service.ports:
        for endpoint in table(cluster, service, port).every:
            if endpoint.ref.startswith("pod/"):
                ready[endpoint.ref] = ready.get(endpoint.ref, False) or endpoint.ready
    return (_to_pod(cluster, edge(service.ref, pod, "select", ok)) for pod, ok in ready.items())


def _to_pod(cluster: Cluster, found: Element) -> Element:
    """A ready pod that policies seal is still an endpoint; what is sent to it does not arrive."""
    _, namespace, name = found["target"].split("/")
    pod = cluster.get("Pod", namespace, name)
    blocked = found["state"] == "ok" and isinstance(pod, Pod) and pods.sealed(cluster, pod)
    return {**found, "state": "blocked"} if blocked else found


def _ingress(cluster: Cluster, ingress: Ingress) -> Iterator[Element]:
    served = ingresses.served(cluster, ingress)
    for pod in ingresses.controller_pods(cluster) if served else ():
        yield edge(pod.ref, ingress.ref, "route")
    backends = [r.backend for r in rules_of(ingress)]
    if ingress.spec.get("defaultBackend"):
        backends.append(ingress.spec["defaultBackend"])
    for name in dict.fromkeys((b.get("service") or {}).get("name") for b in backends):
        if name:
            yield edge(ingress.ref, f"service/{ingress.namespace}/{name}", "route", served)
