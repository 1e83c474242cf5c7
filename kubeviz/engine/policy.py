"""NetworkPolicy: which packets between pods are allowed.

A direction of a pod that no policy selects is open; one that some policy selects lets through only what one of
them allows. Policies add up; none can deny. Judged after the rewrite: on the pod's own port, and on the address that
the pod sees. Replies always pass. (NetworkPolicy API reference, networking.k8s.io/v1.)
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from ..cluster.objects import Obj, Pod
from ..cluster.selectors import label_selector_matches
from ..cluster.state import Cluster
from .model import Candidate, Evidence, Step
from .networks import within

Body = dict[str, Any]
Direction = Literal["Ingress", "Egress"]
MOST_JUDGED = 4_096
PEERS = {"Ingress": "from", "Egress": "to"}


class Packet(NamedTuple):
    """What is judged. A sender or receiver that is no pod with an address of its own is None."""

    sender: Pod | None
    receiver: Pod | None
    src: str
    dst: str
    port: int
    protocol: str
    node: str = ""
    """The node that sends it itself, or the host's network of which a pod does."""


class Denial(NamedTuple):
    packet: Packet
    direction: Direction


def between(sender: Pod | None, node: str, receiver: Pod, src: str, port: int, protocol: str) -> Packet:
    """A packet to a pod. Pods on the host's network count as their node: policies do not know them."""
    from_node = node if sender is None or sender.host_network else ""
    return Packet(_own(sender), _own(receiver), src, receiver.ip, port, protocol, from_node)


def leaving(sender: Pod, dst: str, port: int, protocol: str) -> Packet:
    """A packet of a pod to an address that is no pod's."""
    return Packet(_own(sender), None, sender.ip, dst, port, protocol)


def _own(pod: Pod | None) -> Pod | None:
    return None if pod is None or pod.host_network else pod


class Judgement:
    """What the policies say of a packet; why they let it through is worked out when it is first asked for."""

    __slots__ = ("_passed", "denial", "packet")

    def __init__(self, packet: Packet, denial: Denial | None) -> None:
        self.packet = packet
        self.denial = denial
        self._passed: list[Step] | None = None

    def passed(self, cluster: Cluster) -> list[Step]:
        """For each direction in which policies select a pod: the one whose rule let the packet through."""
        if self._passed is None:
            steps = (_passed(cluster, self.packet, direction) for direction in directions(self.packet))
            self._passed = [step for step in steps if step is not None]
        return self._passed


def judged(cluster: Cluster, packet: Packet) -> Judgement:
    """Worked out once for each version of the cluster. Pods are told apart by identity: a changed one is another."""
    known = cluster.judged
    found: Judgement | None = known.get(packet)
    if found is None:
        if len(known) >= MOST_JUDGED:
            known.clear()
        known[packet] = found = Judgement(packet, _judge(cluster, packet))
    return found


def denied(cluster: Cluster, packet: Packet) -> Denial | None:
    """Where a packet is stopped, or None where it passes."""
    return judged(cluster, packet).denial if cluster.policed else None


def _judge(cluster: Cluster, packet: Packet) -> Denial | None:
    for direction in directions(packet):
        policies = selecting(cluster, packet, direction)
        if policies and not any(allowing_rule(cluster, p, packet, direction) is not None for p in policies):
            return Denial(packet, direction)
    return None


def directions(packet: Packet) -> Iterator[Direction]:
    """Out of the sender, then into the receiver. A pod always reaches itself, and its own node always reaches it."""
    if packet.sender is not None and packet.sender is packet.receiver:
        return
    if packet.sender is not None:
        yield "Egress"
    if packet.receiver is not None and not (packet.node and packet.node == packet.receiver.node):
        yield "Ingress"


def selecting(cluster: Cluster, packet: Packet, direction: Direction) -> list[Obj]:
    """The policies of the pod's namespace that select it in this direction, by name."""
    pod = packet.sender if direction == "Egress" else packet.receiver
    if pod is None:
        return []
    return [
        policy
        for policy in cluster.policies_about(pod)
        if direction in types(policy) and label_selector_matches(policy.spec.get("podSelector") or {}, pod.labels)
    ]


def types(policy: Obj) -> list[str]:
    """policyTypes; where unset, Ingress always and Egress if there are egress rules."""
    return policy.spec.get("policyTypes") or ["Ingress", *(["Egress"] if policy.spec.get("egress") else [])]


def rules(policy: Obj, direction: Direction) -> list[Body]:
    return [rule or {} for rule in policy.spec.get(direction.lower()) or ()]


def allowing_rule(cluster: Cluster, policy: Obj, packet: Packet, direction: Direction) -> int | None:
    """The first rule of a policy with a matching peer and a matching port."""
    for position, rule in enumerate(rules(policy, direction)):
        if peers_match(cluster, policy, rule, packet, direction) and ports_match(rule, packet):
            return position
    return None


def peers_match(cluster: Cluster, policy: Obj, rule: Body, packet: Packet, direction: Direction) -> bool:
    """No peers: everybody. Items are alternatives; the two selectors of one item must both match."""
    peers = rule.get(PEERS[direction])
    pod, ip = (packet.sender, packet.src) if direction == "Ingress" else (packet.receiver, packet.dst)
    return not peers or any(_peer_matches(cluster, policy, peer or {}, pod, ip) for peer in peers)


def _peer_matches(cluster: Cluster, policy: Obj, peer: Body, pod: Pod | None, ip: str) -> bool:
    block = peer.get("ipBlock")
    if block is not None:
        return within(ip, block["cidr"]) and not any(within(ip, part) for part in block.get("except") or ())
    if pod is None or not _namespace_matches(cluster, policy, peer.get("namespaceSelector"), pod):
        return False
    pods = peer.get("podSelector")
    return pods is None or label_selector_matches(pods, pod.labels)


def _namespace_matches(cluster: Cluster, policy: Obj, selector: Body | None, pod: Pod) -> bool:
    """Without a namespaceSelector only pods of the policy's own namespace are meant."""
    if selector is None:
        return pod.namespace == policy.namespace
    namespace = cluster.get("Namespace", "", pod.namespace)
    return namespace is not None and label_selector_matches(selector, namespace.labels)


def ports_match(rule: Body, packet: Packet) -> bool:
    ports = rule.get("ports")
    return not ports or any(_port_matches(port, packet) for port in ports)


def _port_matches(port: Body, packet: Packet) -> bool:
    """A number, a range up to endPort, or the name of one of the receiver's container ports."""
    if (port.get("protocol") or "TCP") != packet.protocol:
        return False
    wanted = port.get("port")
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return bool(wanted <= packet.port <= (port.get("endPort") or wanted))
    declared = packet.receiver.container_ports if packet.receiver is not None else ()
    return any(
        p.get("name") == wanted and p["containerPort"] == packet.port and p.get("protocol", "TCP") == packet.protocol
        for p in declared
    )


# ── explanations ──


def denial_step(cluster: Cluster, denial: Denial) -> Step:
    """Every policy that selects the pod, and why none of them allows the packet."""
    packet, direction = denial
    policies = selecting(cluster, packet, direction)
    field = direction.lower()
    evidence = [Evidence(p.ref, f"spec.{field}", p.spec.get(field)) for p in policies]
    others = [Candidate(p.ref, False, _why_not(cluster, p, denial)) for p in policies]
    return Step("PolicyDenied", _params(packet, direction), evidence, others)


def _why_not(cluster: Cluster, policy: Obj, denial: Denial) -> str:
    found = rules(policy, denial.direction)
    if not found:
        return "AllowsNothing"
    if any(peers_match(cluster, policy, rule, denial.packet, denial.direction) for rule in found):
        return "OtherPolicyPort"
    return "OtherPeer"


def _passed(cluster: Cluster, packet: Packet, direction: Direction) -> Step | None:
    policies = selecting(cluster, packet, direction)
    allowing = {p.ref: n for p in policies if (n := allowing_rule(cluster, p, packet, direction)) is not None}
    if not allowing:
        return None
    chosen, field = next(iter(allowing)), direction.lower()
    evidence = [Evidence(ref, f"spec.{field}[{n}]", None) for ref, n in allowing.items()]
    denial = Denial(packet, direction)
    others = [
        Candidate(p.ref, True, "") if p.ref in allowing else Candidate(p.ref, False, _why_not(cluster, p, denial))
        for p in policies
    ]
    return Step("PolicyAllowed", {**_params(packet, direction), "policy": chosen}, evidence, others)


def _params(packet: Packet, direction: Direction) -> dict[str, Any]:
    sender = packet.sender.ref if packet.sender is not None else packet.src
    receiver = packet.receiver.ref if packet.receiver is not None else packet.dst
    subject = sender if direction == "Egress" else receiver
    return {"pod": subject, "direction": direction, "from": sender, "to": receiver, "port": packet.port}
