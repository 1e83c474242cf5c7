"""The control plane: controllers that watch objects and bring the world closer to what is wanted.

`settle` hands every change to the controllers that watch its kind, in causal order, until none has anything
left to do at this moment, and says when the passing of time will next make a difference.
"""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from types import ModuleType

from ..cluster.apiserver import Transaction
from ..cluster.changes import Change, Key
from ..cluster.state import Cluster
from . import (
    cloud,
    daemonset,
    deployment,
    endpoints,
    garbage,
    ingress,
    job,
    kubelet,
    mirror,
    namespace,
    node_lifecycle,
    pod_gc,
    progress,
    replicaset,
    scheduler,
    statefulset,
    taint_eviction,
)

CONTROLLERS: tuple[ModuleType, ...] = (
    namespace,
    garbage,
    deployment,
    replicaset,
    statefulset,
    daemonset,
    job,
    scheduler,
    node_lifecycle,
    taint_eviction,
    pod_gc,
    kubelet,
    endpoints,
    mirror,
    cloud,
    ingress,
)

TIMED: tuple[tuple[ModuleType, ModuleType], ...] = (
    (node_lifecycle, node_lifecycle),
    (taint_eviction, taint_eviction),
    (pod_gc, pod_gc),
    (kubelet, kubelet),
    (progress, deployment),
    (replicaset, replicaset),
    (statefulset, statefulset),
    (daemonset, daemonset),
    (job, job),
)
"""Who tells what is due, and who then acts; those for which the passing of time alone makes a difference."""
Mapper = Callable[[Cluster, Change], Iterable[Key]]
_WATCHERS: dict[str, list[tuple[ModuleType, Mapper]]] = {}
for _controller in CONTROLLERS:
    for _kind, _mapper in _controller.WATCHES.items():
        _WATCHERS.setdefault(_kind, []).append((_controller, _mapper))

MOST_STEPS = 200_000
"""More reconciliations than this in one settle would mean controllers that fight each other."""


def settle(tx: Transaction) -> datetime | None:
    """Run the controllers until nothing is left to do at `tx.now`; returns when something is next due, or None."""
    queue: deque[tuple[ModuleType, Key]] = deque()
    waiting: set[tuple[ModuleType, Key]] = set()

    def enqueue(controller: ModuleType, key: Key) -> None:
        if (controller, key) not in waiting:
            waiting.add((controller, key))
            queue.append((controller, key))

    def take_in() -> None:
        while tx.settled < len(tx.changes):
            change = tx.changes[tx.settled]
            tx.settled += 1
            for controller, mapper in _WATCHERS.get(change.key[0], ()):
                for key in mapper(tx.cluster, change):
                    enqueue(controller, key)

    take_in()
    for clock, controller in TIMED:
        for key in clock.due_keys(tx.cluster, tx.now):
            enqueue(controller, key)
    for _ in range(MOST_STEPS):
        if not queue:
            return next_due(tx.cluster)
        item = queue.popleft()
        waiting.discard(item)
        item[0].reconcile(tx, item[1])
        take_in()
    raise RuntimeError("the controllers do not come to rest")


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    """The objects to which time alone will have done something by *now*."""
    return sorted({key for clock, _ in TIMED for key in clock.due_keys(cluster, now)})


def next_due(cluster: Cluster, patient: bool = True) -> datetime | None:
    """When time alone will next change something; with *patient* also what repeats for ever, or is only a deadline."""
    moments = [m for clock, _ in TIMED for m in clock.due_moments(cluster, patient)]
    return min(moments, default=None)


def quiesce(tx: Transaction, most: int = 10_000) -> None:
    """Let time pass until nothing more is due; `tx.now` ends there."""
    for _ in range(most):
        settle(tx)
        due = next_due(tx.cluster, patient=False)
        if due is None:
            return
        tx.now = max(tx.now, due)
    raise RuntimeError("the cluster does not come to rest")
