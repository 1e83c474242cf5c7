"""ControllerRevisions."""

from datetime import datetime
from typing import Any

from ..kinds import KINDS
from ..objects import Obj
from .columns import NONE, age, of

COLUMNS = of("Name", "Controller", "Revision", "Age")


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    controller = NONE
    if obj.controller:
        kind = KINDS[obj.controller[0]]
        controller = f"{kind.singular}{'.' if kind.group else ''}{kind.group}/{obj.controller[2]}"
    return obj.name, controller, obj.body.get("revision") or 0, age(obj, now)
