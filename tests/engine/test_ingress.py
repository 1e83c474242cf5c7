"""Ingress rules: one row a rule of the specification."""

import textwrap

import pytest

from tests.clusters import app, build, pod, send, service

BACKENDS = "".join(
    app(name) + service(name, f"selector: {{app: {name}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]")
    for name in ("a", "b", "c")
)


def ingress(name: str, body: str) -> str:
    return (
        f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}}}\nspec:\n"
        + textwrap.indent(textwrap.dedent(body), "  ")
        + "\n---\n"
    )


def path(path: str, backend: str, kind: str = "Prefix", port: int = 80) -> str:
    return f"{{path: {path}, pathType: {kind}, backend: {{service: {{name: {backend}, port: {{number: {port}}}}}}}}}"


def rule(*paths: str, host: str = "shop.example.com") -> str:
    return f'{{host: "{host}", http: {{paths: [{", ".join(paths)}]}}}}'


def rules(*found: str) -> str:
    return f"rules: [{', '.join(found)}]"


PATHS = rules(rule(path("/", "a"), path("/order", "b"), path("/order/now", "c", "Exact")))
PLAIN = rules(rule(path("/order", "a", "ImplementationSpecific")))

ROWS = [
    ("prefix is element-wise", PATHS, "/order/1", "b"),
    ("a trailing slash is ignored", PATHS, "/order/", "b"),
    ("not a string prefix", PATHS, "/orders", "a"),
    ("exact", PATHS, "/order/now", "c"),
    ("exact is byte-exact", PATHS, "/order/now/", "b"),
    ("case counts", PATHS, "/Order", "a"),
    ("the query is no path", PATHS, "/order?x=/", "b"),
    ("exact before prefix", rules(rule(path("/x", "a"), path("/x", "b", "Exact"))), "/x", "b"),
    ("a longer prefix wins", rules(rule(path("/x", "a"), path("/x/y", "b"))), "/x/y/z", "b"),
    ("implementation specific is a plain prefix", PLAIN, "/orders", "a"),
    (
        "exact host before wildcard",
        rules(rule(path("/", "a"), host="*.example.com"), rule(path("/", "b"))),
        "/",
        "b",
    ),
    ("no host is any host", rules(f"{{http: {{paths: [{path('/', 'c')}]}}}}"), "/", "c"),
    (
        "an unmatched request takes the default backend",
        "defaultBackend: {service: {name: c, port: {name: http}}}\n" + rules(rule(path("/x", "a"))),
        "/y",
        "c",
    ),
]


@pytest.mark.parametrize(("body", "where", "served"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_rule_matches_as_the_specification_says(body, where, served):
    cluster = build(BACKENDS + ingress("shop", body), addons=("ingress-nginx",))
    found = send(cluster, f"http://shop.example.com{where}", connect_to="ingress")
    assert found.served_by == pod(cluster, served).ref


FAILURES = [
    ("no rule", PATHS, "http://other.example.com/", (404, "IngressNoMatch")),
    (
        "no such Service",
        rules(rule(path("/", "ghost"))),
        "http://shop.example.com/",
        (503, "BackendServiceMissing"),
    ),
    (
        "nobody behind the Service",
        rules(rule(path("/", "empty"))),
        "http://shop.example.com/",
        (503, "BackendUnavailable"),
    ),
    (
        "no such class",
        "ingressClassName: traefik\n" + PATHS,
        "http://shop.example.com/",
        (404, "IngressClassUnknown"),
    ),
]


@pytest.mark.parametrize(("body", "url", "expected"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_the_controller_answers_for_what_it_cannot_pass_on(body, url, expected):
    cluster = build(
        BACKENDS + service("empty", "selector: {app: none}, ports: [{port: 80}]") + ingress("shop", body),
        addons=("ingress-nginx",),
    )
    found = send(cluster, url, connect_to="ingress")
    assert (found.http.status, found.reason, found.served_by, found.verdict) == (
        *expected,
        None,
        "http_error",
    )


def test_a_target_port_is_no_port_of_the_service_and_the_note_says_who_would_take_it():
    cluster = build(BACKENDS + ingress("shop", rules(rule(path("/", "a", port=8080)))), addons=("ingress-nginx",))
    found = send(cluster, "http://shop.example.com/", connect_to="ingress")
    step = next(step for hop in found.hops for step in hop.steps if step.reason == "BackendUnavailable")
    assert (found.http.status, step.note) == (503, "TargetPortTaken")


def test_a_wildcard_covers_exactly_one_label():
    cluster = build(
        BACKENDS + ingress("shop", rules(rule(path("/", "a"), host="*.example.com"))),
        addons=("ingress-nginx",),
    )
    assert send(cluster, "http://x.example.com/").verdict == "delivered"
    assert send(cluster, "http://x.y.example.com/", connect_to="ingress").reason == "IngressNoMatch"
    assert send(cluster, "http://example.com/", connect_to="ingress").reason == "IngressNoMatch"


def test_without_a_controller_nobody_listens():
    cluster = build(BACKENDS + ingress("shop", PATHS))
    assert cluster.get("Ingress", "default", "shop").addresses == ()
    assert (
        send(cluster, "http://shop.example.com/").verdict,
        send(cluster, "http://shop.example.com/").reason,
    ) == ("dns_error", "NoIngressController")
    assert (send(cluster, "http://shop.example.com/", connect_to="ingress").verdict) == "refused"


def test_several_ingresses_merge_and_the_oldest_wins_a_tie():
    cluster = build(
        BACKENDS
        + ingress("second", rules(rule(path("/", "a"))))
        + ingress("first", rules(rule(path("/", "b"), path("/c", "c")))),
        addons=("ingress-nginx",),
    )
    assert send(cluster, "http://shop.example.com/").served_by == pod(cluster, "a").ref
    assert send(cluster, "http://shop.example.com/c").served_by == pod(cluster, "c").ref


def test_tls_hosts_redirect_http_and_the_pod_sees_the_controller():
    secured = ingress("shop", "tls: [{hosts: [shop.example.com]}]\n" + PATHS)
    cluster = build(BACKENDS + secured, addons=("ingress-nginx",))
    found = send(cluster, "http://shop.example.com/order?x=1")
    assert (found.http.status, found.http.headers, found.served_by, found.reason) == (
        308,
        {"Location": "https://shop.example.com/order?x=1"},
        None,
        "Redirected",
    )
    found = send(cluster, "https://shop.example.com/order")
    assert found.verdict == "delivered"
    assert found.source_ip == cluster.of_kind("Pod", "ingress-nginx")[0].ip


def test_the_taught_chain_shows_the_service_and_the_packet_goes_past_it():
    cluster = build(BACKENDS + ingress("shop", PATHS), addons=("ingress-nginx",))
    found = send(cluster, "http://shop.example.com/order")
    taught = [h.object.partition("/")[0] for h in found.hops if h.view in ("taught", "both") and h.edge]
    packet = [h.object.partition("/")[0] for h in found.hops if h.view in ("packet", "both") and h.edge]
    assert taught == ["balancer", "pod", "ingress", "service", "pod"]
    assert packet == ["balancer", "pod", "pod"]
