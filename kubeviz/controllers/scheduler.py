"""Scheduling: a node for each pod that has none (kube-scheduler: filter, then score)."""

from collections.abc import Iterable
from typing import cast

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import stamp
from ..cluster.editing import with_value
from ..cluster.objects import Node, Pod
from ..cluster.selectors import matches
from ..cluster.state import Cluster
from .watching import set_condition

MOST_PODS = 110
TOO_MANY, NO_PORTS = "Too many pods", "node(s) didn't have free ports for the requested pod ports"
RESOLVABLE = (TOO_MANY, NO_PORTS)
"""What the removal of another pod could mend."""
NO_HELP = "Preemption is not helpful for scheduling."


def _counted(texts: list[str]) -> str:
    """How often each is said, in alphabetical order of the whole."""
    return ", ".join(sorted(f"{texts.count(text)} {text}" for text in set(texts)))


def _unscheduled(cluster: Cluster, change: Change) -> Iterable[Key]:
    """The pod itself; and where one went, everybody who waits for room."""
    if change.body is None:
        yield from sorted(cluster.lookup("node", ""))
    elif not change.body["spec"].get("nodeName"):
        yield change.key


def _everyone_waiting(cluster: Cluster, change: Change) -> Iterable[Key]:
    return sorted(cluster.lookup("node", ""))


WATCHES = {"Pod": _unscheduled, "Node": _everyone_waiting}


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None or pod.node or pod.terminating or pod.finished or pod.spec.get("schedulingGates"):
        return
    nodes = tx.cluster.of_kind("Node")
    hindrances = {node.name: hindrance(tx.cluster, pod, node) for node in nodes}
    fitting = [node for node in nodes if not hindrances[node.name]]
    if fitting:
        _bind(tx, pod, min(fitting, key=lambda n: _crowding(tx.cluster, pod, n)))
    else:
        _cannot(tx, pod, list(hindrances.values()))


def hindrance(cluster: Cluster, pod: Pod, node: Node) -> str:
    """Why the pod cannot be on the node, as the first of the scheduler's filters says; "" where it can."""
    if node.spec.get("unschedulable"):
        return "node(s) were unschedulable"
    taint = _untolerated(pod.spec, node)
    if taint is not None or not node.ready:
        shown = taint or {"key": "node.kubernetes.io/not-ready"}
        return f"node(s) had untolerated taint {{{shown['key']}: {shown.get('value') or ''}}}"
    if not _wanted(pod.spec, node):
        return "node(s) didn't match Pod's node affinity/selector"
    here = cluster.lookup("node", node.name)
    if _ports_taken(cluster, pod, node):
        return NO_PORTS
    return TOO_MANY if len(here) >= _room(node) else ""


def _room(node: Node) -> int:
    """How many pods the node takes; 110 where it does not say."""
    said = str((node.status.get("allocatable") or {}).get("pods", MOST_PODS))
    return int(said) if said.isdigit() else MOST_PODS


def _ports_taken(cluster: Cluster, pod: Pod, node: Node) -> bool:
    """A port of the node serves one pod."""
    wanted = {(p["hostPort"], p.get("protocol", "TCP")) for p in pod.container_ports if p.get("hostPort")}
    if not wanted:
        return False
    others = (cast(Pod, other) for other in cluster.lookup("node", node.name).values())
    return any(
        (p.get("hostPort"), p.get("protocol", "TCP")) in wanted
        for other in others
        if not other.finished
        for p in other.container_ports
    )


def fits(spec: Body, node: Node, daemon: bool = False) -> bool:
    """The node's labels and taints allow this pod spec. Daemon pods tolerate what befalls nodes by themselves."""
    return _wanted(spec, node) and _untolerated(spec, node, daemon) is None


def _wanted(spec: Body, node: Node) -> bool:
    """nodeSelector, and the terms of nodeAffinity that must hold."""
    if not matches(spec.get("nodeSelector") or {}, node.labels):
        return False
    affinity = ((spec.get("affinity") or {}).get("nodeAffinity") or {}).get(
        "requiredDuringSchedulingIgnoredDuringExecution"
    )
    return not affinity or any(_term(t, node) for t in affinity.get("nodeSelectorTerms") or ())


def _untolerated(spec: Body, node: Node, daemon: bool = False) -> Body | None:
    """The first taint that keeps the pod away."""
    for taint in node.spec.get("taints") or ():
        if taint["effect"] == "PreferNoSchedule" or (daemon and taint["key"].startswith("node.kubernetes.io/")):
            continue
        if not any(_tolerates(toleration, taint) for toleration in spec.get("tolerations") or ()):
            found: Body = taint
            return found
    return None


def _term(term: Body, node: Node) -> bool:
    """All expressions hold; a term without any holds for no node."""
    expressions, fields = term.get("matchExpressions") or (), term.get("matchFields") or ()
    named = {"metadata.name": node.name}
    return bool(expressions or fields) and (
        all(_expression(e, node.labels) for e in expressions) and all(_expression(f, named) for f in fields)
    )


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


def _cannot(tx: Transaction, pod: Pod, hindrances: list[str]) -> None:
    """The Pending pod says why; an unchanged reason is not written again."""
    none = f"0/{len(hindrances)} nodes are available"
    victims = ["No preemption victims found for incoming pod." if h in RESOLVABLE else NO_HELP for h in hindrances]
    message = (
        f"{none}: {_counted(hindrances)}. no new claims to deallocate, preemption: {none}: {_counted(victims)}"
        if hindrances
        else "no nodes available to schedule pods"
    )
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
