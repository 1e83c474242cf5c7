"""What a node has left: ports, places for pods, CPU and memory (plugins NodePorts, NodeResourcesFit).

A node that does not say how much it has is taken to have enough; of pods 110.
"""

from collections import Counter
from collections.abc import Iterable
from typing import cast

from ...cluster.changes import Body
from ...cluster.objects import Node, Pod
from ...cluster.quantities import NANO, parse
from ...cluster.state import Bucket, Cluster
from .refusal import Refusal

MOST_PODS = 110
NO_PORTS = Refusal(("node(s) didn't have free ports for the requested pod ports",), curable=True)
ANY_ADDRESS = ("", "0.0.0.0")
Amounts = Counter[str]
"""Of each resource so many billionths."""


def lodgers(cluster: Cluster, node: Node) -> list[Pod]:
    """The pods that take up room: those that have not ended."""
    here = cluster.lookup("node", node.name)
    return list(cluster.derived(("lodgers", node.name), here, _unfinished, here))


def _unfinished(here: Bucket) -> list[Pod]:
    return [pod for pod in cast(Iterable[Pod], here.values()) if not pod.finished]


def ports_taken(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    """A port of the node (of one of its addresses, if a hostIP says so) serves one pod."""
    wanted = _host_ports(pod)
    if not wanted:
        return None
    held = [port for other in lodgers(cluster, node) for port in _host_ports(other)]
    return NO_PORTS if any(_collide(mine, theirs) for mine in wanted for theirs in held) else None


def _host_ports(pod: Pod) -> list[tuple[int, str, str]]:
    ports = (p for p in pod.container_ports if p.get("hostPort"))
    return [(p["hostPort"], p.get("protocol", "TCP"), p.get("hostIP") or "") for p in ports]


def _collide(one: tuple[int, str, str], other: tuple[int, str, str]) -> bool:
    return one[:2] == other[:2] and (one[2] == other[2] or one[2] in ANY_ADDRESS or other[2] in ANY_ADDRESS)


def crowded(cluster: Cluster, pod: Pod, node: Node) -> Refusal | None:
    """Too many pods, or too little of what the containers request."""
    there: Body = node.status.get("allocatable") or {}
    full = (len(lodgers(cluster, node)) + 1) * NANO > _nano(there.get("pods", MOST_PODS))
    lacking, curable = (["Too many pods"], True) if full else ([], True)
    asked = requests(pod.spec)
    if asked and there:
        used = _used(cluster, node)
        for name in (n for n in asked if asked[n] > _nano(there.get(n, 0)) - used[n]):
            lacking.append(f"Insufficient {name}")
            curable &= asked[name] <= _nano(there.get(name, 0))
    return Refusal(tuple(lacking), curable) if lacking else None


def _used(cluster: Cluster, node: Node) -> Amounts:
    here = cluster.lookup("node", node.name)
    used: Amounts = cluster.derived(("requested", node.name), here, _sum_of, lodgers(cluster, node))
    return used


def _sum_of(pods: list[Pod]) -> Amounts:
    return sum((requests(pod.spec) for pod in pods), Counter())


def requests(spec: Body) -> Amounts:
    """What a pod asks for: its containers together with its sidecars, or the most that an init container needs while
    those before it run; and what the runtime costs (component-helpers/resource: PodRequests)."""
    running, at_start = Counter[str](), Counter[str]()
    for container in spec.get("initContainers") or ():
        if container.get("restartPolicy") == "Always":
            running += _requested(container)
            at_start |= running
        else:
            at_start |= running + _requested(container)
    total = sum(map(_requested, spec.get("containers") or ()), running) | at_start
    said = _requested(spec)
    own = Counter({name: amount for name, amount in total.items() if name not in said})
    return own + said + _amounts(spec.get("overhead") or {})


def _requested(holder: Body) -> Amounts:
    return _amounts((holder.get("resources") or {}).get("requests") or {})


def _amounts(listed: Body) -> Amounts:
    return Counter({name: amount for name, value in listed.items() if (amount := _nano(value)) > 0})


def _nano(value: object) -> int:
    found = parse(str(value))
    return found.nano if found else 0
