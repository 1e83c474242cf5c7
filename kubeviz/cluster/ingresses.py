"""Which Ingress is served by whom: classes, the default class and the ingress-nginx addon."""

from .objects import LEGACY_CLASS_ANNOTATION, Ingress, IngressClass, Pod, Service
from .state import Cluster

NAMESPACE = "ingress-nginx"
SERVICE = "ingress-nginx-controller"
CONTROLLER = "k8s.io/ingress-nginx"
LABELS = {"app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller"}


def default_class(cluster: Cluster) -> IngressClass | None:
    """The class that an Ingress without one is given when it is created; the newest of several defaults."""
    defaults = [c for c in cluster.of_kind("IngressClass") if c.is_default]
    return max(defaults, key=lambda c: (c.created, int(c.metadata.get("resourceVersion", 0))), default=None)


def class_of(cluster: Cluster, ingress: Ingress) -> IngressClass | None:
    """The IngressClass that the Ingress names, if there is such an object."""
    return cluster.get("IngressClass", "", ingress.class_name) if ingress.class_name else None


def served(cluster: Cluster, ingress: Ingress) -> bool:
    """Whether the ingress-nginx addon is installed and obeys this Ingress.

    Classes are compared by their controller; the annotation of old also counts when no object bears its name.
    """
    if controller_service(cluster) is None and not controller_pods(cluster):
        return False
    named = class_of(cluster, ingress)
    if named is not None:
        return named.controller_name == CONTROLLER
    return ingress.annotations.get(LEGACY_CLASS_ANNOTATION) == "nginx" and not ingress.spec.get("ingressClassName")


def controller_pods(cluster: Cluster) -> list[Pod]:
    return cluster.selected_pods(NAMESPACE, LABELS)


def controller_service(cluster: Cluster) -> Service | None:
    return cluster.get("Service", NAMESPACE, SERVICE)


def controller_addresses(cluster: Cluster) -> tuple[str, ...]:
    """Where the outside reaches the controller: its balancer's address, else the nodes that run it."""
    service = controller_service(cluster)
    if service is not None and service.type == "LoadBalancer":
        return service.balancer_ips
    nodes = (cluster.get("Node", "", name) for name in sorted({p.node for p in controller_pods(cluster) if p.node}))
    return tuple(node.internal_ip for node in nodes if node)


def is_controller(pod: Pod) -> bool:
    return pod.namespace == NAMESPACE and pod.labels.items() >= LABELS.items()
