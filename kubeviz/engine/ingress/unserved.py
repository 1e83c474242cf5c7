"""Why nobody obeys an Ingress: there is no controller, or its class is not theirs, or there is no such class."""

from ...cluster import ingresses
from ...cluster.objects import Ingress
from ...cluster.state import Cluster
from ..model import Evidence


def why_unserved(cluster: Cluster, ingress: Ingress) -> tuple[str, list[Evidence]]:
    named = ingresses.class_of(cluster, ingress)
    if named is None and ingress.class_name:
        return "IngressClassUnknown", [Evidence(ingress.ref, "spec.ingressClassName", ingress.class_name)]
    if named is None:
        return "NoIngressController", [Evidence(ingress.ref, "spec.ingressClassName", None)]
    if named.controller_name == ingresses.CONTROLLER and not ingresses.controller_addresses(cluster):
        service = ingresses.controller_service(cluster)
        if service is not None and service.type == "LoadBalancer":
            return "LoadBalancerPending", [Evidence(service.ref, "status.loadBalancer", None)]
    return "NoIngressController", [Evidence(named.ref, "spec.controller", named.controller_name)]
