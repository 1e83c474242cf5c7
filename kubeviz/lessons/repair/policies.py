"""Repairs of NetworkPolicies: one more policy that allows just this packet."""

from collections.abc import Iterator
from typing import Any

from ...cluster.changes import Body
from ...cluster.objects import Obj, Pod
from .case import Case
from .proposal import Create, Edit, Proposal, kubectl_apply

DNS_PORTS = [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]
CHANGING = ("pod-template-hash", "controller-revision-hash", "statefulset.kubernetes.io/pod-name")


def allow(case: Case) -> Iterator[Proposal]:
    """Both ends have a say: the sender's egress and the receiver's ingress, as far as a policy selects them."""
    receiver, sender = case.at(case.params["to"]), case.at(case.params["from"])
    if not isinstance(receiver, Pod):
        return
    ports = [{"port": case.params["port"], "protocol": case.sent.protocol}]
    wanted = _ingress(receiver, sender, str(case.params["from"]), ports)
    out = _egress(sender, receiver, ports) if isinstance(sender, Pod) else None
    bodies = [out] if case.params.get("direction") == "Egress" and out else [wanted]
    yield _created(bodies, case)
    if out is not None:
        yield _created([out, wanted], case)


def _created(bodies: list[Body], case: Case) -> Proposal:
    edits: tuple[Edit, ...] = tuple(Create(body) for body in bodies)
    params = {"from": case.params["from"], "to": case.params["to"], "port": case.params["port"]}
    return Proposal("AllowPolicy", params, kubectl_apply(*bodies), edits)


def _ingress(receiver: Pod, sender: Obj | None, source: str, ports: list[Body]) -> Body:
    peer = _peer(sender, receiver) if isinstance(sender, Pod) else {"ipBlock": {"cidr": f"{source}/32"}}
    return _policy(f"allow-to-{_short(receiver)}", receiver, "ingress", {"from": [peer], "ports": ports})


def _egress(sender: Pod, receiver: Pod, ports: list[Body]) -> Body:
    return _policy(f"allow-from-{_short(sender)}", sender, "egress", {"to": [_peer(receiver, sender)], "ports": ports})


def _policy(name: str, pod: Pod, direction: str, rule: Body) -> Body:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": pod.namespace},
        "spec": {
            "podSelector": {"matchLabels": lasting(pod)},
            "policyTypes": [direction.capitalize()],
            direction: [rule],
        },
    }


def _peer(pod: Pod, other: Pod) -> Body:
    peer: Body = {"podSelector": {"matchLabels": lasting(pod)}}
    if pod.namespace != other.namespace:
        peer["namespaceSelector"] = {"matchLabels": {"kubernetes.io/metadata.name": pod.namespace}}
    return peer


def lasting(pod: Pod) -> dict[str, str]:
    """The labels that the pod's successor will bear as well."""
    return {k: v for k, v in pod.labels.items() if k not in CHANGING}


def _short(pod: Pod) -> str:
    return str(pod.labels.get("app") or pod.name)[:40].lower()


def allow_dns(case: Case) -> Iterator[Proposal]:
    """Whoever denies egress must allow DNS."""
    pod = case.pod or case.sender
    if pod is None:
        return
    system: Any = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
    body = _policy("allow-dns", pod, "egress", {"to": [system], "ports": DNS_PORTS})
    body["spec"]["podSelector"] = {}
    yield Proposal("AllowDNS", {"namespace": pod.namespace}, kubectl_apply(body), (Create(body),))
