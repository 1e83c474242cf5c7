"""Scheduling: a node for each pod that has none (kube-scheduler: filter, then score)."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import stamp
from ..cluster.editing import with_value
from ..cluster.objects import Node, Pod
from ..cluster.selectors import matches
from ..cluster.state import Cluster
from .watching import set_condition


def _unscheduled(cluster: Cluster, change: Change) -> Iterable[Key]:
    if change.body is not None and not change.body["spec"].get("nodeName"):
        yield change.key


def _everyone_waiting(cluster: Cluster, change: Change) -> Iterable[Key]:
    return sorted(cluster.lookup("node", ""))


WATCHES = {"Pod": _unscheduled, "Node": _everyone_waiting}


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None or pod.node or pod.terminating or pod.finished:
        return
    nodes = tx.cluster.of_kind("Node")
    fitting = [n for n in nodes if n.schedulable and fits(pod.spec, n)]
    if fitting:
        _bind(tx, pod, min(fitting, key=lambda n: _crowding(tx.cluster, pod, n)))
    else:
        _cannot(tx, pod, nodes)


def fits(spec: Body, node: Node, daemon: bool = False) -> bool:
    """The node's labels and taints allow this pod spec. Daemon pods tolerate what befalls nodes by themselves."""
    if not matches(spec.get("nodeSelector") or {}, node.labels):
        return False
    affinity = ((spec.get("affinity") or {}).get("nodeAffinity") or {}).get(
        "requiredDuringSchedulingIgnoredDuringExecution"
    )
    if affinity and not any(_term(t, node) for t in affinity.get("nodeSelectorTerms") or ()):
        return False
    taints = [t for t in node.spec.get("taints") or () if t["effect"] != "PreferNoSchedule"]
    own = [t for t in taints if not (daemon and t["key"].startswith("node.kubernetes.io/"))]
    return all(any(_tolerates(toleration, taint) for toleration in spec.get("tolerations") or ()) for taint in own)


def _term(term: Body, node: Node) -> bool:
    return all(_expression(e, node.labels) for e in term.get("matchExpressions") or ())


def _expression(expression: Body, labels: dict[str, str]) -> bool:
    value, values = labels.get(expression["key"]), expression.get("values") or []
    match expression["operator"]:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case "Gt":
            return value is not None and value.isdigit() and int(value) > int(values[0])
        case _:
            return value is not None and value.isdigit() and int(value) < int(values[0])


def _tolerates(toleration: Body, taint: Body) -> bool:
    if toleration.get("effect") and toleration["effect"] != taint["effect"]:
        return False
    if toleration.get("operator") == "Exists":
        return not toleration.get("key") or toleration["key"] == taint["key"]
    return toleration.get("key") == taint["key"] and (toleration.get("value") or "") == (taint.get("value") or "")


def _crowding(cluster: Cluster, pod: Pod, node: Node) -> tuple[int, int, str]:
    """Spread the pods of one owner first, then all pods; the name decides between equals so that lessons replay."""
    here = cluster.lookup("node", node.name)
    siblings = sum(1 for key in cluster.lookup("owner", pod.controller) if key in here) if pod.controller else 0
    return (siblings, len(here), node.name)


def _bind(tx: Transaction, pod: Pod, node: Node) -> None:
    body = with_value(pod.body, ("spec", "nodeName"), node.name)
    scheduled = {"type": "PodScheduled", "status": "True", "lastProbeTime": None}
    conditions = set_condition(pod.status.get("conditions") or [], scheduled, stamp(tx.now))
    tx.put(with_value(body, ("status", "conditions"), conditions))
    tx.event(
        pod,
        "Scheduled",
        f"Successfully assigned {pod.namespace}/{pod.name} to {node.name}",
        "default-scheduler",
    )


def _cannot(tx: Transaction, pod: Pod, nodes: list[Node]) -> None:
    """The Pending pod says why; an unchanged reason is not written again."""
    down = sum(1 for n in nodes if not n.ready)
    closed = sum(1 for n in nodes if n.ready and n.spec.get("unschedulable"))
    apart = len(nodes) - down - closed
    parts = [
        f"{count} node(s) {text}"
        for count, text in (
            (apart, "didn't match Pod's node affinity/selector"),
            (down, "had untolerated taint {node.kubernetes.io/unreachable: }"),
            (closed, "were unschedulable"),
        )
        if count
    ]
    none = f"0/{len(nodes)} nodes are available"
    preemption = f"preemption: {none}: {len(nodes)} Preemption is not helpful for scheduling."
    message = f"{none}: {', '.join(parts)}. no new claims to deallocate, {preemption}"
    condition = {
        "type": "PodScheduled",
        "status": "False",
        "reason": "Unschedulable",
        "message": message,
        "lastProbeTime": None,
        "observedGeneration": pod.metadata.get("generation", 1),
    }
    conditions = set_condition(pod.status.get("conditions") or [], condition, stamp(tx.now))
    if conditions != pod.status.get("conditions"):
        tx.put(with_value(pod.body, ("status", "conditions"), conditions))
        tx.event(pod, "FailedScheduling", message, "default-scheduler", "Warning")
