"""Ingresses."""

from datetime import datetime
from typing import Any

from ..objects import Ingress
from .columns import NONE, age, balancer_addresses, of

COLUMNS = of("Name", "Class", "Hosts", "Address", "Ports", "Age")
MOST_HOSTS = 3


def _hosts(ingress: Ingress) -> str:
    """The hosts of the rules; a rule without one counts, but has nothing to show."""
    rules = ingress.spec.get("rules") or ()
    shown: list[str] = []
    more = False
    for rule in rules:
        more = more or len(shown) == MOST_HOSTS
        if not more and rule.get("host"):
            shown.append(rule["host"])
    if not shown:
        return "*"
    return ",".join(shown) + (f" + {len(rules) - MOST_HOSTS} more..." if more else "")


def cells(ingress: Ingress, now: datetime) -> tuple[Any, ...]:
    return (
        ingress.name,
        ingress.spec.get("ingressClassName") or NONE,
        _hosts(ingress),
        ",".join(balancer_addresses(ingress.status)),
        "80, 443" if ingress.spec.get("tls") else "80",
        age(ingress, now),
    )
