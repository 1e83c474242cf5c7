"""Deployment: rolls its pods from one ReplicaSet to the next (pkg/controller/deployment/rolling.go, recreate.go)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import stamp
from ..cluster.editing import with_value
from ..cluster.objects import Obj
from .templates import template_hash
from .watching import controller_of, itself, owner_reference, set_condition

WATCHES = {"Deployment": itself, "ReplicaSet": controller_of("Deployment")}
REVISION = "deployment.kubernetes.io/revision"


def reconcile(tx: Transaction, key: Key) -> None:
    deployment = tx.cluster.find(key)
    if deployment is None or deployment.terminating:
        return
    new = _new_replica_set(tx, deployment)
    old = [rs for rs in tx.cluster.owned_by(key, "ReplicaSet") if rs.key != new.key]
    if not deployment.spec.get("paused"):
        if (deployment.spec.get("strategy") or {}).get("type") == "Recreate":
            _recreate(tx, deployment, new, old)
        else:
            _roll(tx, deployment, new, old)
    _clean_up(tx, deployment, old)
    _update_status(tx, tx.cluster.find(key), new.key)


def revision(obj: Obj) -> int:
    return int(obj.annotations.get(REVISION, "0"))


def _new_replica_set(tx: Transaction, deployment: Obj) -> Obj:
    """The ReplicaSet of the present template; a template seen before brings its old set back, as newest revision."""
    sets = tx.cluster.owned_by(deployment.key, "ReplicaSet")
    name = f"{deployment.name}-{template_hash(deployment.spec['template'])}"
    newest = max((revision(rs) for rs in sets), default=0)
    found = next((rs for rs in sets if rs.name == name), None)
    if found is None:
        found = tx.put(_replica_set(deployment, name, newest + 1))
    elif revision(found) < newest:
        found = tx.put(with_value(found.body, ("metadata", "annotations", REVISION), str(newest + 1)))
    if revision(found) != revision(deployment):
        tx.put(with_value(deployment.body, ("metadata", "annotations", REVISION), str(revision(found))))
    return found


def _replica_set(deployment: Obj, name: str, number: int) -> Body:
    template = deployment.spec["template"]
    pod_hash = name.rsplit("-", 1)[1]
    labels = {**((template.get("metadata") or {}).get("labels") or {}), "pod-template-hash": pod_hash}
    selector = deployment.spec["selector"]
    match = {**(selector.get("matchLabels") or {}), "pod-template-hash": pod_hash}
    return {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": name,
            "namespace": deployment.namespace,
            "labels": labels,
            "annotations": {
                "deployment.kubernetes.io/desired-replicas": str(deployment.spec.get("replicas", 1)),
                "deployment.kubernetes.io/max-replicas": str(deployment.spec.get("replicas", 1) + surge(deployment)),
                REVISION: str(number),
            },
            "ownerReferences": [owner_reference(deployment.body)],
        },
        "spec": {
            "replicas": 0,
            "selector": {**selector, "matchLabels": match},
            "template": {**template, "metadata": {**(template.get("metadata") or {}), "labels": labels}},
        },
        "status": {"replicas": 0},
    }


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


def _wanted(rs: Obj) -> int:
    return rs.spec.get("replicas", 1)


def _available(rs: Obj) -> int:
    return rs.status.get("availableReplicas", 0)


def _scale(tx: Transaction, deployment: Obj, rs: Obj, replicas: int) -> Obj:
    was = _wanted(rs)
    if was == replicas:
        return rs
    scaled = tx.put(with_value(rs.body, ("spec", "replicas"), replicas))
    way = "up" if replicas > was else "down"
    tx.event(
        deployment,
        "ScalingReplicaSet",
        f"Scaled {way} replica set {rs.name} from {was} to {replicas}",
        "deployment-controller",
    )
    return scaled


def _recreate(tx: Transaction, deployment: Obj, new: Obj, old: list[Obj]) -> None:
    """All old pods go before the first new one comes."""
    for rs in old:
        _scale(tx, deployment, rs, 0)
    if not any(tx.cluster.owned_by(rs.key, "Pod") for rs in old):
        _scale(tx, deployment, new, deployment.spec.get("replicas", 1))


def _roll(tx: Transaction, deployment: Obj, new: Obj, old: list[Obj]) -> None:
    """New pods come as far as maxSurge allows, old ones go as far as maxUnavailable allows."""
    desired = deployment.spec.get("replicas", 1)
    room = desired + surge(deployment) - _wanted(new) - sum(map(_wanted, old))
    target = desired if _wanted(new) > desired else min(desired, _wanted(new) + max(0, room))
    new = _scale(tx, deployment, new, target)
    total = _wanted(new) + sum(map(_wanted, old))
    spare = total - (desired - unavailable(deployment)) - (_wanted(new) - _available(new))
    spare -= _scale_down_unhealthy(tx, deployment, old, spare)
    old = [tx.cluster.find(rs.key) for rs in old]
    spare = min(spare, _available(new) + sum(map(_available, old)) - (desired - unavailable(deployment)))
    for rs in sorted(old, key=lambda rs: rs.created):
        step = max(0, min(_wanted(rs), spare))
        _scale(tx, deployment, rs, _wanted(rs) - step)
        spare -= step


def _scale_down_unhealthy(tx: Transaction, deployment: Obj, old: list[Obj], spare: int) -> int:
    """Old pods that do not serve anyway go first."""
    gone = 0
    for rs in sorted(old, key=lambda rs: rs.created):
        step = max(0, min(_wanted(rs) - _available(rs), spare - gone))
        _scale(tx, deployment, rs, _wanted(rs) - step)
        gone += step
    return gone


def _clean_up(tx: Transaction, deployment: Obj, old: list[Obj]) -> None:
    """Only `revisionHistoryLimit` empty sets are kept for undo."""
    idle = [rs for rs in (tx.cluster.find(rs.key) for rs in old) if not _wanted(rs) and not rs.status.get("replicas")]
    limit = deployment.spec.get("revisionHistoryLimit", 10)
    for rs in sorted(idle, key=revision)[: max(0, len(idle) - limit)]:
        tx.remove(rs.key)


def _update_status(tx: Transaction, deployment: Obj, new_key: Key) -> None:
    sets = tx.cluster.owned_by(deployment.key, "ReplicaSet")
    new = tx.cluster.find(new_key)
    desired = deployment.spec.get("replicas", 1)
    total = sum(rs.status.get("replicas", 0) for rs in sets)
    available = sum(map(_available, sets))
    counts = {
        "availableReplicas": available,
        "readyReplicas": sum(rs.status.get("readyReplicas", 0) for rs in sets),
        "replicas": total,
        "updatedReplicas": new.status.get("replicas", 0),
        "unavailableReplicas": max(0, desired - available),
    }
    status: Body = {k: v for k, v in counts.items() if v}
    status["observedGeneration"] = deployment.metadata.get("generation", 1)
    terminating = sum(1 for rs in sets for p in tx.cluster.owned_by(rs.key, "Pod") if p.terminating)
    status["terminatingReplicas"] = terminating
    complete = new.status.get("replicas", 0) == desired == total and available >= desired
    status["conditions"] = _conditions(
        deployment, new, available >= desired - unavailable(deployment), complete, stamp(tx.now)
    )
    tx.set_status(deployment, status)


def _conditions(deployment: Obj, new: Obj, enough: bool, complete: bool, now: str) -> list[Body]:
    available: Body = {
        "type": "Available",
        "status": "True",
        "reason": "MinimumReplicasAvailable",
        "message": "Deployment has minimum availability.",
    }
    if not enough:
        available |= {
            "status": "False",
            "reason": "MinimumReplicasUnavailable",
            "message": "Deployment does not have minimum availability.",
        }
    progress: Body = {
        "type": "Progressing",
        "status": "True",
        "reason": "ReplicaSetUpdated",
        "message": f'ReplicaSet "{new.name}" is progressing.',
    }
    if complete:
        progress |= {
            "reason": "NewReplicaSetAvailable",
            "message": f'ReplicaSet "{new.name}" has successfully progressed.',
        }
    conditions = deployment.status.get("conditions") or []
    before = {c["type"]: {k: c[k] for k in ("status", "reason", "message")} for c in conditions}
    for condition in (available, progress):
        if before.get(condition["type"]) != {k: condition[k] for k in ("status", "reason", "message")}:
            conditions = set_condition(conditions, {**condition, "lastUpdateTime": now}, now)
    return conditions
