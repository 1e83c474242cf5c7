"""Endpoints that a person wrote: mirrored into EndpointSlices, which is what the nodes read
(pkg/controller/endpointslicemirroring). Only for Services without selector."""

import json
from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import SERVICE_NAME_LABEL, EndpointSlice, Obj
from ..cluster.patches.applying import LAST_APPLIED
from ..cluster.state import Cluster
from .endpoints import MANAGED_BY, TRIGGER, slice_metadata

SKIP = "endpointslice.kubernetes.io/skip-mirror"
CONTROLLER = "endpointslicemirroring-controller.k8s.io"
MOST = 1_000
OF_THE_ENDPOINTS = (TRIGGER, LAST_APPLIED)
"""Annotations that are not taken over."""


def _same_name(cluster: Cluster, change: Change) -> Iterable[Key]:
    yield ("Endpoints", *change.key[1:])


WATCHES = {"Endpoints": _same_name, "Service": _same_name}


def reconcile(tx: Transaction, key: Key) -> None:
    endpoints, service = tx.cluster.find(key), tx.cluster.get("Service", *key[1:])
    mirrored = [s for s in tx.cluster.of_service(("Service", *key[1:])) if s.labels.get(MANAGED_BY) == CONTROLLER]
    skipped = endpoints is not None and endpoints.labels.get(SKIP) == "true"
    if endpoints is not None and service is not None and not service.selector and not skipped:
        write(tx, endpoints, mirrored)
    else:
        for old in mirrored:
            tx.remove(old.key)


def write(tx: Transaction, endpoints: Obj, mirrored: list[EndpointSlice]) -> None:
    """A slice for each subset, in place of those that are *mirrored* already; with the labels and annotations of the
    Endpoints (newEndpointSlice)."""
    pieces = _pieces(endpoints)
    labels = {**endpoints.labels, MANAGED_BY: CONTROLLER, SERVICE_NAME_LABEL: endpoints.name}
    marks: Body = {"labels": labels}
    if noted := {k: v for k, v in endpoints.annotations.items() if k not in OF_THE_ENDPOINTS}:
        marks["annotations"] = noted
    for old, content in zip(mirrored, pieces, strict=False):
        rest = {k: v for k, v in old.metadata.items() if k not in ("labels", "annotations")}
        body = {**old.body, **content, "metadata": {**rest, **marks}}
        if body != old.body:
            tx.put(body)
    for old in mirrored[len(pieces) :]:
        tx.remove(old.key)
    for content in pieces[len(mirrored) :]:
        metadata = {**slice_metadata(tx, endpoints.body, labels), **marks}
        head = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice"}
        tx.put({**head, **content, "metadata": metadata})


def _pieces(endpoints: Obj) -> list[Body]:
    """Of each subset at most a thousand addresses, IPv4 and IPv6 apart; subsets with the same ports are one."""
    groups: dict[str, list[tuple[Body, bool]]] = {}
    for subset in endpoints.body.get("subsets") or ():
        for field, ready in (("addresses", True), ("notReadyAddresses", False)):
            for address in (subset.get(field) or [])[:MOST]:
                family = "IPv6" if ":" in address["ip"] else "IPv4"
                key = json.dumps([family, _ports(subset)])
                groups.setdefault(key, []).append((address, ready))
    return [_piece(json.loads(key), addresses) for key, addresses in groups.items()]


def _ports(subset: Body) -> list[Body]:
    return [
        {
            "name": port.get("name") or "",
            "port": port["port"],
            "protocol": port.get("protocol", "TCP"),
            **({"appProtocol": port["appProtocol"]} if port.get("appProtocol") else {}),
        }
        for port in subset.get("ports") or ()
    ]


def _piece(key: tuple[str, list[Body]], addresses: list[tuple[Body, bool]]) -> Body:
    family, ports = key
    listed = [_endpoint(address, ready) for address, ready in addresses]
    return {"addressType": family, "endpoints": listed, "ports": ports or None}


def _endpoint(address: Body, ready: bool) -> Body:
    found: Body = {"addresses": [address["ip"]], "conditions": {"ready": ready}}
    for field in ("hostname", "nodeName", "targetRef"):
        if address.get(field):
            found[field] = address[field]
    return found
