"""Whether a connection to a pod comes about: the machine, the policies, the container, the port."""

from ...cluster import ingresses
from ...cluster.objects import Pod
from .. import policy
from ..journey import Journey
from ..model import Http
from ..networks import in_cluster
from ..routes import Endpoint
from . import explain
from .answering import answer


def receive(j: Journey, endpoint: Endpoint) -> None:
    """The packet reaches *endpoint*: it connects and is answered, or is refused there."""
    pod = find(j, endpoint)
    if pod is None:
        beyond(j, endpoint)
    elif connects(j, pod, endpoint.port):
        if j.protocol == "TCP" and (j.front is not None or ingresses.is_controller(pod)):
            from .. import ingress

            ingress.route(j, pod, endpoint.port)
        elif j.target.scheme == "https" and j.protocol == "TCP":
            j.stop("TLSNotSpoken", explain.no_tls, pod, endpoint.port)
        else:
            answer(j, pod)


def receive_from_proxy(j: Journey, endpoint: Endpoint) -> None:
    """The ingress controller's request, which is plain HTTP whatever the client spoke."""
    j.verdict = j.reason = ""
    j.front = None
    pod = find(j, endpoint)
    if pod is None:
        beyond(j, endpoint)
    elif connects(j, pod, endpoint.port):
        answer(j, pod)


def find(j: Journey, endpoint: Endpoint) -> Pod | None:
    """The pod behind an endpoint, by its name or by its address."""
    if endpoint.key is not None:
        return j.cluster.find(endpoint.key)
    return j.cluster.pod_by_ip(endpoint.ip)


def connects(j: Journey, pod: Pod, port: int) -> bool:
    """Whether a connection to the pod's port comes about; if not, the journey has stopped."""
    node = j.cluster.get("Node", "", pod.node)
    if node is not None and not node.up:
        j.stop("NodeDown", explain.node_down, pod, node)
    elif j.cluster.policed and not _let_through(j, pod, port):
        return False
    elif not pod.running:
        j.stop("PodNotRunning", explain.not_running, pod)
    elif (port, j.protocol) not in pod.listening:
        j.stop("TargetPortClosed", explain.port_closed, pod, port)
    else:
        return True
    return False


def _let_through(j: Journey, pod: Pod, port: int) -> bool:
    """Whether the NetworkPolicies let the packet out of its sender and into the pod."""
    packet = policy.between(j.pod, j.node, pod, j.source_ip or j.client, port, j.protocol)
    judgement = policy.judged(j.cluster, packet)
    if judgement.denial is not None:
        j.stop("PolicyDenied", explain.denied, pod, judgement.denial)
        return False
    j.log.append((explain.allowed, pod, judgement))
    return True


def beyond(j: Journey, endpoint: Endpoint) -> None:
    """No pod stands behind the address: a machine outside answers, unless the address is one of nobody inside."""
    if in_cluster(j.cluster, endpoint.ip):
        j.stop("PodIPGone", explain.gone, endpoint)
        return
    if j.pod is not None:
        packet = policy.leaving(j.pod, endpoint.ip, endpoint.port, j.protocol)
        if (denial := policy.denied(j.cluster, packet)) is not None:
            j.stop("PolicyDenied", explain.denied_outside, endpoint, denial)
            return
    j.http = Http(200, endpoint.address) if j.protocol == "TCP" else None
    j.stop("Delivered", explain.outside_answered, endpoint.address)
