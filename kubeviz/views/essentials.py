"""What matters most about an object of a kind that is not drawn on the stage, and what it belongs to."""

from collections.abc import Callable, Iterator
from typing import Any

from ..cluster.objects import Obj
from ..cluster.state import Cluster

Fact = Callable[[Obj], Any]

CHILDREN = ("ReplicaSet", "Pod", "Job", "EndpointSlice")
MOST_CHILDREN = 40


def _replicas(obj: Obj) -> str:
    return f"{obj.status.get('readyReplicas', 0)}/{obj.spec.get('replicas', 1)}"


def _images(obj: Obj) -> list[str]:
    spec = (obj.spec.get("template") or {}).get("spec") or {}
    return [container["image"] for container in spec.get("containers") or () if container.get("image")]


def _match_labels(obj: Obj) -> Any:
    selector = obj.spec.get("selector") or {}
    return selector.get("matchLabels", selector)


def _addresses(obj: Obj) -> list[str]:
    if obj.kind == "EndpointSlice":
        return [address for endpoint in obj.body.get("endpoints") or () for address in endpoint["addresses"]]
    return [a["ip"] for subset in obj.body.get("subsets") or () for a in subset.get("addresses") or ()]


def _ports(obj: Obj) -> list[Any]:
    if obj.kind == "EndpointSlice":
        return [port.get("port") for port in obj.body.get("ports") or ()]
    return [port["port"] for subset in obj.body.get("subsets") or () for port in subset.get("ports") or ()]


WORKLOAD: dict[str, Fact] = {"replicas": _replicas, "image": _images, "selector": _match_labels}

ESSENTIALS: dict[str, dict[str, Fact]] = {
    "Deployment": {**WORKLOAD, "strategy": lambda obj: (obj.spec.get("strategy") or {}).get("type")},
    "ReplicaSet": WORKLOAD,
    "StatefulSet": {**WORKLOAD, "service_name": lambda obj: obj.spec.get("serviceName")},
    "ReplicationController": WORKLOAD,
    "DaemonSet": {
        "replicas": lambda o: f"{o.status.get('numberReady', 0)}/{o.status.get('desiredNumberScheduled', 0)}",
        "image": _images,
        "selector": _match_labels,
    },
    "Job": {
        "completions": lambda o: f"{o.status.get('succeeded', 0)}/{o.spec.get('completions') or 1}",
        "image": _images,
    },
    "ConfigMap": {"keys": lambda obj: sorted(obj.body.get("data") or {})},
    "Secret": {"keys": lambda obj: sorted(obj.body.get("data") or {})},
    "NetworkPolicy": {
        "pods_selected": lambda obj: (obj.spec.get("podSelector") or {}).get("matchLabels") or "*",
        "directions": lambda obj: obj.spec.get("policyTypes"),
    },
    "IngressClass": {
        "controller": lambda obj: obj.spec.get("controller"),
        "default_class": lambda o: o.annotations.get("ingressclass.kubernetes.io/is-default-class") == "true" or None,
    },
    "Endpoints": {"address_ip": _addresses, "ports": _ports},
    "EndpointSlice": {"address_ip": _addresses, "ports": _ports},
    "Namespace": {"state": lambda obj: obj.status.get("phase")},
    "Event": {
        "reason": lambda obj: obj.body.get("reason"),
        "message": lambda obj: obj.body.get("message"),
        "about": lambda obj: "/".join(
            str(obj.body["involvedObject"].get(key) or "") for key in ("kind", "namespace", "name")
        ),
    },
    "FirewallRule": {"ports": lambda obj: obj.spec.get("ports"), "protocol": lambda obj: obj.spec.get("protocol")},
}


def essentials(obj: Obj) -> Iterator[tuple[str, Any]]:
    """(word, value) of what has a value."""
    for key, fact in ESSENTIALS.get(obj.kind, {}).items():
        value = fact(obj)
        if value not in (None, "", [], {}):
            yield key, value
    if obj.labels and obj.kind not in ("Event", "EndpointSlice"):
        yield "labels", obj.labels


def relatives(cluster: Cluster, obj: Obj) -> dict[str, list[str]]:
    """References of what controls the object, and of what it controls."""
    owner = cluster.find(obj.controller) if obj.controller else None
    children = [child.ref for kind in CHILDREN for child in cluster.owned_by(obj.key, kind)]
    return {"owner": [owner.ref] if owner is not None else [], "owns": children[:MOST_CHILDREN]}
