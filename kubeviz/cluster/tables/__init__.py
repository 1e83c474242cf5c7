"""Rows of `kubectl get`: which columns a kind has and what stands in them, as the API server answers with a Table.

One module a kind, named like it, with `COLUMNS` and `cells(obj, now)` (kubernetes/pkg/printers/internalversion).
The terminal, the page and the API print the same rows.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from ..objects import Obj
from .columns import Column

OWN = frozenset(
    (
        "ConfigMap", "ControllerRevision", "CronJob", "DaemonSet", "Deployment", "Endpoints", "EndpointSlice", "Event",
        "HorizontalPodAutoscaler", "Ingress", "IngressClass", "Job", "Namespace", "NetworkPolicy", "Node",
        "PersistentVolume", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "ReplicaSet",
        "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
        "StorageClass",
    )
)  # fmt: skip
LIKE = {
    "ClusterRole": "Role",
    "ClusterRoleBinding": "RoleBinding",
    "FirewallRule": "Role",
    "ReplicationController": "ReplicaSet",
}
"""Kinds printed like another."""


@cache
def _module(kind: str) -> ModuleType:
    kind = LIKE.get(kind, kind)
    return import_module(f"{__name__}.{kind.lower() if kind in OWN else 'default'}")


def columns(kind: str) -> tuple[Column, ...]:
    """The columns of a kind; those of priority 1 stand only in `-o wide`."""
    found: tuple[Column, ...] = _module(kind).COLUMNS
    return found


def row_of(kind: str) -> Callable[[Any, datetime], tuple[Any, ...]]:
    """What makes a row of an object: a cell (text or number) for each column, the wide ones included."""
    found: Callable[[Any, datetime], tuple[Any, ...]] = _module(kind).cells
    return found


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return row_of(obj.kind)(obj, now)
