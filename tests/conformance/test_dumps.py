"""The dump of a real cluster is taken as it stands: nothing is allocated, checked or reconciled until somebody acts."""

from pathlib import Path

import pytest

from kubeviz.cluster.objects import stand_in
from kubeviz.controllers import quiesce
from tests.clusters import begin, send

FILE = Path(__file__).with_name("dump.yaml")
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
