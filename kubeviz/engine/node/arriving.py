"""At which address a packet comes to a node: a Service's, a node's own, or one that only the outside uses."""

from ...cluster.objects import Node, Pod, Service, ServicePort
from .. import health
from .. import pod as pods
from ..journey import Journey
from ..networks import within
from ..routes import endpoint_of
from . import explain
from .forwarding import forward


def to_cluster_ip(j: Journey, service: Service, ip: str, number: int) -> None:
    """A Service's cluster IP, from wherever it can be reached."""
    port = service.by_port.get((number, j.protocol))
    if port is None:
        j.stop("ServicePortClosed", explain.port_closed, service, ip, number)
        return
    node = j.cluster.get("Node", "", j.node)
    forward(j, service, port, ip, number, node, service.local_internal, masquerade=j.pod is None)


def to_external(j: Journey, service: Service, ip: str, number: int, entry: Node | None) -> None:
    """A balancer's or external IP that a node takes for its own, as kube-proxy does on every node."""
    port = service.by_port.get((number, j.protocol))
    if port is None:
        reached = (number, j.protocol) in service.by_node_port
        reason = "NodePortOnLoadBalancerIP" if reached else "BalancerPortClosed"
        j.stop(reason, explain.balancer_port_closed, service, ip, number)
        return
    if ip in service.entrances and not in_source_ranges(service, j.client):
        j.stop("SourceRangeBlocked", explain.source_blocked, service, ip, number)
        return
    _from_outside(j, service, port, ip, number, entry)


def in_source_ranges(service: Service, client: str) -> bool:
    """loadBalancerSourceRanges: none means everybody."""
    ranges = service.spec.get("loadBalancerSourceRanges")
    return not ranges or any(within(client, found) for found in ranges)


def to_node(j: Journey, node: Node, ip: str, number: int) -> None:
    """A node's own address: a node port, a port that a pod holds (hostPort, hostNetwork), or nothing that listens.

    kube-proxy's rules see a packet before any program on the node does.
    """
    if not node.up:
        j.stop("NodeDown", explain.node_down, node, ip, number)
        return
    service = j.cluster.first("node_port", (j.protocol, number))
    if service is not None:
        port = service.by_node_port[(number, j.protocol)]
        j.log.append((explain.entered, node, ip, service, port))
        _from_outside(j, service, port, ip, number, node)
    elif (pod := j.cluster.first("host_port", (node.name, number, j.protocol))) is not None:
        _to_host_port(j, node, pod, ip, number)
    elif (service := health.checked_at(j.cluster, number, j.protocol)) is not None:
        health.answer(j, node, service, ip, number)
    else:
        j.stop("NodePortClosed", explain.node_port_closed, node, ip, number)


def _from_outside(j: Journey, service: Service, port: ServicePort, ip: str, number: int, node: Node | None) -> None:
    """Through an address made for the outside. Whoever sits on the node that takes the packet is inside: policy
    Local does not bind them. It keeps every client's address, except that of the node itself."""
    at_home = node is not None and j.node == node.name
    local = service.local_external
    masquerade = not local or (at_home and j.pod is None)
    forward(j, service, port, ip, number, node, local and not at_home, masquerade)


def _to_host_port(j: Journey, node: Node, pod: Pod, ip: str, number: int) -> None:
    endpoint = endpoint_of(pod, pod.host_ports[(number, j.protocol)])
    j.endpoints = (endpoint,)
    j.log.append((explain.to_host_port, node, ip, number, endpoint))
    j.source_ip = j.client
    pods.receive(j, endpoint)
