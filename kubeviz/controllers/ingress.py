"""The ingress controller's own bookkeeping: it writes its outside address into the Ingresses that it serves."""

from collections.abc import Iterable

from ..cluster import ingresses
from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.editing import with_value
from ..cluster.identity import PRIVATE
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
    """It takes back what it wrote when it goes (update-status-on-shutdown), and only that."""
    ingress = tx.cluster.find(key)
    if ingress is None:
        return
    served = ingresses.served(tx.cluster, ingress)
    private = ingress.body.get(PRIVATE) or {}
    if not served and not private.get("published"):
        return
    entries: list[Body] = [{"ip": ip} for ip in ingresses.controller_addresses(tx.cluster)] if served else []
    wanted = {"ingress": entries} if entries else {}
    if (ingress.status.get("loadBalancer") or {}) != wanted:
        body = with_value(ingress.body, ("status", "loadBalancer"), wanted)
        tx.put({**body, PRIVATE: {**private, "published": served}})
