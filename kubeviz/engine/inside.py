"""A packet that starts on a node or in a pod: the node's own rules apply first."""

from ..cluster.objects import Node, Pod, Service
from . import edge, policy
from . import node as nodes
from . import pod as pods
from .journey import Journey, Story
from .model import Evidence, Step
from .networks import in_cluster, is_cluster_ip, is_loopback
from .routes import endpoint_of


def enter(j: Journey, ip: str, port: int) -> None:
    """To an address, from a pod or a node."""
    if is_loopback(ip):
        _to_itself(j, ip, port)
        return
    holder = j.cluster.holder(ip, port, j.protocol)
    if isinstance(holder, Service):
        if ip in holder.cluster_ips:
            nodes.to_cluster_ip(j, holder, ip, port)
        else:
            nodes.to_external(j, holder, ip, port, j.cluster.get("Node", "", j.node))
    elif isinstance(holder, Pod):
        _to_pod(j, holder, port)
    elif isinstance(holder, Node):
        nodes.to_node(j, holder, ip, port)
    else:
        _elsewhere(j, ip, port)


def _to_pod(j: Journey, pod: Pod, port: int) -> None:
    """A pod's own address needs no Service and no rewrite."""
    endpoint = endpoint_of(pod, port)
    j.endpoints = (endpoint,)
    j.source_ip = j.client if j.pod is not None else _node_as_seen(j, pod)
    j.log.append((_direct, pod, port))
    pods.receive(j, endpoint)


def _node_as_seen(j: Journey, pod: Pod) -> str:
    node = j.cluster.get("Node", "", j.node)
    return str(node.bridge_ip if pod.node == j.node else node.internal_ip)


def _to_itself(j: Journey, ip: str, port: int) -> None:
    """localhost: the pod's own app, or a pod on the network of the node. A node port does not answer there (nftables
    mode)."""
    pod = _at_home(j, port)
    if pod is None:
        j.stop("NodePortClosed", _loopback, ip, port)
        return
    endpoint = endpoint_of(pod, port, ip)
    j.endpoints = (endpoint,)
    j.source_ip = ip
    j.log.append((_own_app, pod, ip, port))
    pods.receive(j, endpoint)


def _at_home(j: Journey, port: int) -> Pod | None:
    """Whose app shares the sender's loopback device and listens; a pod by itself has only its own."""
    if j.pod is not None and (not j.pod.host_network or (port, j.protocol) in j.pod.listening):
        return j.pod
    found: Pod | None = j.cluster.first("host_port", (j.node, port, j.protocol))
    return found if found is not None and found.host_network else j.pod


def _elsewhere(j: Journey, ip: str, port: int) -> None:
    """An address of nobody in the cluster's networks, or one outside."""
    if in_cluster(j.cluster, ip):
        j.stop("ServiceIPFree" if is_cluster_ip(j.cluster, ip) else "PodIPGone", _nobody, ip, port)
        return
    if j.pod is not None and (found := policy.denied(j.cluster, policy.leaving(j.pod, ip, port, j.protocol))):
        j.stop("PolicyDenied", _not_let_out, ip, port, found)
        return
    edge.beyond(j, ip, port)


# ── explanations ──


def _direct(story: Story, pod: Pod, port: int) -> None:
    source = story.journey.source_ip or ""
    step = Step("PodDirect", {"pod": pod.ref, "ip": pod.ip, "port": port}, [Evidence(pod.ref, "status.podIP", pod.ip)])
    story.move(pod.ref, "l4", [step], f"{pod.ip}:{port}", source if source != story.src else "")


def _loopback(story: Story, ip: str, port: int) -> None:
    params = {"node": story.journey.node, "port": port, "ip": ip}
    story.stay(story.at, "l4", [Step("NodePortClosed", params, note="LoopbackNodePort")])


def _own_app(story: Story, pod: Pod, ip: str, port: int) -> None:
    story.move(pod.ref, "l4", [Step("PodDirect", {"pod": pod.ref, "ip": ip, "port": port})], f"{ip}:{port}")


def _nobody(story: Story, ip: str, port: int) -> None:
    params = {"ip": ip, "port": port, "address": f"{ip}:{port}", "from": story.journey.request.source}
    story.move(f"external/{ip}", "l4", [Step(story.journey.reason, params)], f"{ip}:{port}")


def _not_let_out(story: Story, ip: str, port: int, found: policy.Denial) -> None:
    story.move(f"external/{ip}", "l4", [policy.denial_step(story.cluster, found)], f"{ip}:{port}")
