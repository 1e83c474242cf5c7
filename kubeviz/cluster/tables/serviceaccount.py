"""ServiceAccounts."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Secrets", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, len(obj.body.get("secrets") or ()), age(obj, now)
