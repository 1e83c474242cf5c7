"""The downward API: what a container is told of its own pod (fieldRef) and of its share of the node (resourceFieldRef).

pkg/fieldpath and pkg/api/v1/resource of Kubernetes.
"""

from typing import Any

from ..cluster.objects import Pod
from ..cluster.quantities import in_units
from ..cluster.state import Cluster

Body = dict[str, Any]
MOST_OF_A_NODE = {"cpu": "2", "memory": "4Gi", "ephemeral-storage": "20Gi"}
"""What a limit is where neither the container sets one nor the node says what it has."""


def field(pod: Pod, path: str) -> str | None:
    """The value of a pod's field; a label or annotation that it does not have is empty."""
    if path.endswith("']"):
        section, _, key = path[:-2].partition("['")
        return {"metadata.labels": pod.labels, "metadata.annotations": pod.annotations}.get(section, {}).get(key, "")
    return {
        "metadata.name": pod.name,
        "metadata.namespace": pod.namespace,
        "metadata.uid": pod.uid,
        "spec.nodeName": pod.node,
        "spec.serviceAccountName": pod.spec.get("serviceAccountName") or "default",
        "status.hostIP": pod.status.get("hostIP") or "",
        "status.hostIPs": ",".join(i["ip"] for i in pod.status.get("hostIPs") or ()) or pod.status.get("hostIP") or "",
        "status.podIP": pod.ip,
        "status.podIPs": ",".join(pod.ips),
    }.get(path)


def resource(cluster: Cluster, pod: Pod, container: Body, reference: Body) -> str:
    """A request or limit in units of the divisor, rounded up. A limit that is not set is what the node has."""
    chosen = _named(pod, container, reference.get("containerName"))
    sort, _, name = reference["resource"].partition(".")
    amount = ((chosen.get("resources") or {}).get(sort) or {}).get(name)
    if amount is None:
        amount = _of_node(cluster, pod, name) if sort == "limits" else "0"
    return in_units(str(amount), str(reference.get("divisor") or "1"))


def _named(pod: Pod, container: Body, name: str | None) -> Body:
    return next((c for c in pod.spec["containers"] if c["name"] == name), container)


def _of_node(cluster: Cluster, pod: Pod, name: str) -> str:
    node = cluster.get("Node", "", pod.node)
    listed = (node.status.get("allocatable") or {}) if node is not None else {}
    return str(listed.get(name) or MOST_OF_A_NODE.get(name) or "0")
