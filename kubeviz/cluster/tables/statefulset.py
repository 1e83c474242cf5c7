"""StatefulSets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, containers, of

COLUMNS = of("Name", "Ready", "Age", wide=("Containers", "Images"))


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    ready = f"{obj.status.get('readyReplicas') or 0}/{obj.spec.get('replicas', 1)}"
    return obj.name, ready, age(obj, now), *containers(obj.spec.get("template") or {})
