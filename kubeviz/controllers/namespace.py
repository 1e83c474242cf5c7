"""Namespaces: one that is deleted takes everything inside with it."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Key
from .watching import itself

WATCHES = {"Namespace": itself}


def reconcile(tx: Transaction, key: Key) -> None:
    if tx.cluster.find(key) is not None:
        return
    inside = [obj.key for obj in tx.cluster if obj.namespace == key[2]]
    for child in sorted(inside):
        if tx.cluster.find(child) is not None:
            tx.remove(child)
