"""NetworkPolicy: which packets between pods are allowed.

A direction of a pod that no policy selects is open; one that some policy selects lets through only what one of
them allows. Judged on the pod's own port and on the address that the pod sees.
"""

import ipaddress
from typing import Any

from ..cluster.objects import Obj, Pod
from ..cluster.selectors import label_selector_matches
from ..cluster.state import Cluster
from .model import Candidate

Body = dict[str, Any]


def selecting(cluster: Cluster, pod: Pod, direction: str) -> list[Obj]:
    """The policies of the pod's namespace that select it in this direction."""
    return [
        policy
        for policy in cluster.policies_about(pod)
        if direction in _types(policy) and label_selector_matches(policy.spec.get("podSelector") or {}, pod.labels)
    ]


def _types(policy: Obj) -> list[str]:
    return policy.spec.get("policyTypes") or [
        "Ingress",
        *(["Egress"] if policy.spec.get("egress") is not None else []),
    ]


def denied(cluster: Cluster, sender: Pod | None, receiver: Pod | None, source_ip: str, port: int, protocol: str) -> str:
    """ "Egress" or "Ingress" where a packet is stopped, "" where it passes. A pod's own node always reaches it."""
    if cluster.first("kind", "NetworkPolicy") is None:
        return ""
    if sender is not None and sender is receiver:
        return ""
    if sender is not None and not _allowed(
        cluster, sender, "Egress", receiver, receiver.ip if receiver else source_ip, port, protocol, receiver
    ):
        return "Egress"
    if receiver is not None and sender is None and _own_node(cluster, receiver, source_ip):
        return ""
    if receiver is not None and not _allowed(cluster, receiver, "Ingress", sender, source_ip, port, protocol, receiver):
        return "Ingress"
    return ""


def _own_node(cluster: Cluster, pod: Pod, ip: str) -> bool:
    node = cluster.get("Node", "", pod.node)
    return node is not None and ip in (node.internal_ip, node.bridge_ip)


def _allowed(
    cluster: Cluster,
    pod: Pod,
    direction: str,
    peer: Pod | None,
    ip: str,
    port: int,
    protocol: str,
    target: Pod | None,
) -> bool:
    policies = selecting(cluster, pod, direction)
    return not policies or any(
        allows(cluster, policy, direction, peer, ip, port, protocol, target) for policy in policies
    )


def allows(
    cluster: Cluster,
    policy: Obj,
    direction: str,
    peer: Pod | None,
    ip: str,
    port: int,
    protocol: str,
    target: Pod | None,
) -> bool:
    """Whether one policy allows a packet: one of its rules has a matching peer and a matching port."""
    rules = policy.spec.get("ingress" if direction == "Ingress" else "egress") or ()
    side = "from" if direction == "Ingress" else "to"
    return any(
        _peers_match(cluster, policy, (rule or {}).get(side), peer, ip)
        and _ports_match((rule or {}).get("ports"), port, protocol, target)
        for rule in rules
    )


def _peers_match(cluster: Cluster, policy: Obj, peers: list[Body] | None, pod: Pod | None, ip: str) -> bool:
    """No peers: everybody. Items are alternatives; the two selectors of one item must both match."""
    return not peers or any(_peer_matches(cluster, policy, peer or {}, pod, ip) for peer in peers)


def _peer_matches(cluster: Cluster, policy: Obj, peer: Body, pod: Pod | None, ip: str) -> bool:
    block = peer.get("ipBlock")
    if block is not None:
        return _in_block(ip, block)
    if pod is None or pod.host_network:
        return False
    namespaces = peer.get("namespaceSelector")
    if namespaces is None:
        if pod.namespace != policy.namespace:
            return False
    else:
        namespace = cluster.get("Namespace", "", pod.namespace)
        if namespace is None or not label_selector_matches(namespaces, namespace.labels):
            return False
    pods = peer.get("podSelector")
    return pods is None or label_selector_matches(pods, pod.labels)


def _in_block(ip: str, block: Body) -> bool:
    address = ipaddress.ip_address(ip)
    inside = address in ipaddress.ip_network(block["cidr"], strict=False)
    return inside and not any(address in ipaddress.ip_network(part, strict=False) for part in block.get("except") or ())


def _ports_match(ports: list[Body] | None, number: int, protocol: str, target: Pod | None) -> bool:
    return not ports or any(_port_matches(p, number, protocol, target) for p in ports)


def _port_matches(port: Body, number: int, protocol: str, target: Pod | None) -> bool:
    if (port.get("protocol") or "TCP") != protocol:
        return False
    wanted = port.get("port")
    if wanted is None:
        return True
    if isinstance(wanted, str):
        declared = target.container_ports if target is not None else ()
        return any(p.get("name") == wanted and p["containerPort"] == number for p in declared)
    return bool(wanted <= number <= (port.get("endPort") or wanted))


def candidates(
    cluster: Cluster, sender: Pod | None, receiver: Pod | None, source_ip: str, port: int, protocol: str
) -> list[Candidate]:
    """For a denied packet every policy that selected the pod, none of which allows it."""
    direction = denied(cluster, sender, receiver, source_ip, port, protocol) or "Egress"
    pod = sender if direction == "Egress" else receiver
    return (
        [Candidate(p.ref, False, "DoesNotAllow") for p in selecting(cluster, pod, direction)] if pod is not None else []
    )
