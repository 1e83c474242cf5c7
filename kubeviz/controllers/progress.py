"""How far a Deployment's rollout has come, and whether it still moves (pkg/controller/deployment/progress.go)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import moment, stamp
from ..cluster.objects import Obj
from ..cluster.state import Cluster
from .watching import set_condition

AVAILABLE = {
    "type": "Available",
    "status": "True",
    "reason": "MinimumReplicasAvailable",
    "message": "Deployment has minimum availability.",
}
NOT_AVAILABLE = {
    **AVAILABLE,
    "status": "False",
    "reason": "MinimumReplicasUnavailable",
    "message": "Deployment does not have minimum availability.",
}
PAUSED = {"type": "Progressing", "status": "Unknown", "reason": "DeploymentPaused", "message": "Deployment is paused"}
SAID = ("status", "reason", "message")


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    """Deadlines of rollouts; nobody waits for one who wants things to come to rest."""
    for key in cluster.lookup("progressing", True) if patient else ():
        due = _deadline(cluster.find(key))
        if due is not None:
            yield due


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    late = ((key, _deadline(cluster.find(key))) for key in cluster.lookup("progressing", True))
    return sorted(key for key, due in late if due is not None and due <= now)


def _deadline(deployment: Obj) -> datetime | None:
    seconds = deployment.spec.get("progressDeadlineSeconds", 600)
    found = (c for c in deployment.status.get("conditions") or () if c["type"] == "Progressing")
    since = next(found, {"lastUpdateTime": ""}).get("lastUpdateTime")
    return moment(since) + timedelta(seconds=seconds) if since else None


def portion(value: int | str, of: int, up: bool) -> int:
    """An absolute number, or a percentage rounded up (maxSurge) or down (maxUnavailable)."""
    if isinstance(value, int):
        return value
    percent = int(value.rstrip("%")) * of
    return -(-percent // 100) if up else percent // 100


def surge(deployment: Obj) -> int:
    rolling = (deployment.spec.get("strategy") or {}).get("rollingUpdate") or {}
    return portion(rolling.get("maxSurge", "25%"), deployment.spec.get("replicas", 1), up=True)


def unavailable(deployment: Obj) -> int:
    """How many may be missing; 1 if neither surge nor absence were allowed, or a rollout could never move."""
    rolling = (deployment.spec.get("strategy") or {}).get("rollingUpdate") or {}
    most = portion(rolling.get("maxUnavailable", "25%"), deployment.spec.get("replicas", 1), up=False)
    return most or (1 if surge(deployment) == 0 else 0)


def available(rs: Obj) -> int:
    return int(rs.status.get("availableReplicas", 0))


def update_status(tx: Transaction, deployment: Obj, new_key: Key | None) -> None:
    sets = tx.cluster.owned_by(deployment.key, "ReplicaSet")
    new = tx.cluster.find(new_key) if new_key else None
    desired = deployment.spec.get("replicas", 1)
    counts = {
        "availableReplicas": sum(map(available, sets)),
        "readyReplicas": sum(rs.status.get("readyReplicas", 0) for rs in sets),
        "replicas": sum(rs.status.get("replicas", 0) for rs in sets),
        "updatedReplicas": new.status.get("replicas", 0) if new is not None else 0,
    }
    counts["unavailableReplicas"] = max(0, desired - counts["availableReplicas"])
    status: Body = {k: v for k, v in counts.items() if v}
    status["observedGeneration"] = deployment.metadata.get("generation", 1)
    terminating = sum(1 for rs in sets for p in tx.cluster.owned_by(rs.key, "Pod") if p.terminating)
    status["terminatingReplicas"] = terminating
    status["conditions"] = _conditions(tx, deployment, new, counts)
    tx.set_status(deployment, status)


def _conditions(tx: Transaction, deployment: Obj, new: Obj | None, counts: dict[str, int]) -> list[Body]:
    desired = deployment.spec.get("replicas", 1)
    enough = counts["availableReplicas"] >= desired - unavailable(deployment)
    known = deployment.status.get("conditions") or []
    before = {c["type"]: c for c in known}
    now = stamp(tx.now)
    wanted = [AVAILABLE if enough else NOT_AVAILABLE]
    progressing = _progressing(tx, deployment, new, counts, before.get("Progressing") or {})
    wanted += [progressing] if progressing else []
    for condition in wanted:
        old = before.get(condition["type"])
        moved = (
            condition["type"] == "Progressing" and _moved(deployment.status, counts) and condition["status"] == "True"
        )
        if old is None or moved or any(old.get(k) != condition[k] for k in SAID):
            known = set_condition(known, {**condition, "lastUpdateTime": now}, now)
    return known


def _moved(status: Body, counts: dict[str, int]) -> bool:
    """More new pods, fewer old ones, or more that serve, than last time."""
    before = {name: status.get(name, 0) for name in counts}
    old_before, old_now = (c["replicas"] - c["updatedReplicas"] for c in (before, counts))
    more = any(counts[n] > before[n] for n in ("updatedReplicas", "readyReplicas", "availableReplicas"))
    return more or old_now < old_before


def _progressing(
    tx: Transaction, deployment: Obj, new: Obj | None, counts: dict[str, int], before: Body
) -> Body | None:
    if deployment.spec.get("paused"):
        return PAUSED
    if new is None:
        return None
    desired = deployment.spec.get("replicas", 1)
    said: Body = {"type": "Progressing", "status": "True"}
    whole = counts["updatedReplicas"] == desired == counts["replicas"] and counts["availableReplicas"] >= desired
    if whole:
        text = f'ReplicaSet "{new.name}" has successfully progressed.'
        return {**said, "reason": "NewReplicaSetAvailable", "message": text}
    fresh = f'ReplicaSet "{new.name}"' not in before.get("message", "")
    done = before.get("reason") == "NewReplicaSetAvailable" and counts["replicas"] == counts["updatedReplicas"]
    if done and not fresh:
        return {**said, **{k: before[k] for k in SAID}}
    if not fresh and not _moved(deployment.status, counts):
        if before.get("reason") == "ProgressDeadlineExceeded":
            return {**said, **{k: before[k] for k in SAID}}
        due = _deadline(deployment)
        if due is not None and due <= tx.now:
            text = f'ReplicaSet "{new.name}" has timed out progressing.'
            return {**said, "status": "False", "reason": "ProgressDeadlineExceeded", "message": text}
    return {**said, "reason": "ReplicaSetUpdated", "message": f'ReplicaSet "{new.name}" is progressing.'}
