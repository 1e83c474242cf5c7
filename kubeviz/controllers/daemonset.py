"""DaemonSet: one pod on each node it fits, whether or not the node is ready (pkg/controller/daemon)."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster
from .scheduler import fits
from .templates import create_pod, template_hash
from .watching import controller_of, itself

HASH_LABEL = "controller-revision-hash"


def _all(cluster: Cluster, change: Change) -> Iterable[Key]:
    return [d.key for d in cluster.of_kind("DaemonSet")]


WATCHES = {"DaemonSet": itself, "Pod": controller_of("DaemonSet"), "Node": _all}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    wanted = [n.name for n in tx.cluster.of_kind("Node") if fits(owner.spec["template"]["spec"], n, daemon=True)]
    pods = tx.cluster.owned_by(key, "Pod")
    for pod in pods:
        if (pod.node not in wanted or _outdated(owner, pod)) and not pod.terminating:
            tx.delete(pod.key)
    taken = {pod.node for pod in pods}
    for node in wanted:
        if node not in taken:
            _create(tx, owner, node)
    _update_status(tx, tx.cluster.find(key), wanted)


def _outdated(owner: Obj, pod: Pod) -> bool:
    rolls = (owner.spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate"
    return rolls and pod.labels.get(HASH_LABEL) != template_hash(owner.spec["template"])


def _create(tx: Transaction, owner: Obj, node: str) -> None:
    name = f"{owner.name}-{tx.suffix(owner.key, node)}"
    create_pod(tx, owner, name, {HASH_LABEL: template_hash(owner.spec["template"])}, {"nodeName": node})
    tx.event(owner, "SuccessfulCreate", f"Created pod: {name}", "daemonset-controller")


def _update_status(tx: Transaction, owner: Obj, wanted: list[str]) -> None:
    pods = [p for p in tx.cluster.owned_by(owner.key, "Pod") if not p.terminating]
    ready = sum(1 for p in pods if p.ready)
    status: Body = {
        "observedGeneration": owner.metadata.get("generation", 1),
        "desiredNumberScheduled": len(wanted),
        "currentNumberScheduled": len({p.node for p in pods}),
        "numberReady": ready,
        "numberMisscheduled": 0,
        "updatedNumberScheduled": sum(1 for p in pods if not _outdated(owner, p)),
    }
    if ready:
        status["numberAvailable"] = ready
    if len(wanted) > ready:
        status["numberUnavailable"] = len(wanted) - ready
    tx.set_status(owner, status)
