"""Kinds without columns of their own: name and age."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, age(obj, now)
