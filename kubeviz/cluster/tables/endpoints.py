"""Endpoints: the ready addresses, three of them."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import NONE, age, at_most, host_port, of

COLUMNS = of("Name", "Endpoints", "Age")


def addresses(obj: Obj) -> str:
    """address:port of each subset, port by port; nothing where no address is ready, <none> where no subset is."""
    subsets = obj.body.get("subsets") or ()
    if not subsets:
        return NONE
    found: list[str] = []
    for subset in subsets:
        ready = [a["ip"] for a in subset.get("addresses") or ()]
        ports = subset.get("ports") or ()
        found += [host_port(ip, port["port"]) for port in ports for ip in ready] if ports else ready
    return at_most(found)


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return obj.name, addresses(obj), age(obj, now)
