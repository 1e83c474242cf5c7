"""Nodes that fall silent: NotReady after the grace period, their pods unready, and evicted five minutes later."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import lapse, moment, stamp
from ..cluster.editing import with_value, without
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from .watching import itself, set_condition

GRACE = timedelta(seconds=50)
"""node-monitor-grace-period, 50 s since 1.32."""
SILENT_SINCE = "kubeviz.dev/silent-since"
UNREACHABLE = "node.kubernetes.io/unreachable"


def _node_of_pod(cluster: Cluster, change: Change) -> Iterable[Key]:
    if change.op == "added" and change.body is not None and change.body["spec"].get("nodeName"):
        yield ("Node", "", change.body["spec"]["nodeName"])


WATCHES = {"Node": itself, "Pod": _node_of_pod}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    for node in cluster.of_kind("Node"):
        due = _due(cluster, node)
        if due is not None:
            yield due


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    return [n.key for n in cluster.of_kind("Node") if (due := _due(cluster, n)) is not None and due <= now]


def _due(cluster: Cluster, node: Node) -> datetime | None:
    if node.up:
        return None
    if node.ready:
        since = node.annotations.get(SILENT_SINCE)
        return moment(since) + GRACE if since else None
    lost = moment(_ready_condition(node)["lastTransitionTime"])
    return min((lost + stay for _, stay in _evictable(cluster, node)), default=None)


def _ready_condition(node: Node) -> Body:
    return next(c for c in node.status["conditions"] if c["type"] == "Ready")


def _evictable(cluster: Cluster, node: Node) -> list[tuple[Pod, timedelta]]:
    """The pods that will leave an unreachable node, and how long each stays."""
    pods = (cluster.find(key) for key in sorted(cluster.lookup("node", node.name)))
    stays = ((pod, _stay(pod)) for pod in pods if not pod.terminating and not pod.finished)
    return [(pod, stay) for pod, stay in stays if stay is not None]


def _stay(pod: Pod) -> timedelta | None:
    """How long the pod tolerates an unreachable node; None for ever, as daemon pods do."""
    if pod.controller and pod.controller[0] == "DaemonSet":
        return None
    mine = [t for t in pod.spec.get("tolerations") or () if _tolerates_unreachable(t)]
    seconds = [t["tolerationSeconds"] for t in mine if t.get("tolerationSeconds") is not None]
    if not mine:
        return timedelta(0)
    return lapse(max(0, min(seconds))) if seconds else None


def _tolerates_unreachable(toleration: Body) -> bool:
    named = toleration.get("key") == UNREACHABLE or (
        not toleration.get("key") and toleration.get("operator") == "Exists"
    )
    return named and toleration.get("effect") in (None, "", "NoExecute")


def reconcile(tx: Transaction, key: Key) -> None:
    node = tx.cluster.find(key)
    if node is None:
        return
    if node.up:
        _recover(tx, node)
    elif node.ready:
        _fall_silent(tx, node)
    else:
        _evict(tx, node)


def _recover(tx: Transaction, node: Node) -> None:
    """Ready again; also the first condition of a node that was created without one."""
    condition = {
        "type": "Ready",
        "status": "True",
        "reason": "KubeletReady",
        "message": "kubelet is posting ready status",
    }
    taints = [t for t in node.spec.get("taints") or () if t["key"] != UNREACHABLE]
    if node.ready and SILENT_SINCE not in node.annotations and taints == (node.spec.get("taints") or []):
        return
    conditions = set_condition(
        node.status.get("conditions") or [], {**condition, "lastHeartbeatTime": stamp(tx.now)}, stamp(tx.now)
    )
    body = with_value(node.body, ("status", "conditions"), conditions)
    body = without(body, ("metadata", "annotations", SILENT_SINCE)) if node.annotations else body
    tx.put(with_value(body, ("spec", "taints"), taints) if node.spec.get("taints") else body)
    if not node.ready:
        tx.event(node, "NodeReady", f"Node {node.name} status is now: NodeReady", "kubelet")


def _fall_silent(tx: Transaction, node: Node) -> None:
    """Note when the machine was last heard of; once the grace period has passed it is NotReady."""
    since = node.annotations.get(SILENT_SINCE)
    if since is None:
        tx.put(with_value(node.body, ("metadata", "annotations", SILENT_SINCE), stamp(tx.now)))
    elif moment(since) + GRACE <= tx.now:
        _declare_unreachable(tx, node)


def _declare_unreachable(tx: Transaction, node: Node) -> None:
    now = stamp(tx.now)
    unknown = {
        **_ready_condition(node),
        "status": "Unknown",
        "reason": "NodeStatusUnknown",
        "message": "Kubelet stopped posting node status.",
    }
    body = with_value(node.body, ("status", "conditions"), set_condition(node.status["conditions"], unknown, now))
    kept = [t for t in node.spec.get("taints") or () if t["key"] != UNREACHABLE]
    taints = [
        *kept,
        *({"key": UNREACHABLE, "effect": effect, "timeAdded": now} for effect in ("NoSchedule", "NoExecute")),
    ]
    tx.put(with_value(body, ("spec", "taints"), taints))
    tx.event(node, "NodeNotReady", f"Node {node.name} status is now: NodeNotReady", "node-controller")
    for key in sorted(tx.cluster.lookup("node", node.name)):
        _unready(tx, tx.cluster.find(key))


def _unready(tx: Transaction, pod: Pod) -> None:
    conditions = pod.status.get("conditions") or []
    if pod.ready:
        conditions = set_condition(
            conditions, {"type": "Ready", "status": "False", "lastProbeTime": None}, stamp(tx.now)
        )
        tx.put(with_value(pod.body, ("status", "conditions"), conditions))


def _evict(tx: Transaction, node: Node) -> None:
    since = moment(_ready_condition(node)["lastTransitionTime"])
    for pod, stay in _evictable(tx.cluster, node):
        if since + stay <= tx.now:
            tx.delete(pod.key)
            text = f"Marking for deletion Pod {pod.namespace}/{pod.name}"
            tx.event(pod, "TaintManagerEviction", text, "taint-eviction-controller")
