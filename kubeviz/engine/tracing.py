"""The beginning of a request: who sends it, to which address it connects, and which way it leaves."""

from datetime import datetime

from ..cluster import ingresses
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from . import dns, edge, inside
from .journey import Affinity, Journey, Story
from .model import Evidence, Step
from .record import Trace
from .request import INTERNET_CLIENT, LAPTOP, PROTOCOLS, VPC_CLIENT, InvalidRequest, Request, is_ip, parse_url

OUTSIDE = {"internet": INTERNET_CLIENT, "vpc": VPC_CLIENT}


def trace(cluster: Cluster, request: Request, affinity: Affinity | None = None, now: datetime | None = None) -> Trace:
    """Send *request* through *cluster*. Raises InvalidRequest for what no client could send."""
    journey = Journey(cluster, request, parse_url(request.url))
    journey.now = now
    if affinity:
        journey.affinity = affinity
    depart(journey)
    address = to_connect(journey)
    if address is None:
        return Trace(journey)
    port = _ingress_port(journey) if request.connect_to == "ingress" else journey.target.port
    (inside if journey.node else edge).enter(journey, address, port)
    return Trace(journey)


def depart(j: Journey) -> None:
    """Where the packet starts, and with which address."""
    if j.protocol not in PROTOCOLS:
        raise InvalidRequest("protocol", f"{j.protocol} is not simulated; use TCP, UDP or SCTP")
    source = j.request.source
    if source in OUTSIDE:
        _depart_outside(j, source)
        return
    found = _sender(j.cluster, source)
    if found is None:
        raise InvalidRequest("from", f"no {source} to send from; use internet, vpc, node/NAME or pod/NAMESPACE/NAME")
    if isinstance(found, Pod):
        depart_from_pod(j, found)
    else:
        j.node, j.client, j.source = found.name, found.internal_ip, found.ref


def _sender(cluster: Cluster, source: str) -> Pod | Node | None:
    kind, _, rest = source.partition("/")
    found: Pod | Node | None = None
    if kind == "pod" and rest.count("/") == 1:
        found = cluster.get("Pod", *rest.split("/"))
    elif kind == "node":
        found = cluster.get("Node", "", rest)
    return found


def _depart_outside(j: Journey, source: str) -> None:
    """The internet and the VPC; on minikube both are the learner's laptop."""
    laptop = j.cluster.environment.get("provider") == "minikube"
    asked = j.request.client_ip
    if asked and not is_ip(asked):
        raise InvalidRequest("client_ip", f"{asked} is no IP address")
    j.client = asked or (LAPTOP if laptop else OUTSIDE[source])
    j.source = "client/laptop" if laptop else f"client/{source}"


def depart_from_pod(j: Journey, pod: Pod) -> None:
    if not pod.ip or not pod.running:
        raise InvalidRequest("from", f"{pod.ref} is not running ({pod.phase}); nothing can be sent from it")
    j.pod, j.node, j.client, j.source = pod, pod.node, pod.ip, pod.ref


def to_connect(j: Journey) -> str | None:
    """The address to connect to: the one asked for, or the one the name stands for."""
    wanted = j.request.connect_to
    if not wanted:
        return j.target.host if j.target.address else dns.resolve(j, j.target.host)
    if wanted != "ingress":
        if not is_ip(wanted):
            raise InvalidRequest("connect_to", f"{wanted} is no IP address; write one, or `ingress`")
        return wanted
    addresses = ingresses.controller_addresses(j.cluster)
    if addresses:
        return addresses[0]
    installed = ingresses.controller_service(j.cluster) is not None
    j.stop("LoadBalancerPending" if installed else "NoIngressController", _no_controller, verdict="refused")
    return None


def _ingress_port(j: Journey) -> int:
    """Without a balancer or host port the controller's outside address is a node port."""
    port = j.target.port
    service = ingresses.controller_service(j.cluster)
    if service is None or service.type != "NodePort" or j.cluster.environment.get("provider") == "minikube":
        return port
    return next((p.node_port for p in service.ports if p.port == port), port)


def _no_controller(story: Story) -> None:
    ignored = story.cluster.of_kind("Ingress")
    evidence = [Evidence(i.ref, "status.loadBalancer", None) for i in ignored[:3]]
    story.stay(story.at, "l4", [Step(story.journey.reason, {"ingresses": [i.ref for i in ignored]}, evidence)])
