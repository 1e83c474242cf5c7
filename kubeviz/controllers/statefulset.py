"""StatefulSet: pods with stable names, one after the other (pkg/controller/statefulset)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.objects import Obj, Pod
from . import availability, revisions
from .claiming import claim
from .progress import portion
from .templates import create_pod, most_of
from .watching import controller_of, itself

due_moments, due_keys = availability.clock("StatefulSet")
WATCHES = {"StatefulSet": itself, "Pod": controller_of("StatefulSet")}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    claim(tx, owner, lambda pod: pod.name.rpartition("-")[0] == owner.name)
    update = revisions.record(tx, owner)
    current = owner.status.get("currentRevision") or update
    pods = {ordinal(p): p for p in tx.cluster.owned_by(key, "Pod")}
    start = (owner.spec.get("ordinals") or {}).get("start", 0)
    wanted = range(start, start + most_of(tx, owner, owner.spec.get("replicas", 1)))
    ordered = owner.spec.get("podManagementPolicy", "OrderedReady") == "OrderedReady"
    if _fill(tx, owner, pods, wanted, ordered, current) and not _shrink(tx, owner, pods, wanted, ordered):
        _update(tx, owner, pods, wanted)
    _update_status(tx, tx.cluster.find(key), current, update)
    revisions.clean_up(tx, owner, {current, update})


def ordinal(pod: Obj) -> int:
    return int(pod.name.rsplit("-", 1)[1])


def _partition(owner: Obj) -> int:
    """Pods with a lower number keep the revision they have."""
    strategy = owner.spec.get("updateStrategy") or {}
    return int((strategy.get("rollingUpdate") or {}).get("partition", 0))


def _fill(tx: Transaction, owner: Obj, pods: dict[int, Pod], wanted: range, ordered: bool, current: str) -> bool:
    """Create what is missing, lowest first; in order, each waits for the one before. True when complete."""
    for number in wanted:
        pod = pods.get(number)
        if pod is None:
            _create(tx, owner, number, current if number < _partition(owner) else revisions.name_of(owner))
        elif pod.finished and not pod.terminating:
            tx.delete(pod.key)
        if ordered and not (pod is not None and _serves(tx, owner, pod)):
            return False
    return True


def _create(tx: Transaction, owner: Obj, number: int, revision: str) -> None:
    name = f"{owner.name}-{number}"
    labels = {
        "apps.kubernetes.io/pod-index": str(number),
        revisions.HASH_LABEL: revision,
        "statefulset.kubernetes.io/pod-name": name,
    }
    own_name = {"hostname": name, "subdomain": owner.spec.get("serviceName") or ""}
    template = revisions.template_of(tx, owner, revision)
    create_pod(tx, owner, name, labels=labels, spec=own_name, template=template)
    text = f"create Pod {name} in StatefulSet {owner.name} successful"
    tx.event(owner, "SuccessfulCreate", text, "statefulset-controller")


def _shrink(tx: Transaction, owner: Obj, pods: dict[int, Pod], wanted: range, ordered: bool) -> bool:
    """Delete what is too much, highest first; in order, one at a time, each only while it serves: of those that do not
    serve the lowest goes first, and the others wait (processCondemned). True while something has to wait."""
    surplus = sorted((n for n in pods if n not in wanted), reverse=True)
    if not ordered:
        for number in surplus:
            _delete(tx, owner, pods[number])
        return False
    idle = [n for n in surplus if not _serves(tx, owner, pods[n])]
    if surplus and (surplus[0] not in idle or surplus[0] == idle[-1]):
        _delete(tx, owner, pods[surplus[0]])
    return bool(surplus)


def _serves(tx: Transaction, owner: Obj, pod: Pod) -> bool:
    return availability.is_available(pod, owner, tx.now) and not pod.terminating


def _delete(tx: Transaction, owner: Obj, pod: Pod) -> None:
    if pod.terminating:
        return
    tx.delete(pod.key)
    text = f"delete Pod {pod.name} in StatefulSet {owner.name} successful"
    tx.event(owner, "SuccessfulDelete", text, "statefulset-controller")


def _update(tx: Transaction, owner: Obj, pods: dict[int, Pod], wanted: range) -> None:
    """RollingUpdate replaces pods of an older revision from the highest ordinal down, as many at once as may be
    unavailable (maxUnavailable, by default one)."""
    strategy = owner.spec.get("updateStrategy") or {}
    if strategy.get("type", "RollingUpdate") != "RollingUpdate":
        return
    left = max(1, portion((strategy.get("rollingUpdate") or {}).get("maxUnavailable", 1), len(wanted), up=False))
    for number in sorted((n for n in wanted if n >= _partition(owner)), reverse=True):
        pod = pods.get(number)
        outdated = pod is not None and pod.labels.get(revisions.HASH_LABEL) != revisions.name_of(owner)
        if pod is not None and outdated:
            _delete(tx, owner, pod)
        left -= outdated or pod is None or not _serves(tx, owner, pod)
        if left <= 0:
            return


def _update_status(tx: Transaction, owner: Obj, current: str, update: str) -> None:
    """A pod that is going counts until it is gone, but for no revision. The update becomes current once every pod has
    it and is ready (completeRollingUpdate)."""
    pods = tx.cluster.owned_by(owner.key, "Pod")
    ready = sum(1 for p in pods if p.ready)

    def having(revision: str) -> int:
        return sum(1 for p in pods if not p.terminating and p.labels.get(revisions.HASH_LABEL) == revision)

    rolling = (owner.spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate"
    if rolling and having(update) == ready == len(pods) == owner.spec.get("replicas", 1):
        current = update
    status: Body = {
        "observedGeneration": owner.metadata.get("generation", 1),
        "replicas": len(pods),
        "availableReplicas": sum(1 for p in pods if availability.is_available(p, owner, tx.now)),
        "currentRevision": current,
        "updateRevision": update,
        "collisionCount": 0,
    }
    counts = {"currentReplicas": having(current), "updatedReplicas": having(update), "readyReplicas": ready}
    tx.set_status(owner, {**status, **{name: count for name, count in counts.items() if count}})
