"""Garbage collection: what was controlled by a deleted object goes too (background cascade)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Key
from .watching import itself

OWNERS = (
    "Deployment",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
    "DaemonSet",
    "Job",
    "Service",
    "Endpoints",
)
CHILDREN = ("ReplicaSet", "Job", "Pod", "EndpointSlice", "Endpoints")

WATCHES = dict.fromkeys((*OWNERS, "Pod"), itself)


def reconcile(tx: Transaction, key: Key) -> None:
    if tx.cluster.find(key) is not None:
        return
    if key[0] == "Service" and tx.cluster.get("Endpoints", *key[1:]) is not None:
        tx.remove(("Endpoints", *key[1:]))
    for kind in CHILDREN:
        for child in tx.cluster.owned_by(key, kind):
            if not child.terminating:
                tx.delete(child.key)
