"""A pod counts as available once it has been ready for `minReadySeconds` (IsPodAvailable in pkg/api/v1/pod)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from ..cluster.changes import Key
from ..cluster.clock import lapse, moment
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster

Moments = Callable[..., Iterable[datetime]]
Keys = Callable[[Cluster, datetime], list[Key]]


def available_at(pod: Pod, owner: Obj) -> datetime | None:
    """When the pod is or will be available; None while it is not ready."""
    if not pod.ready:
        return None
    since = next(c["lastTransitionTime"] for c in pod.status["conditions"] if c["type"] == "Ready")
    return moment(since) + lapse(owner.spec.get("minReadySeconds") or 0)


def is_available(pod: Pod, owner: Obj, now: datetime) -> bool:
    if not owner.spec.get("minReadySeconds"):
        return pod.ready
    ripe = available_at(pod, owner)
    return ripe is not None and ripe <= now


def clock(*kinds: str) -> tuple[Moments, Keys]:
    """When workloads of these kinds have something to do because a pod has been ready long enough."""

    def due_moments(cluster: Cluster, patient: bool = True) -> Iterator[datetime]:
        for owner in _ripening(cluster, kinds):
            due = _due(cluster, owner)
            if due is not None:
                yield due

    def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
        late = ((owner.key, _due(cluster, owner)) for owner in _ripening(cluster, kinds))
        return sorted(key for key, due in late if due is not None and due <= now)

    return due_moments, due_keys


def _ripening(cluster: Cluster, kinds: tuple[str, ...]) -> Iterator[Obj]:
    for kind in kinds:
        for key in cluster.lookup("ripening", kind):
            yield cluster.find(key)


def _due(cluster: Cluster, owner: Obj) -> datetime | None:
    """The next to ripen: what counts already is in the status, which for a DaemonSet counts nodes."""
    pods = [p for p in cluster.owned_by(owner.key, "Pod") if not p.terminating]
    ripe: dict[object, datetime] = {}
    for pod in pods:
        when, place = available_at(pod, owner), pod.node if owner.kind == "DaemonSet" else pod.key
        if when is not None:
            ripe[place] = min(when, ripe.get(place, when))
    counted = int(owner.status.get("availableReplicas") or owner.status.get("numberAvailable") or 0)
    return sorted(ripe.values())[counted] if counted < len(ripe) else None
