"""ReplicaSet and ReplicationController: as many pods as asked for (pkg/controller/replicaset).

Pods that match the selector and have no controller are adopted; owned pods that stopped matching are released.
"""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.editing import without
from ..cluster.objects import Obj, Pod
from ..cluster.selectors import label_selector_matches
from ..cluster.state import Cluster
from . import availability
from .templates import create_pod
from .watching import itself, owner_reference

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


def selects(owner: Obj, labels: dict[str, str]) -> bool:
    """Whether a workload's selector matches; a ReplicationController's is a plain map."""
    selector = owner.spec.get("selector") or {}
    if owner.kind == "ReplicationController":
        return bool(selector) and selector.items() <= labels.items()
    return label_selector_matches(selector, labels)


MOST_PODS = 2_000
"""More of one set are never made, whatever `replicas` says, as if a quota were used up: no slip stops the server."""


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    _release(tx, owner)
    _adopt(tx, owner)
    active = [p for p in tx.cluster.owned_by(key, "Pod") if not p.terminating and not p.finished]
    missing = min(owner.spec.get("replicas", 1), MOST_PODS) - len(active)
    for _ in range(missing):
        _create(tx, owner)
    for pod in sorted(active, key=lambda p: deletion_rank(tx.cluster, p, active))[: max(0, -missing)]:
        tx.delete(pod.key)
        tx.event(owner, "SuccessfulDelete", f"Deleted pod: {pod.name}", f"{owner.kind.lower()}-controller")
    _update_status(tx, tx.cluster.find(key))


def _create(tx: Transaction, owner: Obj) -> None:
    name = f"{owner.name[:58]}-{tx.suffix(owner.key)}"
    create_pod(tx, owner, name)
    tx.event(owner, "SuccessfulCreate", f"Created pod: {name}", f"{owner.kind.lower()}-controller")


def _release(tx: Transaction, owner: Obj) -> None:
    for pod in tx.cluster.owned_by(owner.key, "Pod"):
        if not selects(owner, pod.labels) and not pod.terminating:
            tx.put(without(pod.body, ("metadata", "ownerReferences")))


def _adopt(tx: Transaction, owner: Obj) -> None:
    for pod in orphans(tx.cluster, owner):
        metadata = {**pod.metadata, "ownerReferences": [owner_reference(owner.body)]}
        tx.put({**pod.body, "metadata": metadata})


def orphans(cluster: Cluster, owner: Obj) -> list[Pod]:
    """Live pods without a controller that the selector matches."""
    selector = owner.spec.get("selector") or {}
    plain = selector if owner.kind == "ReplicationController" else selector.get("matchLabels") or {}
    pods = cluster.selected_pods(owner.namespace, plain)
    return [
        p for p in pods if p.controller is None and not p.terminating and not p.finished and selects(owner, p.labels)
    ]


def deletion_rank(cluster: Cluster, pod: Pod, siblings: Iterable[Pod]) -> tuple[object, ...]:
    """Who goes first: unscheduled, then pending, then unready, then from the fullest node, then the youngest."""
    crowd = sum(1 for other in siblings if other.node == pod.node)
    return (bool(pod.node), pod.phase != "Pending", pod.ready, -crowd, _reversed(pod.created), pod.name)


def _reversed(text: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in text)


def _update_status(tx: Transaction, owner: Obj) -> None:
    pods = [p for p in tx.cluster.owned_by(owner.key, "Pod") if not p.terminating and not p.finished]
    ready = sum(1 for p in pods if p.ready)
    status: Body = {"observedGeneration": owner.metadata.get("generation", 1), "replicas": len(pods)}
    if pods:
        status |= {"fullyLabeledReplicas": len(pods)}
    available = sum(1 for p in pods if availability.is_available(p, owner, tx.now))
    status |= {k: v for k, v in (("readyReplicas", ready), ("availableReplicas", available)) if v}
    tx.set_status(owner, status)
