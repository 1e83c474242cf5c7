"""PodDisruptionBudgets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    limits = (str(obj.spec.get(field, "N/A")) for field in ("minAvailable", "maxUnavailable"))
    return obj.name, *limits, obj.status.get("disruptionsAllowed") or 0, age(obj, now)
