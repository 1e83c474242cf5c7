"""Endpoints."""

from ...cluster.changes import Body
from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.write(0, "Subsets:\n")
    for subset in obj.body.get("subsets") or ():
        page.field("Addresses", _ips(subset.get("addresses")), 1)
        page.field("NotReadyAddresses", _ips(subset.get("notReadyAddresses")), 1)
        _ports(page, subset.get("ports") or [])
        page.write(0, "\n")


def _ips(addresses: list[Body] | None) -> str:
    return ",".join(a["ip"] for a in addresses or ()) or "<none>"


def _ports(page: Page, ports: list[Body]) -> None:
    if not ports:
        return
    page.write(1, "Ports:\n")
    page.write(2, "Name\tPort\tProtocol\n")
    page.write(2, "----\t----\t--------\n")
    for port in ports:
        page.line(2, port.get("name") or "<unset>", port["port"], port.get("protocol") or "TCP")
