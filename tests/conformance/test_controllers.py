"""A recorded walk of one Service through its life, step by step: Endpoints and slices after each."""

import pytest

from kubeviz.controllers import quiesce
from tests.clusters import app, begin

WEB = ("Service", "default", "web")
DEPLOYMENT = ("Deployment", "default", "web")
START = app("web", listen=80, replicas=3) + (
    "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {team: snack}}\n"
    "spec: {selector: {app: web}, ports: [{port: 80}]}\n"
)


def endpoints(tx):
    """How many addresses `kubectl get endpoints` lists; None where there is no object."""
    found = tx.cluster.get("Endpoints", "default", "web")
    return None if found is None else sum(len(s.get("addresses") or ()) for s in found.body.get("subsets") or ())


def slices(tx):
    """For each slice how many endpoints it holds."""
    return sorted(len(s.body["endpoints"] or ()) for s in tx.cluster.of_service(WEB))


def patched(spec):
    return lambda tx: tx.patch(WEB, {"spec": spec})


def relabel(tx):
    tx.patch(
        tx.cluster.owned_by(tx.cluster.of_kind("ReplicaSet", "default")[0].key, "Pod")[0].key,
        {"metadata": {"labels": {"app": "debug"}}},
    )


STEPS = [
    ("at first", lambda tx: None, 3, [3]),
    ("a pod is relabelled, and replaced", relabel, 3, [3]),
    ("the selector matches nothing", patched({"selector": {"app": "zzz"}}), 0, [0]),
    ("it matches again", patched({"selector": {"app": "web"}}), 3, [3]),
    ("it is removed: endpoints stay, and are mirrored", lambda tx: tx.patch(WEB, [{"op": "remove", "path": "/spec/selector"}], "json"), 3, [3, 3]),
    ("the pods go, the endpoints do not", lambda tx: tx.scale(DEPLOYMENT, 1), 3, [3, 3]),
    ("the selector is back", patched({"selector": {"app": "web"}}), 1, [1]),
    ("an external name keeps what it had", patched({"type": "ExternalName", "externalName": "a.example.com"}), 1, [1]),
    ("and back", patched({"type": "ClusterIP", "externalName": None}), 1, [1]),
    ("node port", patched({"type": "NodePort"}), 1, [1]),
    ("balancer", patched({"type": "LoadBalancer"}), 1, [1]),
    ("and back once more", patched({"type": "ClusterIP"}), 1, [1]),
    ("no pods at all: an empty slice", lambda tx: tx.scale(DEPLOYMENT, 0), 0, [0]),
    ("three again", lambda tx: tx.scale(DEPLOYMENT, 3), 3, [3]),
    ("new pods that never get ready", lambda tx: tx.patch(DEPLOYMENT, {"spec": {"template": {"metadata": {"annotations": {"kubeviz.dev/app": "ready: false"}}}}}), 3, [4]),
    ("the Service is deleted", lambda tx: tx.delete(WEB), None, []),
]  # fmt: skip


def test_each_step_leaves_the_endpoints_that_were_recorded():
    tx = begin(START)
    for said, step, listed, sliced in STEPS:
        step(tx)
        quiesce(tx)
        assert (said, endpoints(tx), slices(tx)) == (said, listed, sliced)


@pytest.mark.parametrize("field", ["labels", "ownerReferences"])
def test_a_mirrored_slice_belongs_to_the_endpoints_it_mirrors(field):
    tx = begin(
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n---\n"
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: web, labels: {a: b}}\nsubsets: [{addresses: [{ip: 10.1.1.1}], ports: [{port: 80}]}]\n"
    )
    (mirrored,) = tx.cluster.of_service(WEB)
    expected = {
        "labels": {"a": "b", "kubernetes.io/service-name": "web",
                   "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io"},
        "ownerReferences": [{"apiVersion": "v1", "kind": "Endpoints", "name": "web", "controller": True, "blockOwnerDeletion": True,
                             "uid": tx.cluster.get("Endpoints", "default", "web").uid}],
    }  # fmt: skip
    assert mirrored.metadata[field] == expected[field]
