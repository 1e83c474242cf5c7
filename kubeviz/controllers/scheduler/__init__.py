"""Scheduling: a node for each pod that has none (kube-scheduler: filter, then score).

Each filter is a plugin of the real scheduler, in its order, and speaks its words. Nobody is pushed out for a pod of
higher priority (preemption is not simulated).
"""

from collections.abc import Callable, Iterable

from ...cluster.apiserver import Transaction
from ...cluster.changes import Body, Change, Key
from ...cluster.clock import stamp
from ...cluster.editing import with_value
from ...cluster.objects import Node, Pod
from ...cluster.state import Cluster
from ..watching import set_condition
from . import neighbours, nodes, room
from .refusal import Refusal, counted
from .scoring import rank

Filter = Callable[[Cluster, Pod, Node], Refusal | None]
FILTERS: tuple[Filter, ...] = (
    nodes.cordoned,
    nodes.tainted,
    nodes.unwanted,
    room.ports_taken,
    room.crowded,
    neighbours.uneven,
    neighbours.apart,
)
NO_HELP, NO_VICTIMS = "Preemption is not helpful for scheduling", "No preemption victims found for incoming pod"
NOT_ELIGIBLE = "not eligible due to preemptionPolicy=Never."


def _unscheduled(cluster: Cluster, change: Change) -> Iterable[Key]:
    """The pod itself; where one went, everybody who waits; where one came, those who wait for neighbours."""
    body, old = change.body, change.old
    if body is None or (_ended(body) and old is not None and not _ended(old)):
        yield from sorted(cluster.lookup("node", ""))
    elif not body["spec"].get("nodeName"):
        yield change.key
    elif old is None or _place(old) != _place(body):
        yield from sorted(key for key, pod in cluster.lookup("node", "").items() if _minds(pod.spec))


def _ended(body: Body) -> bool:
    return (body.get("status") or {}).get("phase") in ("Succeeded", "Failed")


def _place(body: Body) -> tuple[object, object]:
    return (body["spec"].get("nodeName"), body["metadata"].get("labels"))


def _minds(spec: Body) -> bool:
    return bool(spec.get("topologySpreadConstraints") or neighbours.required(spec, "podAffinity"))


def _everyone_waiting(cluster: Cluster, change: Change) -> Iterable[Key]:
    return sorted(cluster.lookup("node", ""))


WATCHES = {"Pod": _unscheduled, "Node": _everyone_waiting}


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None or pod.node or pod.terminating or pod.finished or pod.spec.get("schedulingGates"):
        return
    refusals = {node.name: refusal(tx.cluster, pod, node) for node in tx.cluster.of_kind("Node")}
    fitting = [node for node in tx.cluster.of_kind("Node") if refusals[node.name] is None]
    if fitting:
        _bind(tx, pod, min(fitting, key=lambda node: rank(tx.cluster, pod, node)))
    else:
        _cannot(tx, pod, [found for found in refusals.values() if found is not None])


def refusal(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    """What the first filter says that turns the pod away; None where it can be on the node."""
    named = nodes.named(pod.spec)
    if named is not None and node.name not in named:
        return nodes.NOT_NAMED
    return next((found for said in FILTERS if (found := said(cluster, pod, node)) is not None), None)


def _bind(tx: Transaction, pod: Pod, node: Node) -> None:
    body = with_value(pod.body, ("spec", "nodeName"), node.name)
    scheduled = {"type": "PodScheduled", "status": "True", "lastProbeTime": None}
    conditions = set_condition(pod.status.get("conditions") or [], scheduled, stamp(tx.now))
    tx.put(with_value(body, ("status", "conditions"), conditions))
    tx.event(
        pod,
        "Scheduled",
        f"Successfully assigned {pod.namespace}/{pod.name} to {node.name}",
        "default-scheduler",
    )


def _cannot(tx: Transaction, pod: Pod, refusals: list[Refusal]) -> None:
    """The Pending pod says why; an unchanged reason is not written again."""
    message = _told(pod, refusals)
    condition = {
        "type": "PodScheduled",
        "status": "False",
        "reason": "Unschedulable",
        "message": message,
        "lastProbeTime": None,
        "observedGeneration": pod.metadata.get("generation", 1),
    }
    conditions = set_condition(pod.status.get("conditions") or [], condition, stamp(tx.now))
    if conditions != pod.status.get("conditions"):
        tx.put(with_value(pod.body, ("status", "conditions"), conditions))
        tx.event(pod, "FailedScheduling", message, "default-scheduler", "Warning")


def _told(pod: Pod, refusals: list[Refusal]) -> str:
    """FitError: what each node said, then why nobody was pushed out for this pod."""
    if not refusals:
        return "no nodes available to schedule pods"
    none = f"0/{len(refusals)} nodes are available"
    victims = counted([NO_VICTIMS if refusal.curable else NO_HELP for refusal in refusals])
    preemption = NOT_ELIGIBLE if pod.spec.get("preemptionPolicy") == "Never" else f"{none}: {victims}."
    said = counted([reason for refusal in refusals for reason in refusal.reasons])
    return f"{none}: {said}. no new claims to deallocate, preemption: {preemption}"
