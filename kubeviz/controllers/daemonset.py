"""DaemonSet: one pod on each node it fits, whether or not the node is ready (pkg/controller/daemon).

Each pod is made for a node, which it names as its affinity; the scheduler brings it there.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.identity import TEMPLATE_GENERATION
from ..cluster.objects import Node, Obj, Pod
from ..cluster.state import Cluster
from . import availability, revisions
from .claiming import claim
from .progress import portion
from .scheduler.nodes import named, untolerated, wants
from .templates import create_pod, template_hash
from .watching import controller_of, itself

HASH_LABEL = revisions.HASH_LABEL
GENERATION_LABEL = "pod-template-generation"


def _tolerates(key: str, effect: str) -> Body:
    return {"effect": effect, "key": f"node.kubernetes.io/{key}", "operator": "Exists"}


TOLERATIONS = [
    *(_tolerates(key, "NoExecute") for key in ("not-ready", "unreachable")),
    *(_tolerates(key, "NoSchedule") for key in ("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")),
]
"""What befalls a node does not drive its daemons away (AddOrUpdateDaemonPodTolerations)."""
HOST_NETWORK = [_tolerates("network-unavailable", "NoSchedule")]


class Places(NamedTuple):
    """Names of nodes: where a pod should start, and where one that is there may go on (NodeShouldRunDaemonPod)."""

    start: list[str]
    stay: list[str]


def _all(cluster: Cluster, change: Change) -> Iterable[Key]:
    return [d.key for d in cluster.of_kind("DaemonSet")]


due_moments, due_keys = availability.clock("DaemonSet")
WATCHES = {"DaemonSet": itself, "Pod": controller_of("DaemonSet"), "Node": _all}


def reconcile(tx: Transaction, key: Key) -> None:
    owner = tx.cluster.find(key)
    if owner is None or owner.terminating:
        return
    claim(tx, owner)
    revisions.record(tx, owner)
    places, pods = _places(tx.cluster, owner), tx.cluster.owned_by(key, "Pod")
    for pod in _misplaced(pods, places):
        _delete(tx, owner, pod)
    taken = {home(pod) for pod in pods}
    for node in places.start:
        if node not in taken:
            _create(tx, owner, node)
    here = [p for p in pods if home(p) in places.start and not p.terminating and not p.finished]
    if (owner.spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate":
        _roll(tx, owner, here, len(places.start))
    _update_status(tx, tx.cluster.find(key), places)
    revisions.clean_up(
        tx, owner, {f"{owner.name}-{p.labels.get(HASH_LABEL)}" for p in pods} | {revisions.name_of(owner)}
    )


def home(pod: Pod) -> str:
    """The node that the pod is on, or was made for."""
    return pod.node or next(iter(named(pod.spec) or ()), "")


def _template(owner: Obj) -> Body:
    template: Body = owner.spec["template"]
    return template


def _places(cluster: Cluster, owner: Obj) -> Places:
    """A taint NoSchedule keeps new pods away, and only NoExecute drives out those that are there."""
    spec = _tolerant(_template(owner)["spec"])
    wanted = [n for n in cluster.of_kind("Node") if wants(spec, n) and spec.get("nodeName") in (None, "", n.name)]
    return Places(_free_of(wanted, spec, ("NoSchedule", "NoExecute")), _free_of(wanted, spec, ("NoExecute",)))


def _free_of(nodes: list[Node], spec: Body, effects: tuple[str, ...]) -> list[str]:
    return [node.name for node in nodes if not untolerated(spec, node, effects)]


def _tolerant(spec: Body) -> Body:
    more = [*TOLERATIONS, *(HOST_NETWORK if spec.get("hostNetwork") else ())]
    return {**spec, "tolerations": [*(spec.get("tolerations") or ()), *more]}


def _misplaced(pods: list[Pod], places: Places) -> list[Pod]:
    """Pods on nodes that drive them out, and pods that ended."""
    return [p for p in pods if not p.terminating and (home(p) not in places.stay or p.finished)]


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
    new = {home(p): p for p in pods if not _outdated(owner, p)}
    old = {home(p): p for p in pods if _outdated(owner, p)}
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
    spec = _tolerant(_template(owner)["spec"])
    more = {"tolerations": spec["tolerations"], "affinity": _bound_to(node, spec.get("affinity") or {})}
    labels = {
        HASH_LABEL: template_hash(_template(owner)),
        GENERATION_LABEL: owner.annotations.get(TEMPLATE_GENERATION, "1"),
    }
    name = create_pod(tx, owner, labels=labels, spec=more)
    tx.event(owner, "SuccessfulCreate", f"Created pod: {name}", "daemonset-controller")


def _bound_to(node: str, affinity: Body) -> Body:
    """The one node, in place of what nodes were required (ReplaceDaemonSetPodNodeNameNodeAffinity)."""
    term = {"matchFields": [{"key": "metadata.name", "operator": "In", "values": [node]}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    return {**affinity, "nodeAffinity": {**(affinity.get("nodeAffinity") or {}), **required}}


def _update_status(tx: Transaction, owner: Obj, places: Places) -> None:
    """Nodes are counted, by the oldest pod on each: beside it a new one may be starting (updateDaemonSetStatus)."""
    oldest: dict[str, Pod] = {}
    for pod in sorted(tx.cluster.owned_by(owner.key, "Pod"), key=lambda p: (not p.node, p.created, p.name)):
        oldest.setdefault(home(pod), pod)
    right = [pod for node, pod in oldest.items() if node in places.start]
    served = sum(1 for pod in right if availability.is_available(pod, owner, tx.now))
    status: Body = {
        "observedGeneration": owner.metadata.get("generation", 1),
        "desiredNumberScheduled": len(places.start),
        "currentNumberScheduled": len(right),
        "numberReady": sum(1 for pod in right if pod.ready),
        "numberMisscheduled": len(oldest) - len(right),
        "updatedNumberScheduled": sum(1 for pod in right if not _outdated(owner, pod)),
    }
    counts = {"numberAvailable": served, "numberUnavailable": len(places.start) - served}
    tx.set_status(owner, status | {name: count for name, count in counts.items() if count})
