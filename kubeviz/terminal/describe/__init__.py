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
        "ConfigMap", "CronJob", "DaemonSet", "Deployment", "Endpoints", "EndpointSlice", "HorizontalPodAutoscaler",
        "Ingress", "IngressClass", "Job", "LimitRange", "Namespace", "NetworkPolicy", "Node", "PersistentVolume",
        "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "PriorityClass", "ReplicaSet", "ReplicationController",
        "ResourceQuota", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet", "StorageClass",
    )
)  # fmt: skip
LIKE = {"ClusterRole": "Role", "ClusterRoleBinding": "RoleBinding"}
"""Kinds described like another."""
WITHOUT_EVENTS = frozenset(
    ("EndpointSlice", "LimitRange", "Namespace", "NetworkPolicy", "ResourceQuota", "Role", "RoleBinding", "Secret")
)


@cache
def _module(kind: str) -> ModuleType:
    return import_module(f"{__name__}.{kind.lower() if kind in OWN else 'default'}")


def describe(cluster: Cluster, obj: Obj, now: datetime, events: bool = True) -> str:
    page = Page(cluster, now)
    kind = LIKE.get(obj.kind, obj.kind)
    _module(kind).describe(page, obj)
    if events and kind not in WITHOUT_EVENTS:
        page.events(obj)
    return page.text()
