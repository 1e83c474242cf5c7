"""kubectl apply: a three-way strategic merge of what was applied last, what is applied now, and what is there."""

import pytest
import yaml

from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers.bootstrap import READY, new_cluster

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: x, labels: {labels}}}
spec:
  selector: {{matchLabels: {{app: a}}}}
  template:
    metadata: {{labels: {{app: a}}}}
    spec: {{containers: {containers}}}
"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {{name: x}}
spec: {{type: NodePort, selector: {{app: a}}, ports: {ports}}}
"""


def deployment(containers: str = "[{name: c, image: nginx}]", labels: str = "{}") -> dict:
    return yaml.safe_load(DEPLOYMENT.format(containers=containers, labels=labels))


def service(ports: str) -> dict:
    return yaml.safe_load(SERVICE.format(ports=ports))


@pytest.fixture
def tx() -> Transaction:
    return Transaction(new_cluster(), READY)


def images(obj) -> list[tuple[str, str]]:
    return [(c["name"], c["image"]) for c in obj.spec["template"]["spec"]["containers"]]


def test_the_same_again_changes_nothing(tx):
    first = tx.apply(deployment())
    assert tx.apply(deployment()) is first


def test_containers_merge_by_name_and_leave_when_they_leave_the_file(tx):
    tx.apply(deployment("[{name: a, image: a:1}, {name: b, image: b:1}]"))
    assert images(tx.apply(deployment("[{name: b, image: b:2}]"))) == [("b", "b:2")]


def test_what_somebody_else_added_stays(tx):
    key = tx.apply(deployment(labels="{a: b}")).key
    sidecar = {"spec": {"template": {"spec": {"containers": [{"name": "proxy", "image": "envoy"}]}}}}
    tx.patch(key, sidecar, "strategic")
    tx.patch(key, {"metadata": {"labels": {"by": "hand"}}})
    after = tx.apply(deployment("[{name: c, image: nginx:2}]", labels="{c: d}"))
    assert sorted(images(after)) == [("c", "nginx:2"), ("proxy", "envoy")]
    assert after.labels == {"by": "hand", "c": "d"}


def test_a_port_keeps_its_node_port_and_a_removed_one_goes(tx):
    before = tx.apply(service("[{name: http, port: 80}, {name: dns, port: 53, protocol: UDP}]"))
    after = tx.apply(service("[{name: http, port: 80, targetPort: 8080}]"))
    assert [(p["port"], p["targetPort"], p["nodePort"]) for p in after.spec["ports"]] == [
        (80, 8080, before.spec["ports"][0]["nodePort"])
    ]


def test_two_ports_of_one_number_stay_two(tx):
    both = "[{name: udp, port: 53, protocol: UDP}, {name: tcp, port: 53, targetPort: %s}]"
    before = tx.apply(service(both % 53))
    after = tx.apply(service(both % 5353))
    assert [(p["name"], p["targetPort"]) for p in after.spec["ports"]] == [("udp", 53), ("tcp", 5353)]
    assert [p["nodePort"] for p in after.spec["ports"]] == [p["nodePort"] for p in before.spec["ports"]]


def test_one_member_of_a_union_drives_out_the_other(tx):
    tx.apply(deployment())
    recreate = deployment()
    recreate["spec"]["strategy"] = {"type": "Recreate"}
    assert tx.apply(recreate).spec["strategy"] == {"type": "Recreate"}


def test_null_removes(tx):
    key = tx.apply(deployment(labels="{a: b}")).key
    assert tx.apply(deployment(labels="{a: null}")).labels == {}
    assert tx.cluster.find(key).labels == {}


def test_a_change_by_scale_survives_an_apply_that_does_not_speak_of_it(tx):
    key = tx.apply(deployment()).key
    tx.scale(key, 4)
    assert tx.apply(deployment("[{name: c, image: nginx:2}]")).spec["replicas"] == 4
