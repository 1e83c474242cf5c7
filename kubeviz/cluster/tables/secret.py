"""Secrets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Type", "Data", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, obj.body.get("type") or "Opaque", len(obj.body.get("data") or {}), age(obj, now)
