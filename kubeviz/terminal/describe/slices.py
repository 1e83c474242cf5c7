"""Endpoints of a Service as its EndpointSlices list them, for one port name."""

from collections.abc import Iterable

from ...cluster.objects import Obj
from ...cluster.tables.columns import host_port

MOST = 3


def ready_endpoints(slices: Iterable[Obj], port: str) -> str:
    """Three ready addresses, and how many more. An unready one after the third only says that there is more
    (k8s.io/kubectl/pkg/describe formatEndpointSlices does so)."""
    found = list(slices)
    if not found:
        return "<none>"
    shown: list[str] = []
    more, count = False, 0
    for endpoint, address in ((e, a) for s in found for e, a in _addresses(s, port)):
        more = more or len(shown) == MOST
        if endpoint is False:
            continue
        if not more:
            shown.append(address)
        count += 1
    return ",".join(shown) + (f" + {count - MOST} more..." if more else "")


def _addresses(obj: Obj, port: str) -> Iterable[tuple[bool | None, str]]:
    """(ready, address:port) of every endpoint; without ports the address alone."""
    endpoints = obj.body.get("endpoints") or ()
    ports = obj.body.get("ports") or ()
    for number in [p.get("port") for p in ports if (p.get("name") or "") == port] if ports else [None]:
        for endpoint in endpoints:
            address = (endpoint.get("addresses") or [""])[0]
            shown = address if number is None else host_port(address, number)
            yield (endpoint.get("conditions") or {}).get("ready"), shown
