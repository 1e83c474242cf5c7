"""Which pods a pod wants near it, far from it, or evenly spread (plugins InterPodAffinity, PodTopologySpread).

"Near" is the same value of a node label, the topology key: the same host, the same zone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import cast

from ...cluster.changes import Body
from ...cluster.objects import Node, Pod
from ...cluster.selectors import label_selector_matches
from ...cluster.state import Cluster
from .nodes import untolerated, wants
from .refusal import Refusal
from .room import lodgers

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
ALONE = Refusal(("node(s) didn't match pod affinity rules",))
TOO_NEAR = Refusal(("node(s) didn't match pod anti-affinity rules",), curable=True)
NOT_WELCOME = Refusal(("node(s) didn't satisfy existing pods anti-affinity rules",), curable=True)
SKEWED = Refusal(("node(s) didn't match pod topology spread constraints",), curable=True)
NO_DOMAIN = Refusal(("node(s) didn't match pod topology spread constraints (missing required label)",))


# ── affinity ──


def apart(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    """The pod's own rules, then those of the pods that are there already."""
    near, far = required(pod.spec, "podAffinity"), required(pod.spec, "podAntiAffinity")
    if near and not _near_all(cluster, pod, near, node):
        return ALONE
    if any(near_one(cluster, pod, term, node) for term in far):
        return TOO_NEAR
    return NOT_WELCOME if any(_kept_away(cluster, pod, node)) else None


def required(spec: Body, kind: str) -> list[Body]:
    terms: list[Body] = ((spec.get("affinity") or {}).get(kind) or {}).get(REQUIRED) or []
    return terms


def near_one(cluster: Cluster, pod: Pod, term: Body, node: Node) -> bool:
    """Whether the node shares its domain with a pod that *pod*'s term means."""
    return shares(cluster, node, term, lambda other: chosen_by(cluster, pod, term, other))


def chosen_by(cluster: Cluster, owner: Pod, term: Body, other: Pod) -> bool:
    """Whether *other* is of those that *owner*'s term means."""
    return _in_namespaces(cluster, owner, term, other.namespace) and _selected(term, owner, other)


def _in_namespaces(cluster: Cluster, owner: Pod, term: Body, namespace: str) -> bool:
    """The owner's own namespace where the term names none."""
    names: list[str] = term.get("namespaces") or []
    selector: Body | None = term.get("namespaceSelector")
    if not names and selector is None:
        return namespace == owner.namespace
    if namespace in names or selector is None:
        return namespace in names
    found = cluster.get("Namespace", "", namespace)
    return found is not None and label_selector_matches(selector, found.labels)


def _selected(term: Body, owner: Pod, other: Pod) -> bool:
    """No selector means nobody. matchLabelKeys ask for the owner's own values, mismatchLabelKeys for others."""
    selector = term.get("labelSelector")
    if selector is None or not label_selector_matches(selector, other.labels):
        return False
    same = (k for k in term.get("matchLabelKeys") or () if k in owner.labels)
    differ = (k for k in term.get("mismatchLabelKeys") or () if k in owner.labels)
    return all(other.labels.get(k) == owner.labels[k] for k in same) and not any(
        other.labels.get(k) == owner.labels[k] for k in differ
    )


def _near_all(cluster: Cluster, pod: Pod, terms: list[Body], node: Node) -> bool:
    """In each term's domain is a pod that all terms mean. The first of a group that wants to be together may begin
    anywhere the labels are."""
    if any(term["topologyKey"] not in node.labels for term in terms):
        return False

    def meant(other: Pod) -> bool:
        return all(chosen_by(cluster, pod, term, other) for term in terms)

    if all(shares(cluster, node, term, meant) for term in terms):
        return True
    there = any(meant(other) for other in _placed(cluster))
    return not there and meant(pod)


def shares(cluster: Cluster, node: Node, term: Body, meant: Callable[[Pod], bool]) -> bool:
    """Whether such a pod is in the same domain as the node."""
    return any(meant(pod) for peer in _domain(cluster, node, term["topologyKey"]) for pod in lodgers(cluster, peer))


def _domain(cluster: Cluster, node: Node, key: str) -> list[Node]:
    value = node.labels.get(key)
    return [] if value is None else [n for n in cluster.of_kind("Node") if n.labels.get(key) == value]


def _placed(cluster: Cluster) -> Iterable[Pod]:
    return (pod for node in cluster.of_kind("Node") for pod in lodgers(cluster, node))


def _kept_away(cluster: Cluster, pod: Pod, node: Node) -> Iterable[bool]:
    for other in cast(Iterable[Pod], cluster.lookup("aloof", True).values()):
        home = cluster.get("Node", "", other.node)
        for term in required(other.spec, "podAntiAffinity") if home is not None else ():
            same = home.labels.get(term["topologyKey"], object()) == node.labels.get(term["topologyKey"])
            yield same and chosen_by(cluster, other, term, pod)


# ── spreading ──


def uneven(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    """No domain may hold more than maxSkew beyond the one that holds fewest."""
    hard = [c for c in pod.spec.get("topologySpreadConstraints") or () if c["whenUnsatisfiable"] == "DoNotSchedule"]
    if any(c["topologyKey"] not in node.labels for c in hard):
        return NO_DOMAIN
    eligible = [n for n in cluster.of_kind("Node") if all(c["topologyKey"] in n.labels for c in hard)] if hard else []
    return SKEWED if any(_skewed(cluster, pod, c, node, eligible) for c in hard) else None


def _skewed(cluster: Cluster, pod: Pod, rule: Body, node: Node, eligible: list[Node]) -> bool:
    key, counts = rule["topologyKey"], Counter[str]()
    for peer in (n for n in eligible if _counts_in(pod, rule, n)):
        counts[peer.labels[key]] += sum(_alike(rule, pod, other) for other in lodgers(cluster, peer))
    fewest = min(counts.values(), default=0) if len(counts) >= rule.get("minDomains", 1) else 0
    itself = int(_alike(rule, pod, pod))
    return counts[node.labels[key]] + itself - fewest > int(rule["maxSkew"])


def _counts_in(pod: Pod, rule: Body, node: Node) -> bool:
    """Nodes that the pod may not go to by its affinity do not count; of tainted ones the rule says."""
    wanted = rule.get("nodeAffinityPolicy", "Honor") == "Ignore" or wants(pod.spec, node)
    return wanted and (rule.get("nodeTaintsPolicy", "Ignore") == "Ignore" or not untolerated(pod.spec, node))


def _alike(rule: Body, pod: Pod, other: Pod) -> bool:
    return other.namespace == pod.namespace and not other.terminating and _selected(rule, pod, other)
