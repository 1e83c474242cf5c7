"""ConfigMaps."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Data", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    entries = len(obj.body.get("data") or ()) + len(obj.body.get("binaryData") or ())
    return obj.name, entries, age(obj, now)
