"""Cluster IPs and node ports, from a cluster that holds nothing or nearly everything."""

import random
from typing import Any

import pytest
import yaml

from kubeviz.cluster import allocation
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.kinds import service


class Held:
    """Who holds which address and port."""

    def __init__(self, ips: Any = (), ports: Any = ()) -> None:
        self.ips, self.ports = ips, ports

    def service_by_ip(self, ip: str) -> Any:
        return "someone" if ip in self.ips else None

    def services_by_node_port(self, protocol: str, port: int) -> list[Any]:
        return ["someone"] if protocol == "TCP" and port in self.ports else []


def built(spec: str) -> dict[str, Any]:
    body = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": yaml.safe_load(spec)}
    service.default(body)
    return body


NOBODY = Held()
TAKEN = Held({"10.96.0.10"}, {30080})
ASKED = [
    ("a free IP", "{clusterIP: 10.96.9.9, ports: [{port: 80}]}", []),
    ("a held IP", "{clusterIP: 10.96.0.10, ports: [{port: 80}]}",
     ['spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated']),
    ("an IP of no range", "{clusterIP: 1.2.3.4, ports: [{port: 80}]}",
     ['spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP 1.2.3.4: '
      "the provided network does not match the current range"]),
    ("an IPv6 address", "{clusterIP: '2001:db8::1', ports: [{port: 80}]}",
     ['spec.clusterIPs[0]: Invalid value: ["2001:db8::1"]: IPv6 is not configured on this cluster']),
    ("two stacks", "{ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}",
     ['spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services']),
    ("a held port", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}",
     ["spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"]),
    ("a held port by another protocol", "{type: NodePort, ports: [{port: 80, nodePort: 30080, protocol: UDP}]}",
     ["spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"]),
    ("one port for two protocols of one number",
     "{type: NodePort, ports: [{name: a, port: 53, nodePort: 30053}, {name: b, port: 53, protocol: UDP, nodePort: 30053}]}", []),
    ("one port for two numbers",
     "{type: NodePort, ports: [{name: a, port: 53, nodePort: 30053}, {name: b, port: 54, protocol: UDP, nodePort: 30053}]}",
     ["spec.ports[1].nodePort: Invalid value: 30053: provided port is already allocated"]),
    ("a port of a balancer that allocates none",
     "{type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 80, nodePort: 30080}]}",
     ["spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"]),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "said"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_what_is_asked_for_must_be_free(spec, said):
    assert [str(e) for e in allocation.check(built(spec), None, TAKEN)] == said


def test_the_same_seed_gives_the_same_addresses():
    first, second = built("{type: NodePort, ports: [{port: 80}]}"), built("{type: NodePort, ports: [{port: 80}]}")
    for body in (first, second):
        allocation.allocate(body, None, NOBODY, random.Random(7))
    assert first == second
    assert first["spec"]["ports"][0]["nodePort"] in allocation.NODE_PORTS


def test_tcp_and_udp_on_one_number_share_a_node_port():
    body = built(
        "{type: NodePort, ports: [{name: a, port: 53}, {name: b, port: 53, protocol: UDP}, {name: c, port: 80}]}"
    )
    allocation.allocate(body, None, NOBODY, random.Random(0))
    a, b, c = (p["nodePort"] for p in body["spec"]["ports"])
    assert a == b != c


def test_a_headless_service_gets_no_address():
    body = built("{clusterIP: None, selector: {app: a}}")
    allocation.allocate(body, None, NOBODY, random.Random(0))
    assert body["spec"]["clusterIPs"] == ["None"]


FULL = [
    ("node ports", Held(ports=allocation.NODE_PORTS), "failed to allocate a nodePort: range is full"),
    ("all but one", Held(ports=set(allocation.NODE_PORTS) - {30001}), None),
]


@pytest.mark.parametrize(("held", "said"), [row[1:] for row in FULL], ids=[row[0] for row in FULL])
def test_a_full_range_is_an_internal_error(held, said):
    body = built("{type: NodePort, ports: [{port: 80}]}")
    if said is None:
        allocation.allocate(body, None, held, random.Random(0))
        assert body["spec"]["ports"][0]["nodePort"] == 30001
        return
    with pytest.raises(Rejected) as caught:
        allocation.allocate(body, None, held, random.Random(0))
    assert (caught.value.code, caught.value.message) == (500, f"Internal error occurred: {said}")
