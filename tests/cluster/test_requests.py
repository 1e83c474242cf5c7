"""The verbs of the API server beyond plain writes: dry runs, versions, subresources, patches, deletion."""

import pytest
import yaml

from kubeviz.cluster.errors import Rejected
from kubeviz.controllers import quiesce, settle
from tests.clusters import app, begin

DEPLOYMENT = ("Deployment", "default", "order")
SERVICE = yaml.safe_load(
    "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {type: NodePort, ports: [{port: 80}]}}"
)
STALE = "the object has been modified; please apply your changes to the latest version and try again"


def refusal(doing) -> Rejected:
    with pytest.raises(Rejected) as caught:
        doing()
    return caught.value


def pods(tx):
    return [p for p in tx.cluster.of_kind("Pod", "default") if not p.terminating]


def test_a_dry_run_answers_like_the_real_one_and_stores_nothing():
    tx = begin("")
    before = tx.cluster
    dry = tx.create(SERVICE, dry_run=True)
    assert tx.cluster is before
    assert (dry.spec["type"], "resourceVersion" in dry.metadata) == ("NodePort", False)
    key = tx.create(SERVICE).key
    before = tx.cluster
    assert tx.patch(key, {"spec": {"selector": {"a": "b"}}}, dry_run=True).selector == {"a": "b"}
    assert tx.apply({**SERVICE, "metadata": {"name": "x", "labels": {"a": "b"}}}, dry_run=True).labels == {"a": "b"}
    assert (
        "may not be"
        in refusal(
            lambda: tx.create({**SERVICE, "spec": {"ports": [{"port": 80, "nodePort": 31000}]}}, dry_run=True)
        ).message
    )
    tx.delete(key, dry_run=True)
    assert tx.cluster is before


VALIDATION = [("strict", 'strict decoding error: unknown field "spec.portz"', []), ("warn", "", ['unknown field "spec.portz"']), ("ignore", "", [])]  # fmt: skip


@pytest.mark.parametrize(("mode", "refused", "warned"), VALIDATION, ids=[v[0] for v in VALIDATION])
def test_unknown_fields_are_refused_warned_of_or_dropped(mode, refused, warned):
    tx = begin("")
    body = {**SERVICE, "spec": {**SERVICE["spec"], "portz": []}}
    if refused:
        assert refused in refusal(lambda: tx.create(body, validation=mode)).message
    else:
        stored = tx.create(body, validation=mode)
        assert ("portz" in stored.spec, tx.warnings) == (False, warned)


def test_who_saw_an_older_version_is_refused():
    tx = begin("")
    seen = tx.create(SERVICE).body
    tx.patch(("Service", "default", "x"), {"metadata": {"labels": {"a": "b"}}})
    for doing in (
        lambda: tx.replace(seen),
        lambda: tx.patch(("Service", "default", "x"), {"metadata": {"resourceVersion": "1"}}),
    ):
        refused = refusal(doing)
        assert (refused.code, refused.reason) == (409, "Conflict")
        assert refused.message == f'Operation cannot be fulfilled on services "x": {STALE}'
    assert (
        "Precondition failed: UID in precondition: u"
        in refusal(lambda: tx.replace({**SERVICE, "metadata": {"name": "x", "uid": "u"}})).message
    )
    assert refusal(lambda: tx.create({**SERVICE, "metadata": {"name": "y", "resourceVersion": "3"}})).kubectl() == (
        "Error from server: resourceVersion should not be set on objects to be created\n"
    )


PATCHES = [
    ("strategic", {"spec": {"template": {"spec": {"containers": [{"name": "order", "image": "order:9"}]}}}}),
    ("json", [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "order:9"}]),
]


@pytest.mark.parametrize(("kind", "patch"), PATCHES, ids=[p[0] for p in PATCHES])
def test_a_patch_changes_only_what_it_names(kind, patch):
    tx = begin(app("order"))
    before = tx.cluster.find(DEPLOYMENT).spec["template"]["spec"]["containers"][0]
    after = tx.patch(DEPLOYMENT, patch, kind).spec["template"]["spec"]["containers"][0]
    assert after == {**before, "image": "order:9"}


WRONG = [
    ("a failed test", "json", [{"op": "test", "path": "/kind", "value": "Pod"}], 422,
     "The request is invalid: the server rejected our request due to an error in our request\n"),
    ("another name", "merge", {"metadata": {"name": "y"}}, 400,
     "Error from server (BadRequest): the name of the object (y) does not match the name on the URL (order)\n"),
    ("another kind", "merge", {"kind": "Pod"}, 400, ""),
    ("no object", "merge", [1], 400, ""),
    ("no metadata", "json", [{"op": "replace", "path": "/metadata", "value": 1}], 400, ""),
    ("an item without its name", "strategic", {"spec": {"template": {"spec": {"containers": [{"image": "x"}]}}}}, 500,
     "Error from server: map: map[image:x] does not contain declared merge key: name\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "patch", "code", "said"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_patch_that_cannot_be_is_refused(kind, patch, code, said):
    tx = begin(app("order"))
    refused = refusal(lambda: tx.patch(DEPLOYMENT, patch, kind))
    assert refused.code == code
    assert not said or refused.kubectl() == said


def test_scale_and_status_are_doors_of_their_own():
    tx = begin(app("order"))
    assert tx.scale(DEPLOYMENT, 3).spec["replicas"] == 3
    assert refusal(lambda: tx.scale(DEPLOYMENT, -1)).message == (
        'Scale.autoscaling "order" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0'
    )
    spec = tx.cluster.find(DEPLOYMENT).spec
    after = tx.patch(DEPLOYMENT, {"spec": {"replicas": 9}, "status": {"replicas": 7}}, subresource="status")
    assert (after.spec, after.status["replicas"]) == (spec, 7)


def test_children_go_after_their_owner_or_before_it_or_stay():
    tx = begin(app("order", replicas=2))
    tx.delete(DEPLOYMENT, propagation="foreground")
    settle(tx)
    assert tx.cluster.find(DEPLOYMENT).terminating
    quiesce(tx)
    gone = [change.key[0] for change in tx.changes if change.op == "deleted"]
    assert gone == ["Pod", "Pod", "ReplicaSet", "Deployment"]

    tx = begin(app("order", replicas=2))
    tx.delete(DEPLOYMENT)
    quiesce(tx)
    assert [change.key[0] for change in tx.changes if change.op == "deleted"] == [
        "Deployment",
        "ReplicaSet",
        "Pod",
        "Pod",
    ]

    tx = begin(app("order", replicas=2))
    tx.delete(DEPLOYMENT, propagation="orphan")
    quiesce(tx)
    (left,) = tx.cluster.of_kind("ReplicaSet", "default")
    assert (left.controller, len(pods(tx))) == (None, 2)


def test_a_forced_replacement_gets_new_children():
    tx = begin(app("order", replicas=2))
    body, before = tx.cluster.find(DEPLOYMENT).body, {p.uid for p in pods(tx)}
    tx.delete(DEPLOYMENT, grace=0)
    tx.create({**body, "metadata": {"name": "order"}})
    quiesce(tx)
    assert len(pods(tx)) == 2
    assert not before & {p.uid for p in pods(tx)}


def test_a_finalizer_holds_an_object_until_it_is_taken_off():
    tx = begin("")
    key = tx.create({**SERVICE, "metadata": {"name": "x", "finalizers": ["a.com/b"]}}).key
    tx.delete(key)
    assert tx.cluster.find(key).terminating
    tx.patch(key, {"metadata": {"finalizers": None}})
    assert tx.cluster.find(key) is None


def test_grace_may_be_shortened():
    tx = begin(app("order"))
    (pod,) = pods(tx)
    tx.delete(pod.key)
    tx.delete(pod.key, grace=60)
    assert tx.cluster.find(pod.key).metadata["deletionGracePeriodSeconds"] == 30
    tx.delete(pod.key, grace=5)
    assert tx.cluster.find(pod.key).metadata["deletionGracePeriodSeconds"] == 5
    tx.delete(pod.key, grace=0)
    assert tx.cluster.find(pod.key) is None


def test_a_namespace_that_every_cluster_needs_stays():
    refused = refusal(lambda: begin("").delete(("Namespace", "", "kube-system")))
    assert refused.kubectl() == (
        'Error from server (Forbidden): namespaces "kube-system" is forbidden: this namespace may not be deleted\n'
    )
