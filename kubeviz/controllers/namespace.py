"""Namespaces: what each has from its start, and what goes with one that is deleted (pkg/controller/namespace,
pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher)."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.state import Cluster
from .watching import itself

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nkubeviz has no certificates\n-----END CERTIFICATE-----\n"
ABOUT_IT = (
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the "
    "internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes "
    "clusters."
)
OWN: tuple[tuple[str, str, Body], ...] = (
    ("ServiceAccount", "default", {}),
    ("ConfigMap", "kube-root-ca.crt", {"data": {"ca.crt": CERTIFICATE}}),
)
"""Every namespace has these, and gets them again when somebody deletes them."""


def _of_deleted(cluster: Cluster, change: Change) -> Iterable[Key]:
    if change.op == "deleted" and change.key[2] in [name for _, name, _ in OWN]:
        yield ("Namespace", "", change.key[1])


WATCHES = {"Namespace": itself, "ServiceAccount": _of_deleted, "ConfigMap": _of_deleted}


def reconcile(tx: Transaction, key: Key) -> None:
    namespace = tx.cluster.find(key)
    if namespace is not None:
        _furnish(tx, key[2])
        return
    inside = [obj.key for obj in tx.cluster if obj.namespace == key[2]]
    for child in sorted(inside):
        if tx.cluster.find(child) is not None:
            tx.remove(child)


def is_own(key: Key) -> bool:
    """Whether it is one of those that no user made."""
    return any(key[0] == kind and key[2] == name for kind, name, _ in OWN)


def _furnish(tx: Transaction, namespace: str) -> None:
    for kind, name, content in OWN:
        if tx.cluster.get(kind, namespace, name) is None:
            metadata: Body = {"name": name, "namespace": namespace}
            if kind == "ConfigMap":
                metadata["annotations"] = {"kubernetes.io/description": ABOUT_IT}
            tx.put({"apiVersion": "v1", "kind": kind, **content, "metadata": metadata})
