"""Pods on the stage: whose they are, how they are, and what guards them."""

from ..cluster import ingresses
from ..cluster.objects import Obj, Pod
from ..cluster.selectors import label_selector_matches
from ..cluster.state import Cluster
from ..engine import policy
from .element import Element, element, is_system


def element_of(cluster: Cluster, pod: Pod) -> Element:
    controller = ingresses.is_controller(pod)
    state, why = pod_state(cluster, pod)
    facts = {
        "ip": pod.ip or None,
        "node": f"node/{pod.node}" if pod.node else None,
        "phase": pod.phase,
        "state": state,
        "why": why,
    }
    if controller:
        return element(pod.ref, "controller", "ingress", "ingress-nginx", pod.namespace, False, **facts)
    owner = workload(cluster, pod)
    name, _, last = pod.name.rpartition("-")
    label = owner.rpartition("/")[2] if owner else pod.name
    return element(
        pod.ref,
        "pod",
        "node",
        label,
        pod.namespace,
        is_system(cluster, pod.namespace),
        facts["node"],
        **facts,
        owner=owner,
        app=pod.labels.get("app") or label,
        hash=last if owner and name else "",
        policies=[found.name for found in policies(cluster, pod)],
    )


def policies(cluster: Cluster, pod: Pod) -> list[Obj]:
    """The NetworkPolicies that select the pod, in whichever direction."""
    return [
        found
        for found in cluster.policies_about(pod)
        if label_selector_matches(found.spec.get("podSelector") or {}, pod.labels)
    ]


def sealed(cluster: Cluster, pod: Pod) -> bool:
    """Whether nothing but its own node reaches the pod: policies isolate it for ingress, and none has a rule."""
    isolating = [found for found in policies(cluster, pod) if "Ingress" in policy.types(found)]
    return bool(isolating) and not any(found.spec.get("ingress") for found in isolating)


def workload(cluster: Cluster, pod: Pod) -> str | None:
    """The workload a pod belongs to: past the ReplicaSet to its Deployment."""
    if pod.controller is None:
        return None
    owner = cluster.find(pod.controller)
    if owner is None:
        return None
    above = cluster.find(owner.controller) if owner.controller else None
    return str((above or owner).ref)


def pod_state(cluster: Cluster, pod: Pod) -> tuple[str, str]:
    """How the pod is, in one word, and why where it is not well."""
    if pod.terminating:
        return "terminating", "Terminating"
    if pod.finished:
        return "done", pod.phase
    node = cluster.get("Node", "", pod.node) if pod.node else None
    if node is not None and not node.up:
        return "unready", "NodeDown"
    waiting = pod.waits_for
    if waiting == "CrashLoopBackOff":
        return "crash", waiting
    if not pod.running:
        return "pending", waiting or ("Unschedulable" if not pod.node else "ContainerCreating")
    return ("ready", "") if pod.ready else ("unready", "NotReady")
