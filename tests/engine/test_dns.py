"""Names: one row a sentence of the Kubernetes DNS specification 1.1.0, or of CoreDNS where that leaves room."""

from functools import cache

import pytest

from kubeviz.engine import dns
from tests.clusters import app, build, pod, send, service

TEXT = (
    app("web", replicas=2)
    + service("web", "clusterIP: 10.96.1.1, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]")
    + service("bare", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80}]")
    + service(
        "two",
        "clusterIP: 10.96.1.3, selector: {app: ghost}, ports: [{name: a, port: 1}, {name: b, port: 2, protocol: UDP}]",
    )
    + service("none", "clusterIP: None, selector: {app: ghost}, ports: [{name: db, port: 5432}]")
    + service("out", "type: ExternalName, externalName: db.example.com")
    + service("alias", "type: ExternalName, externalName: web.default.svc.cluster.local")
    + service("round", "type: ExternalName, externalName: round.default.svc.cluster.local")
    + service("address", "type: ExternalName, externalName: 192.0.2.7")
    + service("headless", "clusterIP: None, selector: {app: db}, ports: [{name: db, port: 5432, targetPort: 6000}]")
    + """
apiVersion: v1
kind: Pod
metadata: {name: db-0, labels: {app: db}, annotations: {kubeviz.dev/app: "listen: [6000]"}}
spec: {hostname: first, subdomain: headless, containers: [{name: c, image: db}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-1, labels: {app: db}, annotations: {kubeviz.dev/app: "{listen: [6000], ready: false}"}}
spec: {hostname: second, subdomain: headless, containers: [{name: c, image: db}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-2, labels: {app: db}, annotations: {kubeviz.dev/app: "listen: [6000]"}}
spec: {containers: [{name: c, image: db}]}
---
"""
)
N = ".default.svc.cluster.local"
FIRST, THIRD = "<db-0>", "<db-2>"
DASHED = "<db-2 dashed>"

ROWS = [
    # name, type, rcode, data
    ("the version of the schema", "dns-version.cluster.local", "TXT", "NOERROR", ['"1.1.0"']),
    ("a cluster IP", "web" + N, "A", "NOERROR", ["10.96.1.1"]),
    ("names have no case", "WEB.Default.svc.Cluster.local.", "A", "NOERROR", ["10.96.1.1"]),
    ("a Service without endpoints resolves", "two" + N, "A", "NOERROR", ["10.96.1.3"]),
    ("no IPv6 address is no answer, and no NXDOMAIN", "web" + N, "AAAA", "NOERROR", []),
    ("no such Service", "ghost" + N, "A", "NXDOMAIN", []),
    ("no such namespace", "web.ghost.svc.cluster.local", "A", "NXDOMAIN", []),
    ("a namespace has no address", "default.svc.cluster.local", "A", "NOERROR", []),
    ("no such namespace under svc", "ghost.svc.cluster.local", "A", "NXDOMAIN", []),
    ("svc has no address", "svc.cluster.local", "A", "NOERROR", []),
    ("the zone has no address", "cluster.local", "A", "NOERROR", []),
    ("neither svc nor pod", "web.default.cluster.local", "A", "NXDOMAIN", []),
    ("a named port", "_http._tcp.web" + N, "SRV", "NOERROR", [f"0 100 80 web{N}."]),
    ("a port of another protocol", "_http._udp.web" + N, "SRV", "NXDOMAIN", []),
    ("no such port", "_grpc._tcp.web" + N, "SRV", "NXDOMAIN", []),
    ("every port", "two" + N, "SRV", "NOERROR", [f"0 50 1 two{N}.", f"0 50 2 two{N}."]),
    ("the reverse of a cluster IP", "1.1.96.10.in-addr.arpa", "PTR", "NOERROR", [f"web{N}."]),
    ("the reverse of nobody", "9.9.96.10.in-addr.arpa", "PTR", "NXDOMAIN", []),
    ("headless: the ready pods", "headless" + N, "A", "NOERROR", [FIRST, THIRD]),
    ("headless: nobody is ready", "none" + N, "A", "NXDOMAIN", []),
    ("a pod's own name", "first.headless" + N, "A", "NOERROR", [FIRST]),
    ("a pod that is not ready has none", "second.headless" + N, "A", "NXDOMAIN", []),
    ("a pod without a host name", f"{DASHED}.headless" + N, "A", "NOERROR", [THIRD]),
    ("a pod's name is no host name", "db-2.headless" + N, "A", "NXDOMAIN", []),
    (
        "headless: ports of the pods",
        "_db._tcp.headless" + N,
        "SRV",
        "NOERROR",
        [f"0 50 6000 first.headless{N}.", f"0 50 6000 {DASHED}.headless{N}."],
    ),
    ("an alias", "out" + N, "CNAME", "NOERROR", ["db.example.com."]),
    ("an alias and its address", "alias" + N, "A", "NOERROR", [f"web{N}.", "10.96.1.1"]),
    ("an alias that leads to itself", "round" + N, "A", "SERVFAIL", []),
    ("an alias to an address is no alias", "address" + N, "CNAME", "NXDOMAIN", []),
    ("nothing stands before an alias", "x.out" + N, "A", "NXDOMAIN", []),
    ("a pod's address as a name", "10-244-1-9.default.pod.cluster.local", "A", "NOERROR", ["10.244.1.9"]),
    ("but not in a namespace that is none", "10-244-1-9.ghost.pod.cluster.local", "A", "NXDOMAIN", []),
    ("nor of what is no address", "10-244-1.default.pod.cluster.local", "A", "NXDOMAIN", []),
    ("too many labels", "a.b.c.web" + N, "A", "NXDOMAIN", []),
]


@cache
def cluster():
    return build(TEXT)


def filled(text: str) -> str:
    first, third = (cluster().get("Pod", "default", name).ip for name in ("db-0", "db-2"))
    return text.replace(DASHED, third.replace(".", "-")).replace(FIRST, first).replace(THIRD, third)


@pytest.mark.parametrize(("name", "type", "rcode", "data"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_the_clusters_dns_answers_as_specified(name, type, rcode, data):
    found = dns.query(cluster(), pod(cluster(), "web"), filled(name), type, search=False)
    (reply,) = found.replies
    assert (found.server, found.failure) == ("10.96.0.10", "")
    assert (reply.rcode, sorted(r.data for r in reply.records)) == (rcode, sorted(filled(d) for d in data))


def test_the_reverse_of_a_pod_is_the_name_it_has_behind_a_service():
    first = cluster().get("Pod", "default", "db-0")
    found = dns.query(cluster(), pod(cluster(), "web"), first.ip, "PTR")
    assert [r.data for r in found.answer.records] == [f"first.headless{N}."]


SEARCH = [
    ("one label", "web", ["web" + N]),
    (
        "in another namespace",
        "kube-dns.kube-system",
        ["kube-dns.kube-system" + N, "kube-dns.kube-system.svc.cluster.local"],
    ),
    ("a trailing dot asks once", "web.", ["web"]),
    (
        "nobody knows it",
        "ghost",
        ["ghost" + N, "ghost.svc.cluster.local", "ghost.cluster.local", "ghost"],
    ),
    ("enough dots ask for the name itself first", "a.b.c.d.e.f", ["a.b.c.d.e.f", "a.b.c.d.e.f" + N]),
]


@pytest.mark.parametrize(("name", "asked"), [r[1:] for r in SEARCH], ids=[r[0] for r in SEARCH])
def test_the_search_list_is_tried_in_order(name, asked):
    found = dns.query(cluster(), pod(cluster(), "web"), name)
    assert [reply.name for reply in found.replies][: len(asked)] == asked


def shell(more: str) -> str:
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: shell}}
spec: {{containers: [{{name: c, image: busybox}}], {more}}}
---
"""


CONFIGS = [
    (
        "by default",
        "",
        "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n",
    ),
    ("Default is the node's", "dnsPolicy: Default", "nameserver 192.168.0.1\n"),
    ("so is ClusterFirst on the node's network", "hostNetwork: true", "nameserver 192.168.0.1\n"),
    (
        "ClusterFirstWithHostNet",
        "hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet",
        "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n",
    ),
    (
        "None takes dnsConfig alone",
        "dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.1], searches: [a.example, b.example], options: [{name: ndots, value: '2'}, {name: edns0}]}",
        "search a.example b.example\nnameserver 192.0.2.1\noptions ndots:2 edns0\n",
    ),
    (
        "dnsConfig adds to the policy",
        "dnsConfig: {nameservers: [192.0.2.1], searches: [a.example], options: [{name: ndots, value: '1'}]}",
        "search default.svc.cluster.local svc.cluster.local cluster.local a.example\n"
        "nameserver 10.96.0.10\nnameserver 192.0.2.1\noptions ndots:1\n",
    ),
]


@pytest.mark.parametrize(("more", "expected"), [r[1:] for r in CONFIGS], ids=[r[0] for r in CONFIGS])
def test_resolv_conf_follows_dns_policy_and_config(more, expected):
    found = build(shell(more)).get("Pod", "default", "shell")
    assert str(dns.config(found)) == expected


def test_an_option_that_is_no_number_is_read_as_resolv_conf_reads_it():
    found = build(shell("dnsConfig: {options: [{name: ndots, value: many}]}")).get("Pod", "default", "shell")
    assert dns.config(found).ndots == 0


NAMES = [
    ("a short name", "web", "Delivered"),
    ("an alias", "alias", "Delivered"),
    ("an alias to a machine outside", "out", "Delivered"),
    ("an alias that leads to itself", "round", "Loop"),
    ("a pod by its own name", "first.headless:6000", "Delivered"),
    ("headless: targetPort has no effect", "headless:5432", "TargetPortClosed"),
    ("a namespace has no address", "default.svc.cluster.local", "NameHasNoAddress"),
    ("the port does not belong into the name", "web.80", "NameNotFound"),
    ("hostAliases", "till", "Delivered"),
    ("hostAliases have no case", "TILL", "Delivered"),
    ("its own name", "shell", "Delivered"),
]


@pytest.mark.parametrize(("host", "reason"), [r[1:] for r in NAMES], ids=[r[0] for r in NAMES])
def test_a_request_by_name_ends_as_it_would(host, reason):
    found = build(TEXT + shell("hostAliases: [{ip: 10.96.1.1, hostnames: [till, cash]}]"))
    assert send(found, f"http://{host}/", "pod/default/shell").reason == reason


def test_without_core_dns_no_name_resolves_but_addresses_work():
    text = TEXT + "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: coredns, namespace: kube-system}\n"
    text += "spec: {replicas: 0, selector: {matchLabels: {k8s-app: kube-dns}}, template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: c, image: c}]}}}\n"
    found = build(text)
    web = pod(found, "web")
    assert send(found, "http://web/", web.ref).reason == "DNSUnavailable"
    assert dns.query(found, web, "web").failure == "DNSUnavailable"
    assert send(found, "http://10.96.1.1/", web.ref).reason == "Delivered"
