"""Taints with effect NoExecute: who does not tolerate them leaves, at once or when patience ends
(pkg/controller/tainteviction)."""

from collections.abc import Iterable
from datetime import datetime

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import lapse, moment, stamp
from ..cluster.editing import with_value
from ..cluster.identity import PRIVATE
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from .scheduler.nodes import tolerated_by
from .watching import itself, set_condition

DISRUPTED = {
    "type": "DisruptionTarget",
    "status": "True",
    "reason": "DeletionByTaintManager",
    "message": "Taint manager: deleting due to NoExecute taint",
    "lastProbeTime": None,
}


def _node_of_pod(cluster: Cluster, change: Change) -> Iterable[Key]:
    """A pod that comes to a node, as it is made or by the scheduler."""
    node, before = (body["spec"].get("nodeName") if body else None for body in (change.body, change.old))
    if node and not before:
        yield ("Node", "", node)


WATCHES = {"Node": itself, "Pod": _node_of_pod}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    for node in cluster.of_kind("Node"):
        yield from (due for _, due in _leaving(cluster, node))


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    nodes = cluster.of_kind("Node")
    return [node.key for node in nodes if any(due <= now for _, due in _leaving(cluster, node))]


def reconcile(tx: Transaction, key: Key) -> None:
    node = tx.cluster.find(key)
    if node is None:
        return
    node = _note(tx, node)
    for pod, due in _leaving(tx.cluster, node):
        if due <= tx.now:
            _evict(tx, pod)


def _driving(node: Node) -> list[Body]:
    return [taint for taint in node.spec.get("taints") or () if taint["effect"] == "NoExecute"]


def _note(tx: Transaction, node: Node) -> Node:
    """Since when each taint drives pods away: who sets one by hand does not write it down."""
    known = (node.body.get(PRIVATE) or {}).get("tainted") or {}
    since = {_name(t): known.get(_name(t)) or t.get("timeAdded") or stamp(tx.now) for t in _driving(node)}
    if since == known:
        return node
    noted: Node = tx.put(with_value(node.body, (PRIVATE, "tainted"), since))
    return noted


def _name(taint: Body) -> str:
    return f"{taint['key']}={taint.get('value') or ''}"


def _leaving(cluster: Cluster, node: Node) -> list[tuple[Pod, datetime]]:
    """The pods that will leave a tainted node, and when."""
    taints = _driving(node)
    if not taints:
        return []
    pods = (cluster.find(key) for key in sorted(cluster.lookup("node", node.name)))
    ends = ((pod, _end(node, pod, taints)) for pod in pods if not pod.terminating and not pod.finished)
    return [(pod, end) for pod, end in ends if end is not None]


def _end(node: Node, pod: Pod, taints: list[Body]) -> datetime | None:
    """How long the pod may stay: of all its tolerations the shortest counts; None for ever."""
    since = (node.body.get(PRIVATE) or {}).get("tainted") or {}
    ends = []
    for taint in taints:
        begun = max(moment(since.get(_name(taint)) or pod.created), moment(pod.created))
        matching = [t for t in pod.spec.get("tolerations") or () if tolerated_by(t, taint)]
        patience = [t["tolerationSeconds"] for t in matching if t.get("tolerationSeconds") is not None]
        if patience or not matching:
            ends.append(begun + lapse(max(0, min(patience, default=0))))
    return min(ends, default=None)


def _evict(tx: Transaction, pod: Pod) -> None:
    conditions = set_condition(pod.status.get("conditions") or [], DISRUPTED, stamp(tx.now))
    tx.put(with_value(pod.body, ("status", "conditions"), conditions))
    tx.delete(pod.key)
    text = f"Marking for deletion Pod {pod.namespace}/{pod.name}"
    tx.event(pod, "TaintManagerEviction", text, "taint-eviction-controller")
