"""Which of the nodes that fit is taken.

The real scheduler weighs many things; here what pods and taints prefer comes first, then an even spread.
"""

from ...cluster.changes import Body
from ...cluster.objects import Node, Pod
from ...cluster.state import Cluster
from .neighbours import near_one
from .nodes import term_holds, untolerated

PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"


def rank(cluster: Cluster, pod: Pod, node: Node) -> tuple[int, int, int, int, str]:
    """The lowest is taken. Pods of one owner are spread first, then all pods; the name decides between equals so that
    lessons replay."""
    here = cluster.lookup("node", node.name)
    siblings = sum(1 for key in cluster.lookup("owner", pod.controller) if key in here) if pod.controller else 0
    avoided = len(untolerated(pod.spec, node, ("PreferNoSchedule",)))
    return (avoided, -_liking(cluster, pod, node), siblings, len(here), node.name)


def _liking(cluster: Cluster, pod: Pod, node: Node) -> int:
    affinity: Body = pod.spec.get("affinity") or {}
    liked = 0
    for wish in (affinity.get("nodeAffinity") or {}).get(PREFERRED) or ():
        liked += wish["weight"] * term_holds(wish["preference"], node)
    for kind, sign in (("podAffinity", 1), ("podAntiAffinity", -1)):
        for wish in (affinity.get(kind) or {}).get(PREFERRED) or ():
            liked += sign * wish["weight"] * near_one(cluster, pod, wish["podAffinityTerm"], node)
    return liked
