"""What an update may change, and what it may not."""

import copy
from typing import Any

import pytest
import yaml

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.changes import Key
from kubeviz.cluster.editing import merge
from kubeviz.cluster.errors import Rejected
from kubeviz.controllers.bootstrap import READY, new_cluster

TEMPLATE = "{metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: nginx}]}}"
OBJECTS: dict[str, str] = {
    "Service": "{apiVersion: v1, kind: Service, spec: {selector: {app: a}, ports: [{port: 80}]}}",
    "Deployment": f"{{apiVersion: apps/v1, kind: Deployment, spec: {{selector: {{matchLabels: {{app: a}}}}, template: {TEMPLATE}}}}}",
    "StatefulSet": "{apiVersion: apps/v1, kind: StatefulSet, spec: {serviceName: a, selector: {matchLabels: {app: a}}, "
    f"template: {TEMPLATE}}}}}",
    "Job": "{apiVersion: batch/v1, kind: Job, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: b}]}}}}",
    "Pod": "{apiVersion: v1, kind: Pod, spec: {containers: [{name: c, image: nginx}]}}",
    "ConfigMap": "{apiVersion: v1, kind: ConfigMap, immutable: true, data: {a: b}}",
    "IngressClass": "{apiVersion: networking.k8s.io/v1, kind: IngressClass, spec: {controller: k8s.io/ingress-nginx}}",
}


def begin(kind: str, **spec: Any) -> tuple[Transaction, Key]:
    tx = Transaction(new_cluster(), READY)
    body = yaml.safe_load(OBJECTS[kind])
    if spec:
        body["spec"] |= spec
    stored = tx.create({**body, "metadata": {"name": "x"}})
    return tx, stored.key


REFUSED = [
    ("a deployment's selector", "Deployment", {"spec": {"selector": {"matchLabels": {"app": "b"}}, "template": {"metadata": {"labels": {"app": "b"}}}}},
     ['spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable']),
    ("a stateful set's service", "StatefulSet", {"spec": {"serviceName": "b"}},
     ["spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
      "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"]),
    ("a job's completions", "Job", {"spec": {"completions": 2}}, ["spec.completions: Invalid value: 2: field is immutable"]),
    ("a pod's node", "Pod", {"spec": {"nodeName": "node-1"}}, ["spec: Forbidden"]),
    ("a pod's containers", "Pod", {"spec": {"containers": [{"name": "c", "image": "nginx"}, {"name": "d", "image": "nginx"}]}},
     ["spec.containers: Forbidden: pod updates may not add or remove containers"]),
    ("a pod's deadline, later", "Pod", {"spec": {"activeDeadlineSeconds": -5}},
     ["spec.activeDeadlineSeconds: Invalid value: -5: must be between 1 and 2147483647, inclusive",
      "spec.activeDeadlineSeconds: Invalid value: -5: must be between 0 and 2147483647, inclusive"]),
    ("a pod's image", "Pod", {"spec": {"containers": [{"name": "c", "image": ""}]}},
     ["spec.containers[0].image: Required value", "spec.containers[0].image: Required value"]),
    ("a pod's gate", "Pod", {"spec": {"schedulingGates": [{"name": "a"}]}},
     ["spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a'"]),
    ("a job's template", "Job", {"spec": {"template": {"spec": {"restartPolicy": "OnFailure"}}}}, ["spec.template: Invalid value: "]),
    ("a frozen config map", "ConfigMap", {"data": {"a": "c"}}, ["data: Forbidden: field is immutable when `immutable` is set"]),
    ("an ingress class's controller", "IngressClass", {"spec": {"controller": "k8s.io/other"}},
     ['spec.controller: Invalid value: "k8s.io/other": field is immutable']),
    ("a cluster IP", "Service", {"spec": {"clusterIP": "10.96.200.200"}},
     ['spec.clusterIPs[0]: Invalid value: ["10.96.200.200"]: may not change once set']),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "patch", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_fixed_stays(kind, patch, said):
    tx, key = begin(kind)
    with pytest.raises(Rejected) as caught:
        tx.patch(key, patch)
    assert [str(c)[: len(s)] for c, s in zip(caught.value.causes, said, strict=True)] == said


ALLOWED = [
    ("an image", "Pod", {"spec": {"containers": [{"name": "c", "image": "nginx:latest"}]}}),
    ("replicas", "StatefulSet", {"spec": {"replicas": 3}}),
    ("a job's parallelism", "Job", {"spec": {"parallelism": 2}}),
    ("labels", "Pod", {"metadata": {"labels": {"app": "b"}}}),
]


@pytest.mark.parametrize(("kind", "patch"), [row[1:] for row in ALLOWED], ids=[row[0] for row in ALLOWED])
def test_what_is_free_changes(kind, patch):
    tx, key = begin(kind)
    before = copy.deepcopy(tx.cluster.find(key).body)
    after = tx.patch(key, patch).body
    assert after != before
    assert merge(after, patch).get("spec", {}).keys() == after.get("spec", {}).keys()


def test_a_service_keeps_its_address_through_the_types_and_loses_it_to_externalname():
    """As recorded: ClusterIP, NodePort, LoadBalancer and back keep the IP; through ExternalName it is another."""
    tx, key = begin("Service")
    first = tx.cluster.find(key).spec["clusterIP"]
    node_port = tx.patch(key, {"spec": {"type": "NodePort"}}).spec["ports"][0]["nodePort"]
    balancer = tx.patch(key, {"spec": {"type": "LoadBalancer"}}).spec
    assert (balancer["ports"][0]["nodePort"], balancer["clusterIP"]) == (node_port, first)
    back = tx.patch(key, {"spec": {"type": "ClusterIP"}}).spec
    assert (back["clusterIP"], back["ports"][0].get("nodePort"), back.get("allocateLoadBalancerNodePorts")) == (
        first,
        None,
        None,
    )
    assert "externalTrafficPolicy" not in back
    external = tx.patch(key, {"spec": {"type": "ExternalName", "externalName": "a.example.com"}}).spec
    assert not external.keys() & {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"}
    again = tx.patch(key, {"spec": {"type": "ClusterIP", "externalName": None}}).spec
    assert again["clusterIP"] not in ("", first)


def test_a_node_port_left_in_the_manifest_does_not_hinder_the_way_back_to_clusterip():
    tx, key = begin("Service", type="NodePort", ports=[{"port": 80, "nodePort": 30080}])
    body = copy.deepcopy(tx.cluster.find(key).body)
    body["spec"]["type"] = "ClusterIP"
    assert "nodePort" not in tx.replace(body).spec["ports"][0]


def test_a_replace_that_leaves_out_what_was_allocated_keeps_it():
    tx, key = begin("Service", type="NodePort")
    before = tx.cluster.find(key).spec
    body = {**yaml.safe_load(OBJECTS["Service"]), "metadata": {"name": "x"}}
    body["spec"]["type"] = "NodePort"
    after = tx.replace(body).spec
    assert (after["clusterIP"], after["ports"]) == (before["clusterIP"], before["ports"])
