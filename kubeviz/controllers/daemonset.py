"""DaemonSet: one pod on each node it fits, whether or not the node is ready (pkg/controller/daemon)."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster
from . import revisions
from .progress import portion
from .scheduler import fits
from .templates import create_pod, template_hash
from .watching import controller_of, itself

HASH_LABEL = revisions.HASH_LABEL


def _tolerates(key: str, effect: str) -> Body:
    return {"effect": effect, "key": f"node.kubernetes.io/{key}", "operator": "Exists"}


TOLERATIONS = [
    *(_tolerates(key, "NoExecute") for key in ("not-ready", "unreachable")),
    *(_tolerates(key, "NoSchedule") for key in ("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")),
]
"""What befalls a node does not drive its daemons away (AddOrUpdateDaemonPodTolerations)."""
HOST_NETWORK = [_tolerates("network-unavailable", "NoSchedule")]


def _all(cluster: Cluster, change: Change) -> Iterable[Key]:
    return [d.key for d in cluster.of_kind("DaemonSet")]


WATCHES = {"DaemonSet": itself, "Pod": controller_of("DaemonSet"), "Node": _all}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    revisions.record(tx, owner)
    wanted = [n.name for n in tx.cluster.of_kind("Node") if fits(_template(owner)["spec"], n, daemon=True)]
    pods = tx.cluster.owned_by(key, "Pod")
    for pod in _leaving(owner, pods, wanted):
        _delete(tx, owner, pod)
    taken = {pod.node for pod in pods}
    for node in wanted:
        if node not in taken:
            _create(tx, owner, node)
    _update_status(tx, tx.cluster.find(key), wanted)
    revisions.clean_up(
        tx, owner, {f"{owner.name}-{p.labels.get(HASH_LABEL)}" for p in pods} | {revisions.name_of(owner)}
    )


def _template(owner: Obj) -> Body:
    template: Body = owner.spec["template"]
    return template


def _leaving(owner: Obj, pods: list[Pod], wanted: list[str]) -> list[Pod]:
    """Pods on nodes that do not fit, pods that ended; and of an older template only as many as may be missing."""
    here = [p for p in pods if not p.terminating]
    gone = [p for p in here if p.node not in wanted or p.finished]
    rolls = (owner.spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate"
    old = [p for p in here if p not in gone and _outdated(owner, p)] if rolls else []
    served = sum(1 for p in here if p.ready and p not in gone)
    unready = [p for p in old if not p.ready]
    spare = _may_be_missing(owner, len(wanted)) - (len(wanted) - served)
    return [*gone, *unready, *[p for p in old if p.ready][: max(0, spare)]]


def _may_be_missing(owner: Obj, count: int) -> int:
    """maxUnavailable, a percentage of the nodes being rounded up; at least one, for we do not surge."""
    rolling = (owner.spec.get("updateStrategy") or {}).get("rollingUpdate") or {}
    return max(1, portion(rolling.get("maxUnavailable", 1), count, up=True))


def _outdated(owner: Obj, pod: Pod) -> bool:
    return pod.labels.get(HASH_LABEL) != template_hash(_template(owner))


def _delete(tx: Transaction, owner: Obj, pod: Pod) -> None:
    tx.delete(pod.key)
    tx.event(owner, "SuccessfulDelete", f"Deleted pod: {pod.name}", "daemonset-controller")


def _create(tx: Transaction, owner: Obj, node: str) -> None:
    name = f"{owner.name}-{tx.suffix(owner.key, node)}"
    spec = _template(owner)["spec"]
    tolerations = [*(spec.get("tolerations") or ()), *TOLERATIONS]
    more = {"nodeName": node, "tolerations": [*tolerations, *(HOST_NETWORK if spec.get("hostNetwork") else ())]}
    create_pod(tx, owner, name, {HASH_LABEL: template_hash(_template(owner))}, more)
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
