"""How a request ends: one row a rule."""

import pytest

from kubeviz.engine import InvalidRequest, Request, trace
from tests.clusters import app, begin, build, pod, send, service

ORDER = app("order", replicas=2) + service(
    "order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"
)
BALANCED = app("order", replicas=2) + service(
    "order",
    "type: LoadBalancer, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]",
)
NODE = "http://203.0.113.12:30080/"


def ending(found):
    return found.verdict, found.reason, found.curl.exit


FROM_OUTSIDE = [
    ("a node port of a node", ORDER, {}, NODE, ("delivered", "Delivered", 0)),
    ("every node answers", ORDER, {}, "http://203.0.113.13:30080/", ("delivered", "Delivered", 0)),
    ("the firewall is closed", ORDER, {"firewall": "closed"}, NODE, ("timeout", "FirewallBlocked", 28)),
    (
        "a rule opens the port",
        ORDER
        + "apiVersion: kubeviz.dev/v1\nkind: FirewallRule\nmetadata: {name: allow-order}\nspec: {ports: [30080]}\n",
        {"firewall": "closed"},
        NODE,
        ("delivered", "Delivered", 0),
    ),
    (
        "no Service has this node port",
        ORDER,
        {},
        "http://203.0.113.12:30081/",
        ("refused", "NodePortClosed", 7),
    ),
    (
        "a private address",
        ORDER,
        {},
        "http://192.168.0.12:30080/",
        ("timeout", "PrivateAddressFromOutside", 28),
    ),
    ("a cluster IP", ORDER, {}, "http://10.96.0.1/", ("timeout", "ClusterIPFromOutside", 28)),
    ("a pod IP", ORDER, {}, "http://10.244.1.3:8080/", ("timeout", "PodIPFromOutside", 28)),
    ("an address of nobody", ORDER, {}, "http://198.51.100.99/", ("timeout", "AddressUnreachable", 28)),
    ("a name that nobody knows", ORDER, {}, "http://order.example.com/", ("dns_error", "NameNotFound", 6)),
    (
        "a cluster name outside",
        ORDER,
        {},
        "http://order.default.svc.cluster.local/",
        ("dns_error", "NameNotFound", 6),
    ),
    ("a balancer", BALANCED, {}, "http://203.0.113.100/", ("delivered", "Delivered", 0)),
    (
        "a balancer's address with the node port",
        BALANCED,
        {},
        "http://203.0.113.100:30080/",
        ("timeout", "NodePortOnLoadBalancerIP", 28),
    ),
    (
        "a balancer's address with another port",
        BALANCED,
        {},
        "http://203.0.113.100:81/",
        ("timeout", "BalancerPortClosed", 28),
    ),
    (
        "the targetPort is wrong",
        app("order")
        + service(
            "order",
            "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 9999, nodePort: 30080}]",
        ),
        {},
        NODE,
        ("refused", "TargetPortClosed", 7),
    ),
    (
        "the selector has a typo",
        app("order") + service("order", "type: NodePort, selector: {app: oder}, ports: [{port: 80, nodePort: 30080}]"),
        {},
        NODE,
        ("refused", "SelectorMatchesNothing", 7),
    ),
    (
        "no pod is ready",
        app("order", more=", ready: false")
        + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, nodePort: 30080}]"),
        {},
        NODE,
        ("refused", "AllEndpointsUnready", 7),
    ),
    (
        "a named port no pod has",
        app("order")
        + service(
            "order",
            "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: web, nodePort: 30080}]",
        ),
        {},
        NODE,
        ("refused", "ServiceHasNoEndpoints", 7),
    ),
    (
        "a Service without selector",
        service("order", "type: NodePort, ports: [{port: 80, nodePort: 30080}]"),
        {},
        NODE,
        ("refused", "ServiceHasNoEndpoints", 7),
    ),
    (
        "https to an app that speaks http",
        ORDER,
        {},
        "https://203.0.113.12:30080/",
        ("refused", "TLSNotSpoken", 35),
    ),
]


@pytest.mark.parametrize(
    ("text", "options", "url", "expected"),
    [row[1:] for row in FROM_OUTSIDE],
    ids=[row[0] for row in FROM_OUTSIDE],
)
def test_a_request_from_the_internet_ends_as_it_would(text, options, url, expected):
    assert ending(send(build(text, **options), url)) == expected


TWO = (
    app("order")
    + app("payment", namespace="pay")
    + service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]", "pay")
    + "apiVersion: v1\nkind: Namespace\nmetadata: {name: pay}\n---\n"
    + service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
)

FROM_A_POD = [
    ("a short name in its own namespace", "http://order/", ("delivered", "Delivered", 0)),
    ("a short name elsewhere", "http://payment/", ("dns_error", "NameNotFound", 6)),
    ("name and namespace", "http://payment.pay/", ("delivered", "Delivered", 0)),
    ("the port behind the name", "http://payment.pay:80/", ("delivered", "Delivered", 0)),
    ("the full name", "http://payment.pay.svc.cluster.local/", ("delivered", "Delivered", 0)),
    ("a full name with its dot", "http://payment.pay.svc.cluster.local./", ("delivered", "Delivered", 0)),
    ("a port the Service has not", "http://payment.pay:8080/", ("refused", "ServicePortClosed", 7)),
    ("a cluster IP of nobody", "http://10.96.77.77/", ("timeout", "ServiceIPFree", 28)),
    ("a pod IP of nobody", "http://10.244.1.99:8080/", ("timeout", "PodIPGone", 28)),
    ("its own localhost", "http://localhost:8080/", ("delivered", "Delivered", 0)),
    ("the API server", "http://kubernetes.default:443/", ("delivered", "Delivered", 0)),
]


@pytest.mark.parametrize(("url", "expected"), [row[1:] for row in FROM_A_POD], ids=[row[0] for row in FROM_A_POD])
def test_a_request_from_a_pod_ends_as_it_would(url, expected):
    cluster = build(TWO)
    assert ending(send(cluster, url, pod(cluster, "order").ref)) == expected


def test_a_node_knows_cluster_ips_but_no_service_names():
    cluster = build(TWO)
    ip = cluster.get("Service", "pay", "payment").cluster_ip
    assert ending(send(cluster, f"http://{ip}/", "node/node-1")) == ("delivered", "Delivered", 0)
    assert ending(send(cluster, "http://payment.pay/", "node/node-1")) == ("dns_error", "NameNotFound", 6)
    assert ending(send(cluster, "http://127.0.0.1:30080/", "node/node-1")) == ("refused", "NodePortClosed", 7)


def test_a_deleted_pod_is_replaced_and_the_service_stays():
    tx = begin(ORDER)
    before = tx.cluster.get("Service", "default", "order")
    old = pod(tx.cluster, "order")
    tx.delete(old.key)
    from kubeviz.controllers import quiesce

    quiesce(tx)
    pods = [p for p in tx.cluster.of_kind("Pod", "default") if p.labels.get("app") == "order"]
    assert len(pods) == 2
    assert old.ip not in {p.ip for p in pods}
    assert tx.cluster.get("Service", "default", "order").cluster_ip == before.cluster_ip
    assert send(tx.cluster, NODE).verdict == "delivered"


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("url", Request(url="http://")),
        ("url", Request(url="http://host:99999/")),
        ("url", Request(url="ftp://host/")),
        ("url", Request(url="http://a b/")),
        ("from", Request(url=NODE, source="pod/default/nobody")),
        ("from", Request(url=NODE, source="moon")),
        ("protocol", Request(url=NODE, protocol="ICMP")),
        ("connect_to", Request(url=NODE, connect_to="somewhere")),
    ],
)
def test_what_no_client_could_send_is_an_error_at_its_field(field, request_):
    with pytest.raises(InvalidRequest) as caught:
        trace(build(), request_)
    assert caught.value.field == field
