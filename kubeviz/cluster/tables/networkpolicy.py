"""NetworkPolicies."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, label_selector, of

COLUMNS = of("Name", "Pod-Selector", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, label_selector(obj.spec.get("podSelector")), age(obj, now)
