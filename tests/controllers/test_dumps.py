"""What `kubectl get … -o yaml` of a real cluster gave out is taken as it stands, and works on from there."""

import json

import pytest

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import READY, new_cluster
from tests.clusters import app, begin, service

KINDS = (
    "Deployment",
    "ReplicaSet",
    "Pod",
    "Service",
    "Endpoints",
    "EndpointSlice",
    "StatefulSet",
    "Job",
    "Ingress",
    "IngressClass",
    "Node",
)
DEPLOYMENT = ("Deployment", "default", "order")


def dump(tx, left_out=()):
    """As kubectl lists it: one List with what every object has."""
    items = [
        {k: v for k, v in obj.body.items() if k != "kubeviz"}
        for obj in tx.cluster
        if obj.kind in KINDS and obj.kind not in left_out and obj.namespace in ("default", "")
    ]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items})


def taken(text):
    tx = Transaction(new_cluster(seed=5), READY)
    loading.load(tx, [manifest.load(text, "dump.json")])
    return tx


@pytest.fixture(scope="module")
def original():
    return begin(
        app("order", replicas=3)
        + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
    )


def of_order(tx, kind):
    return [o for o in tx.cluster.of_kind(kind, "default") if "order" in o.name]


def test_a_dump_keeps_identity_address_and_status_and_nobody_touches_it(original):
    tx = taken(dump(original))
    before = tx.cluster.rv
    quiesce(tx)
    assert tx.cluster.rv == before
    for kind in ("Deployment", "ReplicaSet", "Pod", "Service", "Endpoints", "EndpointSlice"):
        ours, theirs = ({o.name: (o.uid, o.spec, o.status) for o in of_order(t, kind)} for t in (tx, original))
        assert ours == theirs


def test_scaling_what_was_dumped_keeps_its_pods(original):
    tx = taken(dump(original))
    tx.scale(DEPLOYMENT, 4)
    quiesce(tx)
    uids = {p.uid for p in of_order(tx, "Pod")}
    assert len(uids) == 4
    assert {p.uid for p in of_order(original, "Pod")} <= uids
    assert len(of_order(tx, "ReplicaSet")) == 1


def test_slices_that_were_not_dumped_follow_from_the_endpoints(original):
    tx = taken(dump(original, left_out=("EndpointSlice",)))
    slices = tx.cluster.of_service(("Service", "default", "order"))
    assert sorted(e["addresses"][0] for s in slices for e in s.body["endpoints"]) == sorted(
        p.ip for p in of_order(tx, "Pod")
    )


def test_a_dump_of_a_server_whose_ranges_are_others_loads(original):
    text = dump(original).replace(original.cluster.get("Service", "default", "order").cluster_ip, "172.20.1.2")
    assert taken(text).cluster.get("Service", "default", "order").cluster_ip == "172.20.1.2"
