"""Nodes."""

from ...cluster.changes import Body
from ...cluster.objects import Node, Pod
from ...cluster.quantities import NANO, canonical, parse
from ...cluster.tables.columns import age
from ...cluster.tables.node import roles
from .page import Page

INFO = (
    ("Machine ID", "machineID"), ("System UUID", "systemUUID"), ("Boot ID", "bootID"),
    ("Kernel Version", "kernelVersion"), ("OS Image", "osImage"), ("Operating System", "operatingSystem"),
    ("Architecture", "architecture"), ("Container Runtime Version", "containerRuntimeVersion"),
    ("Kubelet Version", "kubeletVersion"),
)  # fmt: skip


def describe(page: Page, node: Node) -> None:
    page.field("Name", node.name)
    page.field("Roles", roles(node))
    page.marks(node)
    page.field("CreationTimestamp", page.time(node.created))
    taints = sorted(node.spec.get("taints") or (), key=lambda t: f"{t['effect']},{t['key']}")
    page.several("Taints", [taint(t) for t in taints])
    page.field("Unschedulable", str(bool(node.spec.get("unschedulable"))).lower())
    page.line(0, "Lease:", f'Failed to get lease: leases.coordination.k8s.io "{node.name}" not found')
    _conditions(page, node)
    page.write(0, "Addresses:\n")
    for address in node.status.get("addresses") or ():
        page.field(address["type"], address["address"], 1)
    for title, key in (("Capacity", "capacity"), ("Allocatable", "allocatable")):
        _resources(page, title, node.status.get(key) or {})
    page.write(0, "System Info:\n")
    info = node.status.get("nodeInfo") or {}
    for title, key in INFO:
        page.field(f"  {title}", info.get(key) or "")
    _range(page, node)
    _pods(page, node)


def taint(found: Body) -> str:
    """key=value:Effect (corev1.Taint.ToString)."""
    value = f"={found['value']}" if found.get("value") else ""
    return f"{found['key']}{value}:{found['effect']}"


def _conditions(page: Page, node: Node) -> None:
    found = node.status.get("conditions") or ()
    if not found:
        return
    page.write(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n")
    page.write(1, "----\t------\t-----------------\t------------------\t------\t-------\n")
    for c in found:
        beat = page.time(c.get("lastHeartbeatTime") or c["lastTransitionTime"])
        moved = page.time(c["lastTransitionTime"])
        page.line(
            1,
            f"{c['type']} ",
            f"{c['status']} ",
            f"{beat} ",
            f"{moved} ",
            f"{c.get('reason') or ''} ",
            c.get("message") or "",
        )


def _resources(page: Page, title: str, found: Body) -> None:
    if found:
        page.write(0, f"{title}:\n")
    for name, quantity in sorted(found.items()):
        page.field(f"  {name}", quantity)


def _range(page: Page, node: Node) -> None:
    if node.spec.get("podCIDR"):
        page.field("PodCIDR", node.spec["podCIDR"])
    if node.spec.get("podCIDRs"):
        page.field("PodCIDRs", ",".join(node.spec["podCIDRs"]))
    if node.spec.get("providerID"):
        page.field("ProviderID", node.spec["providerID"])


def _pods(page: Page, node: Node) -> None:
    """The pods that have not ended, and what they ask of the machine."""
    bucket = page.cluster.lookup("node", node.name)
    pods = [pod for key in sorted(bucket) if not (pod := page.cluster.find(key)).finished]
    page.field("Non-terminated Pods", f"({len(pods)} in total)")
    page.write(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n")
    page.write(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n")
    for pod in pods:
        shares = [_share(node, [pod], what, side) for what in ("cpu", "memory") for side in ("requests", "limits")]
        page.line(1, pod.namespace, pod.name, "", *shares, age(pod, page.now))
    page.write(0, "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n")
    page.write(1, "Resource\tRequests\tLimits\n")
    page.write(1, "--------\t--------\t------\n")
    for what in ("cpu", "memory", "ephemeral-storage"):
        page.line(1, what, _share(node, pods, what, "requests"), _share(node, pods, what, "limits"))


def _share(node: Node, pods: list[Pod], what: str, side: str) -> str:
    """The sum that *pods* ask for, and how much of the node that is."""
    asked = [
        (c.get("resources") or {}).get(side, {}).get(what) for pod in pods for c in pod.spec.get("containers") or ()
    ]
    total = sum(_nano(q) for q in asked if q is not None)
    there = _nano((node.status.get("allocatable") or node.status.get("capacity") or {}).get(what, 0))
    return f"{_shown(total, what)} ({total * 100 // there if there else 0}%)"


def _nano(quantity: object) -> int:
    found = parse(str(quantity))
    return found.nano if found else 0


def _shown(nano: int, what: str) -> str:
    """A sum in its shortest exact unit: 250m, 2, 64Mi."""
    if what == "cpu" or nano % (1024 * NANO):
        return canonical(f"{nano}n") if nano else "0"
    return canonical(f"{nano // NANO // 1024}Ki") if nano else "0"
