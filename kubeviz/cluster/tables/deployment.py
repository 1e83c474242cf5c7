"""Deployments."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, containers, label_selector, of

COLUMNS = of("Name", "Ready", "Up-to-date", "Available", "Age", wide=("Containers", "Images", "Selector"))


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    status = obj.status
    return (
        obj.name,
        f"{status.get('readyReplicas') or 0}/{obj.spec.get('replicas', 1)}",
        status.get("updatedReplicas") or 0,
        status.get("availableReplicas") or 0,
        age(obj, now),
        *containers(obj.spec.get("template") or {}),
        label_selector(obj.spec.get("selector")),
    )
