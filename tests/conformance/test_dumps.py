"""The dump of a real cluster is taken as it stands: nothing is allocated, checked or reconciled until somebody acts."""

from pathlib import Path

import pytest

from kubeviz.cluster.objects import stand_in
from kubeviz.controllers import quiesce
from tests.clusters import begin, send

DUMPS = Path(__file__).with_name("dumps")
FILE = DUMPS / "eks.yaml"
POD = "pod/shop/web-6d4cf56db6-abcde"


def test_what_is_there_is_kept():
    cluster = begin(FILE.read_text()).cluster
    assert [p.ref for p in cluster.of_kind("Pod", "shop")] == [POD]
    assert cluster.get("Pod", "shop", "web-6d4cf56db6-abcde").ip == "10.0.1.77"
    assert cluster.get("Service", "shop", "web").cluster_ip == "172.20.33.44"
    assert cluster.get("Deployment", "shop", "web").status == {"replicas": 1}


def test_controllers_begin_with_the_first_change():
    tx = begin(FILE.read_text())
    tx.patch(("Deployment", "shop", "web"), {"spec": {"replicas": 2}})
    quiesce(tx)
    assert len(tx.cluster.of_kind("Pod", "shop")) == 2


ROWS = [
    ("a name, by the dump's own DNS", POD, "http://web/", POD, "10.244.0.1"),
    ("a node port", "internet", "http://203.0.113.200:31555/", POD, "10.244.0.1"),
    ("a cluster IP of its range", "node/ip-10-0-1-5", "http://172.20.33.44/", POD, "10.244.0.1"),
    ("the host of an Ingress that the cloud serves", "internet", "http://shop.example.com/", POD, stand_in("k8s-alb.elb.example.com")),
]  # fmt: skip


@pytest.mark.parametrize(("source", "url", "served", "seen"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_requests_go_through_a_dump(source, url, served, seen):
    found = send(begin(FILE.read_text()).cluster, url, source)
    assert (found.served_by, found.endpoints, found.source_ip) == (served, [served], seen)


def test_a_balancer_known_by_name_only():
    assert send(begin(FILE.read_text()).cluster, "http://a1.elb.example.com/").served_by == POD


def test_its_service_range_is_not_reached_from_outside():
    cluster = begin(FILE.read_text()).cluster
    assert send(cluster, "http://172.20.33.44/").reason == "ClusterIPFromOutside"
    assert send(cluster, "http://172.20.99.99/").reason == "ClusterIPFromOutside"


ORDER, ORDER_2 = "pod/default/order-6f6b4c8d5-2xkqp", "pod/default/order-6f6b4c8d5-9zwbt"
WEB, FRONT = "pod/default/web-5d7b8f9c6-hx2lm", "pod/shop/front-7c9d6b5f4-aaaaa"
GKE_NODE = "gke-class-default-pool-4c1f8a2b"

MORE = [
    # name, dump, provider, source, url, reason, endpoints, source IP
    ("kind: a node port", "kind", "bare", "vpc", "http://172.18.0.2:30418/", "Delivered", [ORDER, ORDER_2], "10.244.1.1"),
    ("kind: a name", "kind", "bare", ORDER, "http://order/", "Delivered", [ORDER, ORDER_2], "10.244.1.1"),
    ("kind: no balancer gave an address", "kind", "bare", ORDER, "http://pending/", "Delivered", [ORDER, ORDER_2], "10.244.1.1"),
    ("kind: the lab's own nodes are gone", "kind", "bare", "vpc", "http://192.168.0.11:30418/", "AddressUnreachable", [], None),
    ("minikube: its Ingress", "minikube", "minikube", "internet", "http://hello.example.com/", "Delivered", [WEB], "10.244.0.4"),
    ("minikube: another host", "minikube", "minikube", "internet", "http://192.168.49.2/", "IngressNoMatch", [], None),
    ("minikube: a node port", "minikube", "minikube", "internet", "http://192.168.49.2:31234/", "Delivered", [WEB], "10.244.0.1"),
    ("minikube: a name", "minikube", "minikube", WEB, "http://web:8080/", "Delivered", [WEB], "10.244.0.1"),
    ("GKE: its balancer, policy Local", "gke", "cloud", "internet", "http://203.0.113.222/", "Delivered", [FRONT], "198.51.100.7"),
    ("GKE: its Ingress", "gke", "cloud", "internet", "http://203.0.113.240/", "Delivered", [FRONT], "203.0.113.240"),
    ("GKE: a node whose only pod is not ready", "gke", "cloud", "vpc", "http://10.128.0.13:32080/", "LocalPolicyNoEndpoint", [], None),
    ("GKE: the health check of the balancer", "gke", "cloud", "vpc", "http://10.128.0.13:31999/", "HealthCheckFailed", [], None),
    ("GKE: a name, in its own range", "gke", "cloud", FRONT, "http://front.shop/", "Delivered", [FRONT], "10.4.0.1"),
    ("GKE: its cluster IP from outside", "gke", "cloud", "internet", "http://34.118.230.17/", "ClusterIPFromOutside", [], None),
]  # fmt: skip


@pytest.mark.parametrize("row", MORE, ids=[r[0] for r in MORE])
def test_dumps_of_other_clusters(row):
    _, name, provider, source, url, reason, endpoints, seen = row
    cluster = begin((DUMPS / f"{name}.yaml").read_text(), provider, firewall="closed").cluster
    found = send(cluster, url, source)
    assert (found.reason, found.endpoints, found.source_ip) == (reason, endpoints, seen)


@pytest.mark.parametrize("name", ["eks", "gke", "kind", "minikube"])
def test_a_dump_has_its_own_nodes_only(name):
    provider = "minikube" if name == "minikube" else "cloud"
    text = (DUMPS / f"{name}.yaml").read_text()
    nodes = {node.name for node in begin(text, provider).cluster.of_kind("Node")}
    assert nodes and all(f"name: {node}," in text for node in nodes)


def test_a_pod_that_was_not_ready_is_not_ready_until_somebody_mends_it():
    tx = begin((DUMPS / "gke.yaml").read_text())
    key = ("Pod", "shop", "front-7c9d6b5f4-bbbbb")
    assert not tx.cluster.find(key).ready
    tx.patch(key, {"metadata": {"annotations": {"kubeviz.dev/app": "ready: true"}}})
    quiesce(tx)
    assert tx.cluster.find(key).ready


def test_an_addon_that_is_asked_for_runs_on_the_dumps_nodes():
    cluster = begin(FILE.read_text(), addons=("ingress-nginx",)).cluster
    assert {pod.node for pod in cluster.of_kind("Pod")} == {"ip-10-0-1-5"}
