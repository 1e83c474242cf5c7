"""Garbage collection: what an object controlled goes after it (background) or before it (foreground).

An owner is told by its uid: one that was deleted and made again under the same name does not get the old children.
"""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Change, Key
from ..cluster.deletion import FOREGROUND
from ..cluster.objects import Obj
from ..cluster.state import Cluster
from .watching import itself

OWNERS = (
    "Deployment",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
    "DaemonSet",
    "Job",
    "CronJob",
    "Service",
    "Endpoints",
)
CHILDREN = ("ReplicaSet", "Job", "Pod", "EndpointSlice", "Endpoints", "ControllerRevision")


def _itself_and_owner(cluster: Cluster, change: Change) -> Iterable[Key]:
    """An owner that waits for its children is looked at again as each of them goes."""
    yield change.key
    if change.body is None and change.old is not None:
        for owner in change.old["metadata"].get("ownerReferences") or ():
            yield (owner["kind"], change.key[1], owner["name"])


WATCHES = dict.fromkeys((*OWNERS, "Pod"), itself) | dict.fromkeys(CHILDREN, _itself_and_owner)


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is not None and _waits(owner):
        _collect_first(tx, owner)
        return
    if owner is None and key[0] == "Service" and tx.cluster.get("Endpoints", *key[1:]) is not None:
        tx.remove(("Endpoints", *key[1:]))
    for child in _children(tx.cluster, key):
        if not child.terminating and not _is_owned(child, owner):
            tx.delete(child.key)


def _waits(owner: Obj) -> bool:
    return owner.terminating and FOREGROUND in (owner.metadata.get("finalizers") or ())


def _collect_first(tx: Transaction, owner: Obj) -> None:
    children = _children(tx.cluster, owner.key)
    for child in children:
        if not child.terminating:
            tx.delete(child.key, propagation="foreground" if _children(tx.cluster, child.key) else "background")
    if not children:
        rest = [f for f in owner.metadata["finalizers"] if f != FOREGROUND]
        released = tx.put({**owner.body, "metadata": {**owner.metadata, "finalizers": rest}})
        if not rest:
            tx.remove(released.key)


def _children(cluster: Cluster, key: Key) -> list[Obj]:
    return [child for kind in CHILDREN for child in cluster.owned_by(key, kind)]


def _is_owned(child: Obj, owner: Obj | None) -> bool:
    """Whether *owner* is the very object that the child's reference means."""
    references = child.metadata.get("ownerReferences") or ()
    return owner is not None and any(r.get("controller") and r.get("uid") == owner.uid for r in references)
