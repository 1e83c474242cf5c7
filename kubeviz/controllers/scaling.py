"""What a Deployment's new number means for its ReplicaSets (pkg/controller/deployment/sync.go: scale).

One set alone takes it. Of several, in the middle of a rollout, each takes its share.
"""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Key
from ..cluster.objects import Obj
from .progress import available, surge

REVISION = "deployment.kubernetes.io/revision"
DESIRED, MOST = "deployment.kubernetes.io/desired-replicas", "deployment.kubernetes.io/max-replicas"
"""What the Deployment wanted, and the most it allowed, when a set was last scaled."""


def revision(obj: Obj) -> int:
    return int(obj.annotations.get(REVISION, "0"))


def wanted(rs: Obj) -> int:
    return int(rs.spec.get("replicas", 1))


def desired(deployment: Obj) -> int:
    return int(deployment.spec.get("replicas", 1))


def numbers(deployment: Obj) -> dict[str, str]:
    return {DESIRED: str(desired(deployment)), MOST: str(desired(deployment) + surge(deployment))}


def scale(tx: Transaction, deployment: Obj, rs: Obj, replicas: int) -> Obj:
    """The set with so many replicas; it notes what its Deployment wants now."""
    was, noted = wanted(rs), {**rs.annotations, **numbers(deployment)}
    if was == replicas and noted == rs.annotations:
        return rs
    body = {**rs.body, "metadata": {**rs.metadata, "annotations": noted}, "spec": {**rs.spec, "replicas": replicas}}
    scaled: Obj = tx.put(body)
    if was != replicas:
        way = "up" if replicas > was else "down"
        text = f"Scaled {way} replica set {rs.name} from {was} to {replicas}"
        tx.event(deployment, "ScalingReplicaSet", text, "deployment-controller")
    return scaled


def was_resized(deployment: Obj, sets: list[Obj]) -> bool:
    """Whether the number changed since a set with pods was last scaled (isScalingEvent)."""
    now = str(desired(deployment))
    return any(wanted(rs) and rs.annotations.get(DESIRED, now) != now for rs in sets)


def spread(tx: Transaction, deployment: Obj, new: Obj | None, old: list[Obj]) -> None:
    active = [rs for rs in (*old, *([new] if new else ())) if wanted(rs)]
    if len(active) <= 1:
        rs = active[0] if active else new or max(old, key=revision, default=None)
        if rs is not None:
            scale(tx, deployment, rs, desired(deployment))
    elif new is not None and _saturated(deployment, new):
        for rs in old:
            scale(tx, deployment, rs, 0)
    else:
        for key, replicas in _shares(deployment, active).items():
            scale(tx, deployment, tx.cluster.find(key), replicas)


def _saturated(deployment: Obj, rs: Obj) -> bool:
    """The rollout is over but for the old sets."""
    number = desired(deployment)
    return wanted(rs) == number == available(rs) and rs.annotations.get(DESIRED) == str(number)


def _shares(deployment: Obj, active: list[Obj]) -> dict[Key, int]:
    """What there is to add or take away, in proportion; what rounding leaves goes to the largest set."""
    number = desired(deployment)
    change = (number + surge(deployment) if number else 0) - sum(map(wanted, active))
    ordered = sorted(active, key=lambda rs: (rs.created, rs.name), reverse=change > 0)
    ordered.sort(key=wanted, reverse=True)
    sizes, left = {}, change
    for rs in ordered:
        share = _share(deployment, rs)
        share = max(0, min(share, left)) if change > 0 else min(0, max(share, left))
        sizes[rs.key], left = wanted(rs) + share, left - share
    largest = ordered[0].key
    sizes[largest] = max(0, sizes[largest] + left)
    return sizes


def _share(deployment: Obj, rs: Obj) -> int:
    """How much a set would grow if it kept its part of the whole."""
    number = desired(deployment)
    before = int(rs.annotations.get(MOST) or deployment.status.get("replicas") or 0)
    if not number or not before:
        return -wanted(rs) if not number else 0
    return (2 * wanted(rs) * (number + surge(deployment)) + before) // (2 * before) - wanted(rs)
