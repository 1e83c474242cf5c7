"""Secrets."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Type", "Data", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    entries = {**(obj.body.get("data") or {}), **(obj.body.get("stringData") or {})}
    return obj.name, obj.body.get("type") or "Opaque", len(entries), age(obj, now)
