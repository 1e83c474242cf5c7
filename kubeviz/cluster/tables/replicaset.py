"""ReplicaSets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, containers, label_selector, of

COLUMNS = of("Name", "Desired", "Current", "Ready", "Age", wide=("Containers", "Images", "Selector"))


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return (
        obj.name,
        obj.spec.get("replicas", 1),
        obj.status.get("replicas") or 0,
        obj.status.get("readyReplicas") or 0,
        age(obj, now),
        *containers(obj.spec.get("template") or {}),
        label_selector(_selector(obj)),
    )


def _selector(obj: Obj) -> dict[str, Any]:
    """A ReplicationController's is a plain map."""
    selector: dict[str, Any] = obj.spec.get("selector") or {}
    return {"matchLabels": selector} if obj.kind == "ReplicationController" else selector
