"""Kinds whose moment of creation is printed as it is stored."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import of

COLUMNS = of("Name", "Created At")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, obj.created
