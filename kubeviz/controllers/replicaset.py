"""ReplicaSet and ReplicationController: as many pods as asked for (pkg/controller/replicaset).

Pods that match the selector and have no controller are adopted; owned pods that stopped matching are released.
"""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster
from . import availability
from .claiming import claim, selects
from .templates import create_pod, most_of
from .watching import itself

KINDS = ("ReplicaSet", "ReplicationController")


def _pod_changed(cluster: Cluster, change: Change) -> Iterable[Key]:
    """The controlling set, or for an orphan every set of the namespace whose selector it matches."""
    keys = set()
    for body in (change.body, change.old):
        if body is None:
            continue
        owners = [o for o in body["metadata"].get("ownerReferences") or () if o.get("controller")]
        namespace = body["metadata"].get("namespace") or ""
        keys |= {(o["kind"], namespace, o["name"]) for o in owners if o["kind"] in KINDS}
        if not owners:
            labels = body["metadata"].get("labels") or {}
            keys |= {s.key for kind in KINDS for s in cluster.of_kind(kind, namespace) if selects(s, labels)}
    return keys


due_moments, due_keys = availability.clock(*KINDS)
WATCHES = {"ReplicaSet": itself, "ReplicationController": itself, "Pod": _pod_changed}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    claim(tx, owner)
    active = [p for p in tx.cluster.owned_by(key, "Pod") if not p.terminating and not p.finished]
    missing = most_of(tx, owner, owner.spec.get("replicas", 1)) - len(active)
    for _ in range(missing):
        _create(tx, owner)
    for pod in sorted(active, key=lambda p: deletion_rank(tx.cluster, p, active))[: max(0, -missing)]:
        tx.delete(pod.key)
        tx.event(owner, "SuccessfulDelete", f"Deleted pod: {pod.name}", f"{owner.kind.lower()}-controller")
    _update_status(tx, tx.cluster.find(key))


def _create(tx: Transaction, owner: Obj) -> None:
    name = create_pod(tx, owner)
    tx.event(owner, "SuccessfulCreate", f"Created pod: {name}", f"{owner.kind.lower()}-controller")


def deletion_rank(cluster: Cluster, pod: Pod, siblings: Iterable[Pod]) -> tuple[object, ...]:
    """Who goes first: unscheduled, then pending, then unready, then from the fullest node, then the youngest."""
    crowd = sum(1 for other in siblings if other.node == pod.node)
    return (bool(pod.node), pod.phase != "Pending", pod.ready, -crowd, _reversed(pod.created), pod.name)


def _reversed(text: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in text)


def _update_status(tx: Transaction, owner: Obj) -> None:
    """A ReplicaSet also counts the pods that are going, so that its Deployment hears of the last of them."""
    every = tx.cluster.owned_by(owner.key, "Pod")
    pods = [p for p in every if not p.terminating and not p.finished]
    ready = sum(1 for p in pods if p.ready)
    status: Body = {"observedGeneration": owner.metadata.get("generation", 1), "replicas": len(pods)}
    if pods:
        status |= {"fullyLabeledReplicas": len(pods)}
    available = sum(1 for p in pods if availability.is_available(p, owner, tx.now))
    status |= {k: v for k, v in (("readyReplicas", ready), ("availableReplicas", available)) if v}
    if owner.kind == "ReplicaSet":
        status["terminatingReplicas"] = sum(1 for p in every if p.terminating)
    tx.set_status(owner, status)
