"""What a node itself says to a pod: its labels, its taints (plugins NodeUnschedulable, TaintToleration,
NodeAffinity)."""

from ...cluster.changes import Body
from ...cluster.objects import Node, Pod
from ...cluster.selectors import matches
from ...cluster.state import Cluster
from .refusal import Refusal

UNSCHEDULABLE = "node.kubernetes.io/unschedulable"
KEEPS_AWAY = ("NoSchedule", "NoExecute")
CORDONED = Refusal(("node(s) were unschedulable",))
TAINTED = Refusal(("node(s) had untolerated taint(s)",))
UNWANTED = Refusal(("node(s) didn't match Pod's node affinity/selector",))
NOT_NAMED = Refusal(("node(s) didn't satisfy plugin(s) [NodeAffinity]",))


def cordoned(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    closed = {"key": UNSCHEDULABLE, "effect": "NoSchedule"}
    return CORDONED if node.spec.get("unschedulable") and not tolerates(pod.spec, closed) else None


def tainted(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    return TAINTED if untolerated(pod.spec, node) else None


def unwanted(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    return None if wants(pod.spec, node) else UNWANTED


def wants(spec: Body, node: Node) -> bool:
    """nodeSelector, and the terms of nodeAffinity that must hold."""
    if not matches(spec.get("nodeSelector") or {}, node.labels):
        return False
    terms = required_terms(spec)
    return terms is None or any(term_holds(term, node) for term in terms)


def required_terms(spec: Body) -> list[Body] | None:
    affinity: Body = (spec.get("affinity") or {}).get("nodeAffinity") or {}
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution")
    return None if required is None else required.get("nodeSelectorTerms") or []


def named(spec: Body) -> frozenset[str] | None:
    """The nodes that the terms name one by one, as a DaemonSet's pod does; None where some term names none."""
    found: set[str] = set()
    for term in required_terms(spec) or [{}]:
        fields = [set(f["values"]) for f in term.get("matchFields") or () if f["operator"] == "In"]
        if not fields:
            return None
        found |= set.intersection(*fields)
    return frozenset(found)


def term_holds(term: Body, node: Node) -> bool:
    """All expressions hold; a term without any holds for no node."""
    expressions, fields = term.get("matchExpressions") or (), term.get("matchFields") or ()
    name = {"metadata.name": node.name}
    return bool(expressions or fields) and (
        all(_expression(e, node.labels) for e in expressions) and all(_expression(f, name) for f in fields)
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


def untolerated(spec: Body, node: Node, effects: tuple[str, ...] = KEEPS_AWAY) -> list[Body]:
    """The taints of these effects that the pod does not tolerate."""
    return [t for t in node.spec.get("taints") or () if t["effect"] in effects and not tolerates(spec, t)]


def tolerates(spec: Body, taint: Body) -> bool:
    return any(tolerated_by(toleration, taint) for toleration in spec.get("tolerations") or ())


def tolerated_by(toleration: Body, taint: Body) -> bool:
    if toleration.get("effect") and toleration["effect"] != taint["effect"]:
        return False
    if toleration.get("operator") == "Exists":
        return not toleration.get("key") or toleration["key"] == taint["key"]
    return toleration.get("key") == taint["key"] and (toleration.get("value") or "") == (taint.get("value") or "")
