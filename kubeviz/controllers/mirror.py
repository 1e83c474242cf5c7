"""Endpoints that a person wrote: mirrored into EndpointSlices, which is what the nodes read
(pkg/controller/endpointslicemirroring). Only for Services without selector."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import SERVICE_NAME_LABEL, EndpointSlice, Obj
from ..cluster.state import Cluster
from .endpoints import MANAGED_BY, slice_metadata

SKIP = "endpointslice.kubernetes.io/skip-mirror"
CONTROLLER = "endpointslicemirroring-controller.k8s.io"


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
    """A slice for each subset, in place of those that are *mirrored* already."""
    pieces = _pieces(endpoints)
    for old, content in zip(mirrored, pieces, strict=False):
        if any(old.body.get(k) != v for k, v in content.items()):
            tx.put({**old.body, **content})
    for old in mirrored[len(pieces) :]:
        tx.remove(old.key)
    for content in pieces[len(mirrored) :]:
        labels = {**endpoints.labels, MANAGED_BY: CONTROLLER, SERVICE_NAME_LABEL: endpoints.name}
        tx.put(
            {
                "addressType": "IPv4",
                "apiVersion": "discovery.k8s.io/v1",
                "kind": "EndpointSlice",
                **content,
                "metadata": slice_metadata(tx, endpoints.body, labels),
            }
        )


def _pieces(endpoints: Obj) -> list[Body]:
    return [_piece(subset) for subset in endpoints.body.get("subsets") or ()]


def _piece(subset: Body) -> Body:
    listed = [_endpoint(a, True) for a in subset.get("addresses") or ()]
    listed += [_endpoint(a, False) for a in subset.get("notReadyAddresses") or ()]
    ports = [
        {"name": p.get("name") or "", "port": p["port"], "protocol": p.get("protocol", "TCP")}
        for p in subset.get("ports") or ()
    ]
    return {"endpoints": listed or None, "ports": ports or None}


def _endpoint(address: Body, ready: bool) -> Body:
    found: Body = {"addresses": [address["ip"]], "conditions": {"ready": ready}}
    for field in ("hostname", "nodeName", "targetRef"):
        if address.get(field):
            found[field] = address[field]
    return found
