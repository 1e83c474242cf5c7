"""Whose pods they are: a workload adopts what its selector matches and nobody controls, and lets go of what it no
longer matches (pkg/controller/controller_ref_manager.go)."""

from collections.abc import Callable

from ..cluster.apiserver import Transaction
from ..cluster.editing import without
from ..cluster.objects import Obj, Pod
from ..cluster.selectors import label_selector_matches
from ..cluster.state import Cluster
from .watching import owner_reference


def selects(owner: Obj, labels: dict[str, str]) -> bool:
    """Whether a workload's selector matches; a ReplicationController's is a plain map."""
    selector = owner.spec.get("selector") or {}
    if owner.kind == "ReplicationController":
        return bool(selector) and selector.items() <= labels.items()
    return label_selector_matches(selector, labels)


def claim(tx: Transaction, owner: Obj, could_be: Callable[[Pod], bool] = lambda pod: True) -> None:
    """Adopt and release; *could_be* asks for more than the selector does, as a StatefulSet's names."""
    for pod in tx.cluster.owned_by(owner.key, "Pod"):
        if not pod.terminating and not (selects(owner, pod.labels) and could_be(pod)):
            tx.put(without(pod.body, ("metadata", "ownerReferences")))
    for pod in orphans(tx.cluster, owner):
        if could_be(pod):
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
