"""`kubectl describe`: one module a kind, named like it, with `describe(page, obj)` (k8s.io/kubectl/pkg/describe)."""

from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType

from ...cluster.objects import Obj
from ...cluster.state import Cluster
from .page import Page

OWN = frozenset(
    (
        "ConfigMap", "CronJob", "DaemonSet", "Deployment", "Endpoints", "EndpointSlice", "Ingress", "IngressClass",
        "Job", "Namespace", "NetworkPolicy", "Node", "Pod", "PodDisruptionBudget", "ReplicaSet",
        "ReplicationController", "Secret", "Service", "ServiceAccount", "StatefulSet",
    )
)  # fmt: skip
WITHOUT_EVENTS = frozenset(("EndpointSlice", "NetworkPolicy", "Secret", "Namespace"))


@cache
def _module(kind: str) -> ModuleType:
    return import_module(f"{__name__}.{kind.lower() if kind in OWN else 'default'}")


def describe(cluster: Cluster, obj: Obj, now: datetime, events: bool = True) -> str:
    page = Page(cluster, now)
    _module(obj.kind).describe(page, obj)
    if events and obj.kind in OWN - WITHOUT_EVENTS:
        page.events(obj)
    return page.text()
