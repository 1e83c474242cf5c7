"""Deployment: rolls its pods from one ReplicaSet to the next (pkg/controller/deployment/rolling.go, recreate.go)."""

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.editing import with_value, without
from ..cluster.objects import Obj
from ..cluster.selectors import label_selector_matches
from . import progress
from .progress import available as _available
from .progress import surge, unavailable
from .scaling import REVISION, numbers, revision, scale, spread, wanted, was_resized
from .templates import template_hash
from .watching import controller_of, itself, owner_reference

WATCHES = {"Deployment": itself, "ReplicaSet": controller_of("Deployment")}
OWN_ANNOTATIONS = frozenset(
    (
        "kubectl.kubernetes.io/last-applied-configuration",
        REVISION,
        "deployment.kubernetes.io/revision-history",
        "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas",
        "deprecated.deployment.rollback.to",
    )
)
"""Those that mean a Deployment or a ReplicaSet alone."""


def reconcile(tx: Transaction, key: Key) -> None:
    deployment = tx.cluster.find(key)
    if deployment is None or deployment.terminating:
        return
    _adopt(tx, deployment)
    recreates = (deployment.spec.get("strategy") or {}).get("type") == "Recreate"
    new = _new_replica_set(tx, deployment, may_create=not (recreates and _old_pods_run(tx, deployment)))
    old = [rs for rs in tx.cluster.owned_by(key, "ReplicaSet") if new is None or rs.key != new.key]
    if deployment.spec.get("paused") or was_resized(deployment, [*old, *([new] if new else ())]):
        spread(tx, deployment, new, old)
    elif recreates:
        _recreate(tx, deployment, new, old)
    elif new is not None:
        _roll(tx, deployment, new, old)
    _clean_up(tx, deployment, old)
    progress.update_status(tx, tx.cluster.find(key), new.key if new is not None else None)


def _adopt(tx: Transaction, deployment: Obj) -> None:
    """ReplicaSets without an owner that the selector matches, as `kubectl delete --cascade=orphan` leaves them."""
    for rs in tx.cluster.orphaned_sets(deployment.namespace):
        if label_selector_matches(deployment.spec["selector"], rs.labels) and not rs.terminating:
            tx.put({**rs.body, "metadata": {**rs.metadata, "ownerReferences": [owner_reference(deployment.body)]}})


def _old_pods_run(tx: Transaction, deployment: Obj) -> bool:
    """Also those that are still going."""
    sets = tx.cluster.owned_by(deployment.key, "ReplicaSet")
    old = (rs for rs in sets if not _same_template(rs, deployment))
    return any(not pod.finished for rs in old for pod in tx.cluster.owned_by(rs.key, "Pod"))


def _new_replica_set(tx: Transaction, deployment: Obj, may_create: bool) -> Obj | None:
    """The ReplicaSet of the present template; a template seen before brings its old set back, as newest revision.

    A paused Deployment makes no new one, nor does one that recreates before the old pods are gone.
    """
    sets = tx.cluster.owned_by(deployment.key, "ReplicaSet")
    newest = max((revision(rs) for rs in sets), default=0)
    found = next((rs for rs in sets if _same_template(rs, deployment)), None)
    if found is None:
        if deployment.spec.get("paused") or not may_create:
            return None
        name = f"{deployment.name}-{template_hash(deployment.spec['template'])}"
        found = tx.put(_replica_set(deployment, name, newest + 1))
    elif revision(found) < newest:
        found = tx.put(with_value(found.body, ("metadata", "annotations", REVISION), str(newest + 1)))
    if found.spec.get("minReadySeconds") != deployment.spec.get("minReadySeconds"):
        spec = {k: v for k, v in found.spec.items() if k != "minReadySeconds"} | _patience(deployment)
        found = tx.put({**found.body, "spec": spec})
    if carried := _carried(deployment, found):
        found = tx.put(with_value(found.body, ("metadata", "annotations"), {**found.annotations, **carried}))
    if revision(found) != revision(deployment):
        tx.put(with_value(deployment.body, ("metadata", "annotations", REVISION), str(revision(found))))
    return found


def _patience(deployment: Obj) -> Body:
    """How long a pod must have been ready; the set counts the available ones."""
    seconds = deployment.spec.get("minReadySeconds")
    return {} if seconds is None else {"minReadySeconds": seconds}


def _carried(deployment: Obj, rs: Obj) -> dict[str, str]:
    """Annotations that the newest set takes over, the cause of the change among them; never taken away again
    (deployment_util.go: copyDeploymentAnnotationsToReplicaSet)."""
    return {
        key: value
        for key, value in deployment.annotations.items()
        if key not in OWN_ANNOTATIONS and rs.annotations.get(key) != value
    }


def _same_template(rs: Obj, deployment: Obj) -> bool:
    """Whether the set was made from the present template; only the hash was added to its labels."""
    path = ("metadata", "labels", "pod-template-hash")
    return bool(without(rs.spec["template"], path) == deployment.spec["template"])


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
                **numbers(deployment),
                REVISION: str(number),
            },
            "ownerReferences": [owner_reference(deployment.body)],
        },
        "spec": {
            "replicas": 0,
            "selector": {**selector, "matchLabels": match},
            **_patience(deployment),
            "template": {**template, "metadata": {**(template.get("metadata") or {}), "labels": labels}},
        },
        "status": {"replicas": 0},
    }


def _recreate(tx: Transaction, deployment: Obj, new: Obj | None, old: list[Obj]) -> None:
    """All old pods go before the first new one comes."""
    for rs in old:
        scale(tx, deployment, rs, 0)
    if new is not None and not _old_pods_run(tx, deployment):
        scale(tx, deployment, new, deployment.spec.get("replicas", 1))


def _roll(tx: Transaction, deployment: Obj, new: Obj, old: list[Obj]) -> None:
    """New pods come as far as maxSurge allows, old ones go as far as maxUnavailable allows."""
    desired = deployment.spec.get("replicas", 1)
    room = desired + surge(deployment) - wanted(new) - sum(map(wanted, old))
    target = desired if wanted(new) > desired else min(desired, wanted(new) + max(0, room))
    new = scale(tx, deployment, new, target)
    total = wanted(new) + sum(map(wanted, old))
    spare = total - (desired - unavailable(deployment)) - (wanted(new) - _available(new))
    spare -= _scale_down_unhealthy(tx, deployment, old, spare)
    old = [tx.cluster.find(rs.key) for rs in old]
    spare = min(spare, _available(new) + sum(map(_available, old)) - (desired - unavailable(deployment)))
    for rs in sorted(old, key=lambda rs: rs.created):
        step = max(0, min(wanted(rs), spare))
        scale(tx, deployment, rs, wanted(rs) - step)
        spare -= step


def _scale_down_unhealthy(tx: Transaction, deployment: Obj, old: list[Obj], spare: int) -> int:
    """Old pods that do not serve anyway go first."""
    gone = 0
    for rs in sorted(old, key=lambda rs: rs.created):
        step = max(0, min(wanted(rs) - _available(rs), spare - gone))
        scale(tx, deployment, rs, wanted(rs) - step)
        gone += step
    return gone


def _clean_up(tx: Transaction, deployment: Obj, old: list[Obj]) -> None:
    """Only `revisionHistoryLimit` empty sets are kept for undo."""
    idle = [rs for rs in (tx.cluster.find(rs.key) for rs in old) if not wanted(rs) and not rs.status.get("replicas")]
    limit = deployment.spec.get("revisionHistoryLimit", 10)
    for rs in sorted(idle, key=revision)[: max(0, len(idle) - limit)]:
        tx.remove(rs.key)
