"""The stage as tables: which columns each type of element has, and what stands in a cell."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.translation import get_language

from ..wording.ui import UI, ui

register = template.Library()

Element = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "service": ("state", "kind_type", "address_ip", "ports", "selector", "endpoints"),
    "node": ("state", "address_ip"),
    "pod": ("state", "address_ip", "on_node"),
    "ingress": ("state", "rules", "address_ip"),
    "controller": ("state", "address_ip", "on_node"),
    "nodeport": ("state", "address_ip", "ports"),
    "balancer": ("state", "address_ip", "ports"),
    "firewall": ("rules",),
    "client": ("address_ip",),
}


@register.filter
def twin_tables(types: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((type, COLUMNS[type]) for type in types.split())


@register.filter
def full_label(thing: Element) -> str:
    """The name that tells it from its neighbours."""
    kind = thing["type"]
    if kind == "nodeport":
        return f"{thing['label']}:{thing['port']}"
    if kind == "client":
        return _said(f"client_{thing['where']}")
    return str(thing["id"].rpartition("/")[2]) if kind in ("pod", "controller") else str(thing["label"])


@register.filter
def cell(thing: Element, column: str) -> str:
    return CELLS[column](thing)


def _said(key: str) -> str:
    return ui(key, (get_language() or "ko").partition("-")[0])


def _state(thing: Element) -> str:
    key = f"state_{thing.get('state')}"
    return _said(key) if key in UI else str(thing.get("state") or "")


def _address(thing: Element) -> str:
    outside = [thing["externalIP"]] if thing.get("externalIP") else thing.get("external") or []
    own = thing.get("ip") or thing.get("clusterIP") or thing.get("address")
    return " · ".join(str(a) for a in (own, *outside) if a)


def _ports(thing: Element) -> str:
    if thing["type"] == "nodeport":
        return str(thing["port"])
    return ", ".join(_port(p) for p in thing.get("ports") or ())


def _port(port: Any) -> str:
    return f"{port['port']} → {port['targetPort']}" if isinstance(port, dict) else str(port)


def _rules(thing: Element) -> str:
    if thing["type"] == "firewall":
        return ", ".join(f"{r['name']} {r['protocol']} {' '.join(map(str, r['ports']))}" for r in thing["rules"])
    return ", ".join(
        f"{r['host'] or '*'}{r['path']} → {r['service']}:{r['port']}{' ✕' * r['missing']}" for r in thing["rules"]
    )


CELLS = {
    "state": _state,
    "address_ip": _address,
    "ports": _ports,
    "rules": _rules,
    "kind_type": lambda thing: thing.get("serviceType") or "",
    "selector": lambda thing: ", ".join(f"{k}={v}" for k, v in (thing.get("selector") or {}).items()),
    "endpoints": lambda thing: str((thing.get("endpoints") or {}).get("ready", 0)),
    "on_node": lambda thing: (thing.get("node") or "").rpartition("/")[2],
}
