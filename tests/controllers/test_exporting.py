"""What is exported makes the same cluster again, and holds nothing that a real API server would refuse."""

import pytest
import yaml

from kubeviz.cluster import manifest
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.exporting import export
from tests.clusters import app, begin, build, service

SHOP = (
    app("order", replicas=2)
    + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]")
    + service("peers", "clusterIP: None, selector: {app: order}, ports: [{port: 80}]", namespace="far")
    + "apiVersion: v1\nkind: Endpoints\nmetadata: {name: outside}\nsubsets: [{addresses: [{ip: 198.51.100.9}], ports: [{port: 80}]}]\n---\n"
    + "apiVersion: v1\nkind: Pod\nmetadata: {name: alone}\nspec: {containers: [{name: a, image: a}]}\n---\n"
    + "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}\n---\n"
    + "apiVersion: kubeviz.dev/v1\nkind: FirewallRule\nmetadata: {name: allow-30080}\nspec: {ports: [30080]}\n"
)


def documents(text: str) -> list[dict]:
    return list(yaml.safe_load_all(text))


def test_only_what_users_made_is_exported_without_what_the_server_added():
    found = documents(export(build(SHOP)))
    assert {(d["kind"], d["metadata"]["name"]) for d in found} == {
        ("Namespace", "far"), ("Service", "order"), ("Service", "peers"), ("Endpoints", "outside"),
        ("Pod", "alone"), ("Deployment", "order"), ("Job", "once"),
    }  # fmt: skip
    for document in found:
        assert not {"status", "kubeviz"} & set(document)
        assert set(document["metadata"]) <= {"name", "namespace", "labels", "annotations"}
    services = {d["metadata"]["name"]: d["spec"] for d in found if d["kind"] == "Service"}
    assert "clusterIP" not in services["order"]
    assert services["order"]["ports"][0]["nodePort"] == 30080
    assert services["peers"]["clusterIP"] == "None"


@pytest.mark.parametrize("ours", [False, True])
def test_the_file_makes_the_same_objects_again(ours):
    text = export(build(SHOP), ours)
    tx = begin()
    loading.load(tx, [manifest.load(text)])
    quiesce(tx)
    assert export(tx.cluster, ours) == text
    assert ("FirewallRule" in text) == ours


def test_a_namespace_comes_before_what_is_in_it():
    kinds = [d["kind"] for d in documents(export(build(SHOP)))]
    assert kinds[0] == "Namespace"
    assert kinds.index("Service") < kinds.index("Deployment")
