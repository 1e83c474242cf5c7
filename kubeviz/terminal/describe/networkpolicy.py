"""NetworkPolicies."""

from typing import NamedTuple

from ...cluster.changes import Body
from ...cluster.clock import moment
from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector
from .page import Page

INDENT = "    "


class Direction(NamedTuple):
    rules: str
    peers: str
    title: str
    anyone: str


INGRESS = Direction("ingress", "from", "From", "traffic not restricted by source")
EGRESS = Direction("egress", "to", "To", "traffic not restricted by destination")


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.field("Created on", moment(obj.created).strftime("%Y-%m-%d %H:%M:%S +0000 UTC"))
    page.marks(obj)
    page.write(0, "Spec:\n")
    chosen = obj.spec.get("podSelector") or {}
    everyone = "<none> (Allowing the specific traffic to all pods in this namespace)"
    page.write(1, f"PodSelector:     {label_selector(chosen) if _chooses(chosen) else everyone}\n")
    types = obj.spec.get("policyTypes") or []
    for direction in (INGRESS, EGRESS):
        if direction.rules.capitalize() in types:
            page.write(1, f"Allowing {direction.rules} traffic:\n")
            _rules(page, obj.spec.get(direction.rules) or [], direction)
        else:
            page.write(1, f"Not affecting {direction.rules} traffic\n")
    page.write(1, f"Policy Types: {', '.join(types) or '<none>'}\n")


def _chooses(selector: Body) -> bool:
    return bool(selector.get("matchLabels") or selector.get("matchExpressions"))


def _rules(page: Page, rules: list[Body], direction: Direction) -> None:
    if not rules:
        page.write(0, f"{INDENT}<none> (Selected pods are isolated for {direction.rules} connectivity)\n")
    for i, rule in enumerate(rules):
        if i:
            page.write(0, f"{INDENT}----------\n")
        _ports(page, rule.get("ports") or [])
        peers = rule.get(direction.peers) or []
        if not peers:
            page.write(0, f"{INDENT}{direction.title}: <any> ({direction.anyone})\n")
        for peer in peers:
            page.write(0, f"{INDENT}{direction.title}:\n")
            _peer(page, peer)


def _ports(page: Page, ports: list[Body]) -> None:
    if not ports:
        page.write(0, f"{INDENT}To Port: <any> (traffic allowed to all ports)\n")
    for port in ports:
        number, protocol = port.get("port", "<nil>"), port.get("protocol") or "TCP"
        if port.get("endPort") is not None:
            page.write(0, f"{INDENT}To Port Range: {number}-{port['endPort']}/{protocol}\n")
        else:
            page.write(0, f"{INDENT}To Port: {number}/{protocol}\n")


def _peer(page: Page, peer: Body) -> None:
    selectors = [(title, peer[key]) for title, key in (("NamespaceSelector", "namespaceSelector"),
                                                       ("PodSelector", "podSelector")) if key in peer]  # fmt: skip
    for title, selector in selectors:
        page.write(1, f"{INDENT}{title}: {label_selector(selector)}\n")
    if not selectors and "ipBlock" in peer:
        page.write(1, f"{INDENT}IPBlock:\n")
        page.write(2, f"{INDENT}CIDR: {peer['ipBlock'].get('cidr')}\n")
        page.write(2, f"{INDENT}Except: {', '.join(peer['ipBlock'].get('except') or ())}\n")
