"""Names that an author may want to write: what this cluster has, in the forms that checks and steps take."""

from collections.abc import Iterator

from ..cluster.objects import Service
from ..cluster.state import Cluster
from ..engine.reasons import ENDINGS
from .checks.outcomes import FAILED, VERDICTS
from .places import SYSTEM, running

MOST = 60
"""Of one list: a longer one helps nobody."""
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet")
OFTEN = ("Service", "Ingress", *WORKLOADS, "NetworkPolicy", "ConfigMap", "FirewallRule")
SOME_STATUS = ("404", "503")


def suggestions(cluster: Cluster) -> dict[str, list[str]]:
    """By what a field asks for: place, address, service, object, pods, node, outcome, reason."""
    lists = {
        "place": _places(cluster),
        "address": _addresses(cluster),
        "service": (f"{s.namespace}/{s.name}" for s in _services(cluster)),
        "object": _objects(cluster),
        "pods": _pods(cluster),
        "node": (node.name for node in cluster.of_kind("Node")),
        "outcome": (*VERDICTS, FAILED, *SOME_STATUS, *ENDINGS),
        "reason": iter(ENDINGS),
    }
    return {name: list(dict.fromkeys(found))[:MOST] for name, found in lists.items()}


def _services(cluster: Cluster) -> list[Service]:
    return [s for s in cluster.of_kind("Service") if s.namespace not in SYSTEM and s.name != "kubernetes"]


def _pods(cluster: Cluster) -> Iterator[str]:
    for pod in running(cluster):
        yield f"{pod.namespace}/app={pod.labels['app']}" if "app" in pod.labels else f"{pod.namespace}/{pod.name}"


def _places(cluster: Cluster) -> Iterator[str]:
    yield from ("internet", "vpc", "every pod")
    yield from (f"pod/{pods}" for pods in dict.fromkeys(_pods(cluster)))
    yield from ("every node", *(node.ref for node in cluster.of_kind("Node")))


def _addresses(cluster: Cluster) -> Iterator[str]:
    node = next(iter(cluster.of_kind("Node")), None)
    for service in _services(cluster):
        name = f"{service.namespace}/{service.name}"
        if node is not None and any(port.node_port for port in service.ports):
            yield f"http://{{node {node.name}}}:{{nodeport {name}}}/"
        if service.balancer_ips:
            yield f"http://{{balancer {name}}}/"
    for ingress in cluster.of_kind("Ingress"):
        yield from (f"http://{rule['host']}/" for rule in ingress.spec.get("rules") or () if rule.get("host"))
    for service in _services(cluster):
        for port in service.ports[:1]:
            yield f"http://{service.name}.{service.namespace}{'' if port.port == 80 else f':{port.port}'}/"


def _objects(cluster: Cluster) -> Iterator[str]:
    for kind in OFTEN:
        yield from (o.ref for o in cluster.of_kind(kind) if o.namespace not in SYSTEM and o.name != "kubernetes")
    yield from (f"pod/{pods}" for pods in _pods(cluster))
