"""What every thing on the stage says of itself."""

from typing import Any

from ..cluster.state import Cluster

Element = dict[str, Any]
SYSTEM = {"kube-system", "kube-public", "kube-node-lease", "ingress-nginx"}


def is_system(cluster: Cluster, namespace: str, name: str = "") -> bool:
    return namespace in SYSTEM or (namespace, name) == ("default", "kubernetes")


def element(
    id: str,
    type: str,
    lane: str,
    label: str,
    namespace: str = "",
    system: bool = False,
    parent: str | None = None,
    **facts: Any,
) -> Element:
    return {
        "id": id,
        "type": type,
        "lane": lane,
        "parent": parent,
        "label": label,
        "ns": namespace,
        "system": system,
        **facts,
    }
