"""IngressClasses."""

from datetime import datetime
from typing import Any

from ..objects import IngressClass
from .columns import NONE, age, of

COLUMNS = of("Name", "Controller", "Parameters", "Age")


def cells(obj: IngressClass, now: datetime) -> tuple[Any, ...]:
    wanted = obj.spec.get("parameters")
    parameters = NONE
    if wanted:
        group = f".{wanted['apiGroup']}" if wanted.get("apiGroup") else ""
        parameters = f"{wanted['kind']}{group}/{wanted['name']}"
    name = obj.name + (" (default)" if obj.is_default else "")
    return name, obj.controller_name, parameters, age(obj, now)
