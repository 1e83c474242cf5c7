"""DaemonSets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, containers, label_selector, labels, of

COLUMNS = of(
    "Name", "Desired", "Current", "Ready", "Up-to-date", "Available", "Node Selector", "Age",
    wide=("Containers", "Images", "Selector"),
)  # fmt: skip
COUNTED = (
    "desiredNumberScheduled",
    "currentNumberScheduled",
    "numberReady",
    "updatedNumberScheduled",
    "numberAvailable",
)


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    template = obj.spec.get("template") or {}
    return (
        obj.name,
        *(obj.status.get(field) or 0 for field in COUNTED),
        labels((template.get("spec") or {}).get("nodeSelector")),
        age(obj, now),
        *containers(template),
        label_selector(obj.spec.get("selector")),
    )
