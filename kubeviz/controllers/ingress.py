"""The ingress controller's own bookkeeping: it writes its outside address into the Ingresses that it serves."""

from collections.abc import Iterable

from ..cluster import ingresses
from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.editing import with_value
from ..cluster.state import Cluster
from .watching import itself


def _all(cluster: Cluster, change: Change) -> Iterable[Key]:
    return [i.key for i in cluster.of_kind("Ingress")]


def _all_if_controllers(cluster: Cluster, change: Change) -> Iterable[Key]:
    return _all(cluster, change) if change.key[1] == ingresses.NAMESPACE else ()


WATCHES = {
    "Ingress": itself,
    "IngressClass": _all,
    "Service": _all_if_controllers,
    "Pod": _all_if_controllers,
    "Environment": _all,
}


def reconcile(tx: Transaction, key: Key) -> None:
    ingress = tx.cluster.find(key)
    if ingress is None:
        return
    served = ingresses.served(tx.cluster, ingress)
    entries: list[Body] = [{"ip": ip} for ip in ingresses.controller_addresses(tx.cluster)] if served else []
    wanted = {"ingress": entries} if entries else {}
    if ingresses.has_foreign_controller(tx.cluster, ingress):
        return
    if (ingress.status.get("loadBalancer") or {}) != wanted:
        tx.put(with_value(ingress.body, ("status", "loadBalancer"), wanted))
