"""Namespaces."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Status", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, obj.status.get("phase") or "", age(obj, now)
