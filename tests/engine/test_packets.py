"""What the node does with a packet: one row a sentence of kube-proxy's behaviour (nftables mode)."""

from datetime import timedelta

import pytest

from kubeviz.controllers import quiesce, settle
from kubeviz.controllers.bootstrap import READY
from kubeviz.engine import Request, trace
from tests.clusters import app, begin, build, pod, send, service


def at(name: str, node: str, more: str = "", listen: str = "8080", spec: str = "", labels: str = "app: web") -> str:
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: {name}, labels: {{{labels}}}, annotations: {{kubeviz.dev/app: "{{listen: [{listen}]{more}}}"}}}}
spec: {{nodeName: {node}, containers: [{{name: c, image: c, ports: [{{name: http, containerPort: 8080}}]}}]{spec}}}
---
"""


PODS = at("one", "node-1") + at("two", "node-2") + at("shell", "node-1", labels="app: shell")
WEB = "selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]"
CLUSTER = PODS + service("web", f"type: NodePort, clusterIP: 10.96.1.1, {WEB}")
LOCAL = PODS + service("web", f"type: NodePort, externalTrafficPolicy: Local, clusterIP: 10.96.1.1, {WEB}")
BALANCED = PODS + service("web", f"type: LoadBalancer, clusterIP: 10.96.1.1, {WEB}")
BALANCED_LOCAL = PODS + service("web", f"type: LoadBalancer, externalTrafficPolicy: Local, clusterIP: 10.96.1.1, {WEB}")
INTERNAL = PODS + service("web", f"type: NodePort, internalTrafficPolicy: Local, clusterIP: 10.96.1.1, {WEB}")
NODES = {"192.168.0.11": "node 1", "192.168.0.12": "node 2", "192.168.0.13": "node 3", "192.168.0.100": "client"}
BRIDGES = {f"10.244.{n}.1": f"bridge {n}" for n in (1, 2, 3)}
SHELL, ONE = "pod/default/shell", "pod/default/one"

ROWS = [
    # text, from, to -> {(pod, the address it saw)}, or how it ends
    ("cluster: any pod, the sender hidden", CLUSTER, "vpc", "192.168.0.11:30080", {("one", "bridge 1"), ("two", "node 1")}),
    ("cluster: a node without a pod", CLUSTER, "vpc", "192.168.0.13:30080", {("one", "node 3"), ("two", "node 3")}),
    ("cluster: from a pod", CLUSTER, SHELL, "192.168.0.12:30080", {("one", "node 2"), ("two", "bridge 2")}),
    ("cluster: from a node to another", CLUSTER, "node/node-1", "192.168.0.12:30080", {("one", "node 2"), ("two", "bridge 2")}),
    ("local: this node's pod, the sender kept", LOCAL, "vpc", "192.168.0.11:30080", {("one", "client")}),
    ("local: no pod here", LOCAL, "vpc", "192.168.0.13:30080", "LocalPolicyNoEndpoint"),
    ("local: a node to itself is inside", LOCAL, "node/node-3", "192.168.0.13:30080", {("one", "node 3"), ("two", "node 3")}),
    ("local: a node to another is outside", LOCAL, "node/node-1", "192.168.0.12:30080", {("two", "node 1")}),
    ("local: a pod to its own node is inside", LOCAL, SHELL, "192.168.0.11:30080", {("one", "shell"), ("two", "shell")}),
    ("local: a pod to another node is outside", LOCAL, SHELL, "192.168.0.13:30080", "LocalPolicyNoEndpoint"),
    ("local: the cluster IP is not bound", LOCAL, SHELL, "10.96.1.1", {("one", "shell"), ("two", "shell")}),
    ("a cluster IP from a node", CLUSTER, "node/node-1", "10.96.1.1", {("one", "bridge 1"), ("two", "node 1")}),
    ("a cluster IP from a pod", CLUSTER, SHELL, "10.96.1.1", {("one", "shell"), ("two", "shell")}),
    ("hairpin", CLUSTER, ONE, "10.96.1.1", {("one", "bridge 1"), ("two", "one")}),
    ("a cluster IP with the node port", CLUSTER, SHELL, "10.96.1.1:30080", "ServicePortClosed"),
    ("a cluster IP with the target port", CLUSTER, SHELL, "10.96.1.1:8080", "ServicePortClosed"),
    ("a balancer, from inside", BALANCED, SHELL, "203.0.113.100", {("one", "bridge 1"), ("two", "node 1")}),
    ("a balancer with policy local, from inside", BALANCED_LOCAL, SHELL, "203.0.113.100", {("one", "shell"), ("two", "shell")}),
    ("a balancer with policy local keeps the client", BALANCED_LOCAL, "vpc", "203.0.113.100", {("one", "client"), ("two", "client")}),
    ("a balancer and its node port", BALANCED, "vpc", "203.0.113.100:30080", "NodePortOnLoadBalancerIP"),
    ("internal local: only here", INTERNAL, SHELL, "10.96.1.1", {("one", "shell")}),
    ("internal local: a node without a pod", INTERNAL, "node/node-3", "10.96.1.1", "LocalPolicyNoEndpoint"),
    ("internal local does not bind the node port", INTERNAL, "vpc", "192.168.0.13:30080", {("one", "node 3"), ("two", "node 3")}),
    ("a node port on loopback", CLUSTER, "node/node-1", "127.0.0.1:30080", "NodePortClosed"),
    ("a pod from a node, the same", PODS, "node/node-1", "<one>:8080", {("one", "bridge 1")}),
    ("a pod from a node, another", PODS, "node/node-2", "<one>:8080", {("one", "node 2")}),
    ("a pod from a pod", PODS, SHELL, "<two>:8080", {("two", "shell")}),
    ("a port where nobody listens", PODS, SHELL, "<two>:81", "TargetPortClosed"),
    ("the VPC knows no cluster IP", CLUSTER, "vpc", "10.96.1.1", "ClusterIPFromOutside"),
    ("nor a pod's", CLUSTER, "vpc", "<one>:8080", "PodIPFromOutside"),
]  # fmt: skip


def seen(cluster, source, url, **request):
    """Which pods answered with which client address in thirty tries, or the reason why none did."""
    pods = {p.ip: p.name for p in cluster.of_kind("Pod", "default")}
    names = {**NODES, **BRIDGES, **pods}
    for ip, name in pods.items():
        url = url.replace(f"<{name}>", ip)
    found = [send(cluster, f"http://{url}/", source, seed=n, **request) for n in range(30)]
    if found[0].served_by is None:
        return found[0].reason
    return {(f.served_by.rpartition("/")[2], names.get(f.source_ip, f.source_ip)) for f in found}


@pytest.mark.parametrize(("text", "source", "to", "expected"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_packet_goes_where_the_node_sends_it(text, source, to, expected):
    assert seen(build(text), source, to) == expected


EXTERNAL = (
    PODS
    + service(
        "web",
        "clusterIP: 10.96.1.1, externalIPs: [192.168.0.12, 192.0.2.80], selector: {app: web}, ports: [{port: 80, targetPort: 8080}]",
    )
    + service(
        "other",
        "clusterIP: 10.96.1.2, externalIPs: [192.0.2.80], selector: {app: shell}, ports: [{port: 90, targetPort: 8080}]",
    )
)
EXTERNALS = [
    ("an external IP", "192.0.2.80", {("one", "bridge 1"), ("two", "node 1")}),
    ("a second Service on it", "192.0.2.80:90", {("shell", "bridge 1")}),
    ("a port of neither", "192.0.2.80:91", "BalancerPortClosed"),
    ("a node's own address as external IP", "192.168.0.12", {("one", "node 1"), ("two", "node 1")}),
    ("whose other ports are the node's", "192.168.0.12:81", "NodePortClosed"),
]


@pytest.mark.parametrize(("to", "expected"), [r[1:] for r in EXTERNALS], ids=[r[0] for r in EXTERNALS])
def test_an_external_ip_leads_to_its_service(to, expected):
    found = seen(build(EXTERNAL), "vpc", to)
    assert found == expected or {name for name, _ in found} == {name for name, _ in expected}


PROTOCOLS = (
    PODS
    + at("dns", "node-1", listen="53/UDP, 53/TCP, 9/SCTP", labels="app: dns")
    + service(
        "dns",
        "clusterIP: 10.96.1.9, selector: {app: dns}, ports: [{name: u, port: 53, protocol: UDP}, {name: t, port: 53, targetPort: 54}, {name: s, port: 9, protocol: SCTP}]",
    )
)


@pytest.mark.parametrize(
    ("to", "protocol", "reason"),
    [
        ("10.96.1.9:53", "UDP", "Delivered"),
        ("10.96.1.9:53", "TCP", "TargetPortClosed"),
        ("10.96.1.9:53", "SCTP", "ServicePortClosed"),
        ("10.96.1.9:9", "SCTP", "Delivered"),
        ("10.96.1.9:9", "UDP", "ServicePortClosed"),
    ],
)
def test_protocols_on_one_number_are_ports_of_their_own(to, protocol, reason):
    found = send(build(PROTOCOLS), f"http://{to}/", SHELL, protocol=protocol)
    assert (found.reason, found.http) == (reason, None)


HOST = (
    at("held", "node-2", listen="80", labels="app: held", spec=", hostNetwork: true")
    + """
apiVersion: v1
kind: Pod
metadata: {name: mapped, annotations: {kubeviz.dev/app: "listen: [8080]"}}
spec: {nodeName: node-1, containers: [{name: c, image: c, ports: [{containerPort: 8080, hostPort: 9090}, {containerPort: 8080, hostPort: 9091, hostIP: 127.0.0.1}]}]}
---
"""
    + service("held", "clusterIP: 10.96.1.7, selector: {app: held}, ports: [{port: 80}]")
)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("192.168.0.11:9090", {("mapped", "client")}),
        ("192.168.0.12:9090", "NodePortClosed"),
        ("192.168.0.12:80", {("held", "client")}),
        ("192.168.0.11:80", "NodePortClosed"),
        ("192.168.0.11:9091", "NodePortClosed"),
    ],
)
def test_a_pod_may_hold_a_port_of_its_node(to, expected):
    assert seen(build(PODS + HOST), "vpc", to) == expected


def test_a_service_leads_to_a_pod_on_the_nodes_network():
    assert seen(build(PODS + HOST), SHELL, "10.96.1.7") == {("held", "shell")}


def test_a_balancer_may_do_without_node_ports():
    cluster = build(
        PODS
        + service(
            "web",
            "type: LoadBalancer, allocateLoadBalancerNodePorts: false, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]",
        )
    )
    assert cluster.get("Service", "default", "web").ports[0].node_port == 0
    assert send(cluster, "http://203.0.113.100/").verdict == "delivered"


def test_the_health_check_of_a_node_counts_its_pods():
    cluster = build(BALANCED_LOCAL)
    port = cluster.get("Service", "default", "web").spec["healthCheckNodePort"]
    found = [send(cluster, f"http://192.168.0.1{n}:{port}/", "vpc") for n in (1, 3)]
    assert [(f.http.status, f.reason) for f in found] == [(200, "Delivered"), (503, "HealthCheckFailed")]
    assert '"localEndpoints": 1' in found[0].http.body


RANGES = PODS + service(
    "web", f"type: LoadBalancer, clusterIP: 10.96.1.1, loadBalancerSourceRanges: [198.51.100.0/24], {WEB}"
)


@pytest.mark.parametrize(
    ("client", "to", "reason"),
    [
        ("198.51.100.7", "203.0.113.100", "Delivered"),
        ("192.0.2.7", "203.0.113.100", "SourceRangeBlocked"),
        ("192.0.2.7", "203.0.113.12:30080", "Delivered"),
    ],
)
def test_source_ranges_guard_the_balancer_only(client, to, reason):
    assert send(build(RANGES), f"http://{to}/", client_ip=client).reason == reason


def test_a_dead_node_is_silent_and_its_pods_stay_until_the_grace_is_over():
    tx = begin(CLUSTER)
    tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    settle(tx)
    assert send(tx.cluster, "http://192.168.0.12:30080/", "vpc").reason == "NodeDown"
    found = {send(tx.cluster, "http://10.96.1.1/", SHELL, seed=n).reason for n in range(20)}
    assert found == {"Delivered", "NodeDown"}
    quiesce(tx)
    assert {send(tx.cluster, "http://10.96.1.1/", SHELL, seed=n).reason for n in range(20)} == {"Delivered"}


def test_affinity_is_kept_for_each_port():
    ports = "[{name: a, port: 80, targetPort: 8080}, {name: b, port: 81, targetPort: 8080}]"
    cluster = build(
        PODS
        + service("web", f"clusterIP: 10.96.1.1, sessionAffinity: ClientIP, selector: {{app: web}}, ports: {ports}")
    )
    affinity, served = {}, {80: set(), 81: set()}
    for seed in range(20):
        port = 80 + seed % 2
        found = trace(cluster, Request(url=f"http://10.96.1.1:{port}/", source=SHELL, seed=seed), affinity)
        affinity = found.affinity
        served[port].add(found.served_by)
    assert [len(pods) for pods in served.values()] == [1, 1]


def test_an_app_calls_another_by_its_variable():
    text = service("pay", "clusterIP: 10.96.1.5, selector: {app: pay}, ports: [{port: 80, targetPort: 8080}]") + app(
        "pay"
    )
    text += app("order", more=", routes: {/: {call: 'http://$(PAY_SERVICE_HOST):$(PAY_SERVICE_PORT)/'}}")
    cluster = build(text)
    found = send(cluster, f"http://{pod(cluster, 'order').ip}:8080/", pod(cluster, "pay").ref)
    assert (found.http.body, [c.served_by for c in found.calls]) == (
        pod(cluster, "pay").name,
        [pod(cluster, "pay").ref],
    )


def test_a_pod_on_the_nodes_network_answers_at_its_localhost():
    cluster = build(HOST)
    assert send(cluster, "http://127.0.0.1/", "node/node-2").served_by == "pod/default/held"
    assert send(cluster, "http://127.0.0.1/", "node/node-1").reason == "NodePortClosed"
    assert send(cluster, "http://127.0.0.1:9090/", "pod/default/mapped").reason == "TargetPortClosed"
    assert send(cluster, "http://127.0.0.1:8080/", "pod/default/mapped").served_by == "pod/default/mapped"


def test_localhost_outside_is_the_senders_own_machine():
    found = send(build(HOST), "http://127.0.0.1:9090/")
    assert (found.verdict, found.reason, found.curl.exit) == ("refused", "OwnMachine", 7)


PAUSES = [("within the time", 59, True), ("each connection prolongs it", 30, True), ("after it", 61, False)]


@pytest.mark.parametrize(("pause", "stays"), [p[1:] for p in PAUSES], ids=[p[0] for p in PAUSES])
def test_affinity_ends_after_its_timeout(pause, stays):
    config = "sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}"
    text = PODS + service(
        "web", f"clusterIP: 10.96.1.1, {config}, selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]"
    )
    cluster, affinity, served, now = build(text), {}, set(), READY
    for seed in range(12):
        found = trace(cluster, Request(url="http://10.96.1.1/", source=SHELL, seed=seed), affinity, now)
        affinity, now = found.affinity, now + timedelta(seconds=pause)
        served.add(found.served_by)
    assert (len(served) == 1) is stays
