"""Any cluster and any request give a trace, and every trace holds together."""

import copy
from itertools import pairwise

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.objects import APP_ANNOTATION, POWER_ANNOTATION
from kubeviz.cluster.state import Cluster
from kubeviz.controllers import settle
from kubeviz.controllers.bootstrap import READY, new_cluster
from kubeviz.engine import InvalidRequest, Request, trace
from kubeviz.engine.ingress import Rule, match
from kubeviz.engine.ingress.rules import compile_rules, rules_of, tiers
from kubeviz.engine.reasons import ENDINGS
from kubeviz.wording import LANGUAGES, say

NAMES = st.sampled_from(["web", "api", "db"])
LABELS = st.sampled_from([{"app": "web"}, {"app": "api"}, {"app": "web", "tier": "x"}])
PORTS = st.sampled_from([80, 81, 8080])
PROTOCOLS = st.sampled_from(["TCP", "UDP", "SCTP"])
POLICIES = st.sampled_from(["Cluster", "Local"])
HOSTS = st.sampled_from(["", "shop.example.com", "*.example.com", "a.example.com"])
PATHS = st.sampled_from(["/", "/a", "/a/", "/a/b", "/ab", "/A", "/a/b/c", "/b(/|$)(.*)"])
TYPES = st.sampled_from(["Exact", "Prefix", "ImplementationSpecific"])
APPS = st.sampled_from(
    [
        "listen: [8080]",
        "{listen: [80, 53/UDP, 9/SCTP], ready: false}",
        "{listen: [80], routes: {/: {call: 'http://api/'}}}",
        "{listen: [80], routes: {/: {call: 'http://$(API_SERVICE_HOST):$(NO_SUCH)/'}, /a: {status: 500}}}",
        "{state: crash}",
    ]
)


def named(kind: str, api: str, name: str, spec: dict, **metadata) -> dict:
    return {
        "apiVersion": api,
        "kind": kind,
        "metadata": {"name": name, "namespace": "default", **metadata},
        "spec": spec,
    }


@st.composite
def services(draw) -> dict:
    port = {
        "name": "p",
        "port": draw(PORTS),
        "protocol": draw(PROTOCOLS),
        "targetPort": draw(st.sampled_from([80, 8080, "http"])),
    }
    kind = draw(st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer", "headless", "ExternalName"]))
    if kind == "ExternalName":
        target = draw(
            st.sampled_from(["out.example.com", "api.default.svc.cluster.local", "web.default.svc.cluster.local"])
        )
        return named("Service", "v1", draw(NAMES), {"type": kind, "externalName": target})
    spec: dict = {
        "selector": draw(LABELS),
        "ports": [port],
        "sessionAffinity": draw(st.sampled_from(["None", "ClientIP"])),
    }
    if kind == "headless":
        return named("Service", "v1", draw(NAMES), {**spec, "clusterIP": "None"})
    spec |= {"type": kind, "internalTrafficPolicy": draw(POLICIES)}
    if kind != "ClusterIP":
        spec["externalTrafficPolicy"] = draw(POLICIES)
    if kind == "LoadBalancer" and draw(st.booleans()):
        spec["loadBalancerSourceRanges"] = ["198.51.100.0/24"]
    if draw(st.booleans()):
        spec["externalIPs"] = [draw(st.sampled_from(["192.0.2.1", "192.168.0.11"]))]
    return named("Service", "v1", draw(NAMES), spec)


@st.composite
def pods(draw) -> dict:
    container = {"name": "c", "image": "c", "ports": [{"name": "http", "containerPort": 80}]}
    spec: dict = {"containers": [container], "nodeName": draw(st.sampled_from(["node-1", "node-2"]))}
    if draw(st.booleans()):
        spec |= {"hostname": "first", "subdomain": draw(NAMES)}
    spec["dnsPolicy"] = draw(st.sampled_from(["ClusterFirst", "Default"]))
    spec["hostNetwork"] = draw(st.integers(0, 5)) == 0
    if spec["hostNetwork"]:
        container["ports"] = []
    name = draw(st.sampled_from(["p1", "p2", "p3", "p4"]))
    return named("Pod", "v1", name, spec, labels=draw(LABELS), annotations={APP_ANNOTATION: draw(APPS)})


BACKENDS = st.builds(lambda name, port: {"service": {"name": name, "port": {"number": port}}}, NAMES, PORTS)
PATH_BODIES = st.builds(lambda p, t, b: {"path": p, "pathType": t, "backend": b}, PATHS, TYPES, BACKENDS)
NGINX = "nginx.ingress.kubernetes.io/"


@st.composite
def ingresses(draw, annotated: bool = True) -> dict:
    rules = [
        {"host": host, "http": {"paths": draw(st.lists(PATH_BODIES, min_size=1, max_size=4))}}
        for host in draw(st.lists(HOSTS, min_size=1, max_size=3))
    ]
    spec: dict = {"rules": [{k: v for k, v in rule.items() if v} for rule in rules]}
    annotations: dict = {}
    if annotated:
        annotations = draw(
            st.sampled_from(
                [
                    {},
                    {"use-regex": "true"},
                    {"rewrite-target": "/$2"},
                    {"canary": "true", "canary-weight": "50"},
                    {"affinity": "cookie"},
                ]
            )
        )
        if draw(st.booleans()):
            spec["defaultBackend"] = draw(BACKENDS)
        if draw(st.booleans()):
            spec["tls"] = [{"hosts": ["shop.example.com"]}]
    name = draw(st.sampled_from(["i1", "i2", "i3"]))
    return named(
        "Ingress", "networking.k8s.io/v1", name, spec, annotations={NGINX + k: v for k, v in annotations.items()}
    )


PEERS = st.sampled_from(
    [
        {"podSelector": {}},
        {"namespaceSelector": {}},
        {"podSelector": {"matchLabels": {"app": "web"}}},
        {"ipBlock": {"cidr": "10.244.0.0/16"}},
    ]
)
RULES = st.builds(lambda peers, port: {"from": peers, "ports": [{"port": port}]}, st.lists(PEERS, max_size=2), PORTS)


@st.composite
def policies(draw) -> dict:
    spec = {
        "podSelector": draw(st.sampled_from([{}, {"matchLabels": {"app": "web"}}])),
        "ingress": draw(st.lists(RULES, max_size=2)),
    }
    if draw(st.booleans()):
        spec["policyTypes"] = ["Ingress", "Egress"]
        spec["egress"] = [{"to": draw(st.lists(PEERS, max_size=2))}] if draw(st.booleans()) else []
    return named("NetworkPolicy", "networking.k8s.io/v1", draw(st.sampled_from(["n1", "n2"])), spec)


OBJECTS = st.lists(st.one_of(services(), pods(), ingresses(), policies()), max_size=8)
URLS = st.sampled_from(
    [
        "http://web/", "http://api.default:81/a", "http://db.default.svc.cluster.local/", "http://first.web/", "http://shop.example.com/a/b",
        "https://shop.example.com/", "http://a.example.com/ab?x=1", "http://out.example.com/", "http://<service>/", "http://<service>:8080/",
        "http://<pod>:80/", "http://<pod>:8080/a", "http://192.168.0.11:<nodeport>/", "http://203.0.113.12:<nodeport>/", "http://203.0.113.100/",
        "http://192.0.2.1/", "http://192.168.0.11:80/", "http://localhost:80/", "http://127.0.0.1:80/", "http://10.96.250.250/", "http://10.244.1.250/",
        "http://8.8.8.8/", "http://[::1]/", "10.96.0.10:53", "http://999.1.1.1/",
    ]
)  # fmt: skip
SOURCES = st.sampled_from(
    ["internet", "vpc", "node/node-1", "node/node-3", "pod/default/p1", "pod/default/p2", "pod/default/ghost"]
)
HEADERS = st.sampled_from(
    [{}, {"Host": "shop.example.com"}, {"host": "x.example.com:8080", "Cookie": "INGRESSCOOKIE=x; a=\x00"}]
)
REQUESTS = st.builds(
    Request,
    url=URLS,
    source=SOURCES,
    protocol=PROTOCOLS,
    headers=HEADERS,
    connect_to=st.sampled_from([None, None, "ingress", "192.168.0.12"]),
    client_ip=st.sampled_from([None, "192.0.2.200"]),
    seed=st.integers(-5, 2**70),
    verify=st.booleans(),
)


def cluster_of(objects: list[dict], down: bool) -> Cluster:
    tx = Transaction(new_cluster("cloud", ("ingress-nginx",), 0, "open"), READY)
    for body in copy.deepcopy(objects):
        try:
            tx.apply(body)
        except Rejected:
            continue
    settle(tx)
    if down:
        tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {POWER_ANNOTATION: "off"}}})
    for _ in range(4):
        due = settle(tx)
        tx.now = max(tx.now, due) if due is not None else tx.now
    return tx.cluster


def filled(cluster: Cluster, request: Request) -> Request:
    """The request with the addresses of what there is."""
    service = next((s for s in cluster.of_kind("Service", "default") if s.cluster_ip and s.name != "kubernetes"), None)
    port = next((p.node_port for s in cluster.of_kind("Service", "default") for p in s.ports if p.node_port), 30099)
    pod = next((p for p in cluster.of_kind("Pod", "default") if p.ip), None)
    url = request.url.replace("<service>", service.cluster_ip if service else "10.96.0.1")
    url = url.replace("<pod>", pod.ip if pod else "10.244.1.9").replace("<nodeport>", str(port))
    return Request(**{**{f: getattr(request, f) for f in request.__struct_fields__}, "url": url})


def assert_holds_together(cluster: Cluster, found: dict) -> None:
    hops = found["hops"]
    assert [hop["n"] for hop in hops] == list(range(1, len(hops) + 1))
    for view in ("taught", "packet"):
        way = [
            hop["edge"].split(">")
            for hop in hops
            if hop["edge"] and hop["layer"] != "dns" and hop["view"] in (view, "both")
        ]
        assert all(before[1] == after[0] for before, after in pairwise(way)), way
    assert found["reason"] in ENDINGS
    assert hops, "a trace says at least one thing"
    assert (found["verdict"] in ("delivered", "http_error")) == (found["curl"]["exit"] == 0)
    assert (found["verdict"] == "http_error") == bool(found["http"] and found["http"]["status"] >= 400)
    if found["served_by"]:
        assert cluster.get("Pod", *found["served_by"].split("/")[1:]) is not None
        assert found["served_by"] in found["endpoints"]
        assert found["source_ip"]
    assert all(
        sum(c["chosen"] for c in s["candidates"]) <= 1 or s["reason"] == "PolicyAllowed"
        for h in hops
        for s in h["steps"]
    )
    for language in LANGUAGES:
        assert all(s["text"] for hop in say(found, language)["hops"] for s in hop["steps"])
    for call in found["calls"]:
        assert_holds_together(cluster, call)


@settings(
    max_examples=100,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
)
@given(OBJECTS, st.lists(REQUESTS, min_size=1, max_size=12), st.booleans())
def test_every_request_ends_in_a_trace_that_holds_together(objects, requests, down):
    cluster = cluster_of(objects, down)
    rebuilt = Cluster.of(cluster.rv, [o.body for o in cluster])
    affinity: dict = {}
    for request in requests:
        request = filled(cluster, request)
        try:
            found = trace(cluster, request, affinity)
        except InvalidRequest:
            continue
        assert_holds_together(cluster, found.to_dict())
        assert trace(cluster, request, affinity).to_json() == found.to_json()
        assert trace(rebuilt, request, affinity).to_json() == found.to_json()
        affinity = found.affinity


def naive(found: list[Rule], host: str, path: str) -> Rule | None:
    """The specification, read aloud: of the rules whose host and path match, the most specific host, then the longest
    path, then Exact; the first where nothing decides."""
    matching = [rule for rule in found if rule.host in tiers(host) and path_matches(rule, path)]
    return max(matching, key=lambda r: (-tiers(host).index(r.host), rank(r)), default=None)


def rank(rule: Rule) -> tuple:
    exact = rule.type == "Exact"
    plain = rule.path.rstrip("/") or "/" if rule.type == "Prefix" else rule.path
    return (exact, len(plain), rule.type == "Prefix")


def path_matches(rule: Rule, path: str) -> bool:
    if rule.type == "Exact":
        return path == rule.path
    if rule.type == "ImplementationSpecific":
        return path.startswith(rule.path)
    wanted, asked = (p.strip("/").split("/") if p.strip("/") else [] for p in (rule.path, path))
    return asked[: len(wanted)] == wanted


@settings(max_examples=300)
@given(st.lists(ingresses(annotated=False), min_size=1, max_size=4), HOSTS.filter(lambda h: "*" not in h), PATHS)
def test_the_indexed_match_is_the_specification_read_aloud(bodies, host, path):
    from kubeviz.cluster.objects import Ingress

    found = [Ingress({**b, "metadata": {**b["metadata"], "name": f"{n}"}}) for n, b in enumerate(bodies)]
    every = [rule for ingress in found for rule in rules_of(ingress)]
    asked = host or "10.0.0.1"
    assert match(compile_rules(found), asked, path) == naive(every, asked, path)
