"""EndpointSlices: every address, ready or not."""

from datetime import datetime
from typing import Any

from ..changes import Body
from ..objects import Obj
from .columns import age, at_most, of

COLUMNS = of("Name", "AddressType", "Ports", "Endpoints", "Age")
UNSET = "<unset>"


def _port(port: Body) -> str:
    number = port.get("port")
    return str(number) if number is not None else port.get("name") or "*"


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    ports = list(map(_port, obj.body.get("ports") or ()))
    addresses = [a for e in obj.body.get("endpoints") or () for a in e.get("addresses") or ()]
    return (
        obj.name,
        obj.body.get("addressType") or "",
        at_most(ports) or UNSET,
        at_most(addresses) or UNSET,
        age(obj, now),
    )
