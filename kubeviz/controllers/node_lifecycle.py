"""Nodes that fall silent: NotReady after the grace period, tainted, their pods unready
(pkg/controller/nodelifecycle)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import moment, stamp
from ..cluster.editing import with_value, without
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from .scheduler.nodes import UNSCHEDULABLE
from .watching import itself, set_condition

GRACE = timedelta(seconds=50)
"""node-monitor-grace-period, 50 s since 1.32."""
SILENT_SINCE = "kubeviz.dev/silent-since"
UNREACHABLE = "node.kubernetes.io/unreachable"


WATCHES = {"Node": itself}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    for node in cluster.of_kind("Node"):
        due = _due(cluster, node)
        if due is not None:
            yield due


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    return [n.key for n in cluster.of_kind("Node") if (due := _due(cluster, n)) is not None and due <= now]


def _due(cluster: Cluster, node: Node) -> datetime | None:
    since = node.annotations.get(SILENT_SINCE)
    return moment(since) + GRACE if since and node.ready and not node.up else None


def _ready_condition(node: Node) -> Body:
    return next(c for c in node.status["conditions"] if c["type"] == "Ready")


def reconcile(tx: Transaction, key: Key) -> None:
    node = tx.cluster.find(key)
    if node is None:
        return
    node = _follow_cordon(tx, node)
    if node.up:
        _recover(tx, node)
    elif node.ready:
        _fall_silent(tx, node)


def _follow_cordon(tx: Transaction, node: Node) -> Node:
    """A cordoned node bears a taint that says so (doNoScheduleTaintingPass)."""
    taints = node.spec.get("taints") or []
    others = [t for t in taints if t["key"] != UNSCHEDULABLE]
    if bool(node.spec.get("unschedulable")) is (len(others) < len(taints)):
        return node
    mark = {"key": UNSCHEDULABLE, "effect": "NoSchedule", "timeAdded": stamp(tx.now)}
    wanted = [*others, mark] if node.spec.get("unschedulable") else others
    body = with_value(node.body, ("spec", "taints"), wanted) if wanted else without(node.body, ("spec", "taints"))
    changed: Node = tx.put(body)
    return changed


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
        tx.event(pod, "NodeNotReady", "Node is not ready", "node-controller", "Warning")
