"""DaemonSet: one pod on each node it fits, whether or not the node is ready (pkg/controller/daemon)."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster
from . import availability, revisions
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


due_moments, due_keys = availability.clock("DaemonSet")
WATCHES = {"DaemonSet": itself, "Pod": controller_of("DaemonSet"), "Node": _all}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    revisions.record(tx, owner)
    wanted = [n.name for n in tx.cluster.of_kind("Node") if fits(_template(owner)["spec"], n, daemon=True)]
    pods = tx.cluster.owned_by(key, "Pod")
    for pod in _misplaced(pods, wanted):
        _delete(tx, owner, pod)
    here = [p for p in pods if p.node in wanted and not p.terminating and not p.finished]
    taken = {pod.node for pod in pods}
    for node in wanted:
        if node not in taken:
            _create(tx, owner, node)
    if (owner.spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate":
        _roll(tx, owner, here, len(wanted))
    _update_status(tx, tx.cluster.find(key), wanted)
    revisions.clean_up(
        tx, owner, {f"{owner.name}-{p.labels.get(HASH_LABEL)}" for p in pods} | {revisions.name_of(owner)}
    )


def _template(owner: Obj) -> Body:
    template: Body = owner.spec["template"]
    return template


def _misplaced(pods: list[Pod], wanted: list[str]) -> list[Pod]:
    """Pods on nodes that do not fit, and pods that ended."""
    return [p for p in pods if not p.terminating and (p.node not in wanted or p.finished)]


def _roll(tx: Transaction, owner: Obj, pods: list[Pod], count: int) -> None:
    """Pods of an older template give way: one by one to a successor, or (maxSurge) only once it is there."""
    extra = _portion(owner, "maxSurge", 0, count)
    if extra:
        _surge(tx, owner, pods, extra)
        return
    old = [p for p in pods if _outdated(owner, p)]
    serving = [p for p in pods if availability.is_available(p, owner, tx.now)]
    spare = max(1, _portion(owner, "maxUnavailable", 1, count)) - (count - len(serving))
    for pod in [p for p in old if p not in serving] + [p for p in old if p in serving][: max(0, spare)]:
        _delete(tx, owner, pod)


def _surge(tx: Transaction, owner: Obj, pods: list[Pod], most: int) -> None:
    """Beside an old pod a new one starts, on so many nodes at once; where it is available, the old one goes."""
    new = {p.node: p for p in pods if not _outdated(owner, p)}
    old = {p.node: p for p in pods if _outdated(owner, p)}
    for node, pod in old.items():
        if node in new and availability.is_available(new[node], owner, tx.now):
            _delete(tx, owner, pod)
    ripening = sum(1 for n in old if n in new and not availability.is_available(new[n], owner, tx.now))
    waiting = [node for node in old if node not in new]
    useless = [node for node in waiting if not availability.is_available(old[node], owner, tx.now)]
    for node in useless + [n for n in waiting if n not in useless][: max(0, most - ripening)]:
        _create(tx, owner, node)


def _portion(owner: Obj, field: str, default: int, count: int) -> int:
    """A number of nodes, or a percentage of them rounded up."""
    rolling = (owner.spec.get("updateStrategy") or {}).get("rollingUpdate") or {}
    return portion(rolling.get(field, default), count, up=True)


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
    """Nodes are counted, not pods: beside an old pod a new one may be starting (storeDaemonSetStatus)."""
    pods = [p for p in tx.cluster.owned_by(owner.key, "Pod") if not p.terminating and p.node in wanted]
    served = {p.node for p in pods if availability.is_available(p, owner, tx.now)}
    status: Body = {
        "observedGeneration": owner.metadata.get("generation", 1),
        "desiredNumberScheduled": len(wanted),
        "currentNumberScheduled": len({p.node for p in pods}),
        "numberReady": len({p.node for p in pods if p.ready}),
        "numberMisscheduled": 0,
        "updatedNumberScheduled": len({p.node for p in pods if not _outdated(owner, p)}),
    }
    counts = {"numberAvailable": len(served), "numberUnavailable": len(wanted) - len(served)}
    tx.set_status(owner, status | {name: count for name, count in counts.items() if count})
