"""StatefulSet: pods with stable names, one after the other (pkg/controller/statefulset)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.objects import Obj, Pod
from .templates import create_pod, template_hash
from .watching import controller_of, itself

WATCHES = {"StatefulSet": itself, "Pod": controller_of("StatefulSet")}
REVISION_LABEL = "controller-revision-hash"


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    pods = {ordinal(p): p for p in tx.cluster.owned_by(key, "Pod")}
    start = (owner.spec.get("ordinals") or {}).get("start", 0)
    wanted = range(start, start + owner.spec.get("replicas", 1))
    ordered = owner.spec.get("podManagementPolicy", "OrderedReady") == "OrderedReady"
    if _fill(tx, owner, pods, wanted, ordered) and not _shrink(tx, pods, wanted, ordered):
        _update(tx, owner, pods, wanted)
    _update_status(tx, tx.cluster.find(key))


def ordinal(pod: Obj) -> int:
    return int(pod.name.rsplit("-", 1)[1])


def revision(owner: Obj) -> str:
    return f"{owner.name}-{template_hash(owner.spec['template'])}"


def _fill(tx: Transaction, owner: Obj, pods: dict[int, Pod], wanted: range, ordered: bool) -> bool:
    """Create what is missing, lowest first; in order, each waits until the one before is ready. True when complete."""
    for number in wanted:
        pod = pods.get(number)
        if pod is None:
            _create(tx, owner, number)
        if (pod is None or not pod.ready or pod.terminating) and ordered:
            return False
    return True


def _create(tx: Transaction, owner: Obj, number: int) -> None:
    name = f"{owner.name}-{number}"
    labels = {
        "apps.kubernetes.io/pod-index": str(number),
        REVISION_LABEL: revision(owner),
        "statefulset.kubernetes.io/pod-name": name,
    }
    create_pod(tx, owner, name, labels, {"hostname": name, "subdomain": owner.spec.get("serviceName") or ""})
    tx.event(
        owner,
        "SuccessfulCreate",
        f"create Pod {name} in StatefulSet {owner.name} successful",
        "statefulset-controller",
    )


def _shrink(tx: Transaction, pods: dict[int, Pod], wanted: range, ordered: bool) -> bool:
    """Delete what is too much, highest first; in order, one at a time. True while there is something to go."""
    surplus = sorted((n for n in pods if n not in wanted), reverse=True)
    for number in surplus[:1] if ordered else surplus:
        if not pods[number].terminating:
            tx.delete(pods[number].key)
    return bool(surplus)


def _update(tx: Transaction, owner: Obj, pods: dict[int, Pod], wanted: range) -> None:
    """RollingUpdate replaces pods of an older revision from the highest ordinal down, one at a time."""
    strategy = owner.spec.get("updateStrategy") or {}
    if strategy.get("type", "RollingUpdate") != "RollingUpdate":
        return
    partition = (strategy.get("rollingUpdate") or {}).get("partition", 0)
    for number in sorted((n for n in wanted if n >= partition), reverse=True):
        pod = pods.get(number)
        if pod is None or pod.terminating:
            return
        if pod.labels.get(REVISION_LABEL) != revision(owner):
            tx.delete(pod.key)
            return
        if not pod.ready:
            return


def _update_status(tx: Transaction, owner: Obj) -> None:
    pods = [p for p in tx.cluster.owned_by(owner.key, "Pod") if not p.terminating]
    ready = sum(1 for p in pods if p.ready)
    now = revision(owner)
    status: Body = {
        "observedGeneration": owner.metadata.get("generation", 1),
        "replicas": len(pods),
        "availableReplicas": ready,
        "currentReplicas": len(pods),
        "updatedReplicas": sum(1 for p in pods if p.labels.get(REVISION_LABEL) == now),
        "currentRevision": now,
        "updateRevision": now,
        "collisionCount": 0,
    }
    if ready:
        status["readyReplicas"] = ready
    tx.set_status(owner, status)
