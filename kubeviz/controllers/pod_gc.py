"""Pods of a node that was deleted go after it (pkg/controller/podgc); in case that was a mistake they are given a
while."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster.apiserver import Transaction
from ..cluster.changes import Change, Key
from ..cluster.clock import moment, stamp
from ..cluster.editing import with_value
from ..cluster.identity import PRIVATE
from ..cluster.objects import Pod
from ..cluster.state import Cluster
from .watching import set_condition

QUARANTINE = timedelta(seconds=40)
DISRUPTED = {
    "type": "DisruptionTarget",
    "status": "True",
    "reason": "DeletionByPodGC",
    "message": "PodGC: node no longer exists",
    "lastProbeTime": None,
}


def _pods_left(cluster: Cluster, change: Change) -> Iterable[Key]:
    return sorted(cluster.lookup("node", change.key[2])) if change.op == "deleted" else ()


WATCHES = {"Node": _pods_left}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    yield from (due for _, due in _leaving(cluster))


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    return sorted(key for key, due in _leaving(cluster) if due <= now)


def _leaving(cluster: Cluster) -> Iterable[tuple[Key, datetime]]:
    for key in cluster.lookup("lost", True):
        if (due := _due(cluster, cluster.find(key))) is not None:
            yield key, due


def _due(cluster: Cluster, pod: Pod) -> datetime | None:
    """A node of that name that has come back takes its pods up again."""
    return None if cluster.get("Node", "", pod.node) else moment(pod.body[PRIVATE]["lost"]) + QUARANTINE


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None:
        return
    private = pod.body.get(PRIVATE) or {}
    due = _due(tx.cluster, pod) if "lost" in private else None
    if due is None:
        tx.put({**pod.body, PRIVATE: {**private, "lost": stamp(tx.now)}})
    elif due <= tx.now:
        _collect(tx, pod)


def _collect(tx: Transaction, pod: Pod) -> None:
    conditions = set_condition(pod.status.get("conditions") or [], DISRUPTED, stamp(tx.now))
    phase = pod.phase if pod.finished else "Failed"
    tx.put(with_value(pod.body, ("status",), {**pod.status, "phase": phase, "conditions": conditions}))
    tx.delete(pod.key, grace=0)
