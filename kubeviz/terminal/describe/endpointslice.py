"""EndpointSlices."""

from typing import Any

from ...cluster.changes import Body
from ...cluster.objects import Obj
from .page import Page

UNSET = "<unset>"


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.field("AddressType", obj.body.get("addressType") or "")
    _ports(page, obj.body.get("ports") or [])
    endpoints = obj.body.get("endpoints") or ()
    page.write(0, "Endpoints:\n" if endpoints else "Endpoints: <none>\n")
    for endpoint in endpoints:
        _endpoint(page, endpoint)


def _ports(page: Page, ports: list[Body]) -> None:
    if not ports:
        page.write(0, "Ports: <unset>\n")
        return
    page.write(0, "Ports:\n")
    page.write(1, "Name\tPort\tProtocol\n")
    page.write(1, "----\t----\t--------\n")
    for port in ports:
        number = port.get("port")
        page.line(1, port.get("name") or UNSET, UNSET if number is None else number, port.get("protocol") or "TCP")


def _endpoint(page: Page, endpoint: Body) -> None:
    page.field("- Addresses", ", ".join(endpoint.get("addresses") or ()) or "<none>", 1)
    page.write(2, "Conditions:\n")
    page.field("Ready", _ready((endpoint.get("conditions") or {}).get("ready")), 3)
    page.field("Hostname", endpoint.get("hostname") or UNSET, 2)
    if endpoint.get("targetRef"):
        page.field("TargetRef", f"{endpoint['targetRef'].get('kind')}/{endpoint['targetRef'].get('name')}", 2)
    page.field("NodeName", endpoint.get("nodeName") or UNSET, 2)
    page.field("Zone", endpoint.get("zone") or UNSET, 2)


def _ready(value: Any) -> str:
    return UNSET if value is None else str(value).lower()
