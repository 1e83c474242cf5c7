"""What ingress-nginx's annotations change, and TLS: one row a sentence of its user guide."""

import textwrap

import pytest

from kubeviz.cluster import manifest
from kubeviz.controllers import loading, quiesce
from kubeviz.engine.ingress.paths import compiled
from tests.clusters import app, begin, build, pod, send, service
from tests.engine.test_ingress import BACKENDS, path, rule, rules

ECHO = ", routes: {/: {body: root}, /new: {body: new}, /deep/new: {body: deep}}"
BACKEND = app("echo", more=ECHO) + service("echo", "selector: {app: echo}, ports: [{port: 80, targetPort: 8080}]")


def ingress(name: str, body: str, **annotations: str) -> str:
    listed = ", ".join(f'nginx.ingress.kubernetes.io/{k.replace("_", "-")}: "{v}"' for k, v in annotations.items())
    return (
        f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}, annotations: {{{listed}}}}}\nspec:\n"
        + textwrap.indent(textwrap.dedent(body), "  ")
        + "\n---\n"
    )


GROUPS = rules(rule(path("/something(/|$)(.*)", "echo", "ImplementationSpecific")))
REWRITES = [
    ("the path alone", "/$2", "/something", "root"),
    ("with a slash", "/$2", "/something/", "root"),
    ("what is behind it", "/$2", "/something/new", "new"),
    ("its case is ignored", "/$2", "/SOMETHING/new", "new"),
    ("before it", "/deep/$2", "/something/new", "deep"),
    ("a group that there is not", "/$2$7", "/something/new", "new"),
    ("without groups the whole path", "/new", "/something/else", "new"),
]


@pytest.mark.parametrize(("target", "where", "body"), [r[1:] for r in REWRITES], ids=[r[0] for r in REWRITES])
def test_a_rewrite_takes_the_place_of_the_path(target, where, body):
    cluster = build(BACKEND + ingress("rewrite", GROUPS, rewrite_target=target), addons=("ingress-nginx",))
    assert send(cluster, f"http://shop.example.com{where}").http.body == body


def test_a_rewrite_to_the_root_takes_all_below_the_path():
    text = BACKEND + ingress("shop", rules(rule(path("/order", "echo"))), rewrite_target="/")
    cluster = build(text, addons=("ingress-nginx",))
    assert [send(cluster, f"http://shop.example.com{p}").http.body for p in ("/order", "/order/1")] == ["root", "root"]


REGEX = ingress("regex", rules(rule(path("'/a/[0-9]+'", "a", "ImplementationSpecific"))), use_regex="true") + ingress(
    "plain", rules(rule(path("/b", "b"), path("/b/exact", "c", "Exact"), path("/a/1", "c")))
)
PATHS = [
    ("a regular expression", "/a/42", "a"),
    ("from the beginning of the path", "/x/a/42", None),
    ("but not to its end", "/a/42/more", "a"),
    ("the longest is tried first", "/a/1", "a"),
    ("the other Ingress of the host loses its elements", "/bread", "b"),
    ("and its case", "/B", "b"),
    ("and its exactness", "/b/exactly", "c"),
]


@pytest.mark.parametrize(("where", "served"), [r[1:] for r in PATHS], ids=[r[0] for r in PATHS])
def test_one_regex_makes_all_paths_of_its_host_regular_expressions(where, served):
    cluster = build(BACKENDS + REGEX, addons=("ingress-nginx",))
    found = send(cluster, f"http://shop.example.com{where}")
    assert (found.served_by or "").startswith(f"pod/default/{served}-" if served else "")
    assert (found.http.status == 404) == (served is None)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(?=x)", r"(x)\1", "(", "[", "a{1000}{1000}", "(.*)*" * 200])
def test_a_pattern_of_a_stranger_is_matched_in_linear_time_or_not_at_all(pattern):
    found = compiled("^/" + pattern)
    assert found is None or found.search("/" + "a" * 5_000 + "!") is None or found.groups >= 0


CANARY = ingress("main", rules(rule(path("/", "a"))))


def canary(**annotations: str) -> str:
    return ingress("new", rules(rule(path("/", "b"))), canary="true", **annotations)


CANARIES = [
    ("weight 0", {"canary_weight": "0"}, {}, {"a"}),
    ("weight 100", {"canary_weight": "100"}, {}, {"b"}),
    ("weight 50", {"canary_weight": "50"}, {}, {"a", "b"}),
    ("weight of another total", {"canary_weight": "1000", "canary_weight_total": "1000"}, {}, {"b"}),
    ("the header says always", {"canary_by_header": "X-New"}, {"X-New": "always"}, {"b"}),
    ("the header says never", {"canary_by_header": "X-New", "canary_weight": "100"}, {"x-new": "never"}, {"a"}),
    ("the header says nothing", {"canary_by_header": "X-New", "canary_weight": "100"}, {"X-New": "maybe"}, {"b"}),
    ("the header's value", {"canary_by_header": "X-New", "canary_by_header_value": "kr"}, {"X-New": "kr"}, {"b"}),
    ("another value", {"canary_by_header": "X-New", "canary_by_header_value": "kr"}, {"X-New": "always"}, {"a"}),
    (
        "the header's pattern",
        {"canary_by_header": "X-New", "canary_by_header_pattern": "kr|jp"},
        {"X-New": "jp"},
        {"b"},
    ),
    ("the cookie says always", {"canary_by_cookie": "new"}, {"Cookie": "x=1; new=always"}, {"b"}),
    (
        "the header before the cookie",
        {"canary_by_header": "X", "canary_by_cookie": "n"},
        {"X": "never", "Cookie": "n=always"},
        {"a"},
    ),
]


@pytest.mark.parametrize(("annotations", "headers", "served"), [r[1:] for r in CANARIES], ids=[r[0] for r in CANARIES])
def test_a_canary_takes_its_share(annotations, headers, served):
    cluster = build(BACKENDS + CANARY + canary(**annotations), addons=("ingress-nginx",))
    found = [send(cluster, "http://shop.example.com/", headers=headers, seed=seed) for seed in range(20)]
    assert {f.served_by.split("/")[2].partition("-")[0] for f in found} == served


def test_a_canary_without_its_main_rule_is_no_rule():
    cluster = build(BACKENDS + canary(canary_weight="100"), addons=("ingress-nginx",))
    assert send(cluster, "http://shop.example.com/", connect_to="ingress").reason == "IngressNoMatch"


def test_affinity_by_cookie_brings_a_client_back_to_its_pod():
    text = app("many", replicas=4) + service("many", "selector: {app: many}, ports: [{port: 80, targetPort: 8080}]")
    text += ingress("sticky", rules(rule(path("/", "many"))), affinity="cookie", session_cookie_name="till")
    cluster = build(text, addons=("ingress-nginx",))
    first = send(cluster, "http://shop.example.com/")
    cookie = first.http.headers["Set-Cookie"].partition(";")[0]
    assert cookie.startswith("till=")
    again = [send(cluster, "http://shop.example.com/", headers={"Cookie": cookie}, seed=n) for n in range(10)]
    assert {f.served_by for f in again} == {first.served_by}
    assert "Set-Cookie" not in again[0].http.headers
    assert len({send(cluster, "http://shop.example.com/", seed=n).served_by for n in range(30)}) == 4


SECRET = """
apiVersion: v1
kind: Secret
metadata: {name: shop-tls}
type: kubernetes.io/tls
data: {tls.crt: aGVsbG8=, tls.key: aGVsbG8=}
---
"""
TLS = "tls: [{hosts: [shop.example.com], secretName: shop-tls}]\n" + rules(
    rule(path("/", "a")), rule(path("/", "b"), host="two.example.com")
)
SECURE = [
    ("with its Secret", SECRET, {}, "https://shop.example.com/", {"verify": True}, ("delivered", 200, 0)),
    ("without its Secret curl stops", "", {}, "https://shop.example.com/", {"verify": True}, ("refused", None, 60)),
    ("without its Secret, not checked", "", {}, "https://shop.example.com/", {}, ("delivered", 200, 0)),
    ("a host that tls does not list", SECRET, {}, "https://two.example.com/", {"verify": True}, ("refused", None, 60)),
    ("http is sent on", SECRET, {}, "http://shop.example.com/", {}, ("delivered", 308, 0)),
    (
        "unless ssl-redirect says no",
        SECRET,
        {"ssl_redirect": "false"},
        "http://shop.example.com/",
        {},
        ("delivered", 200, 0),
    ),
    ("plain http on the TLS port", SECRET, {}, "http://shop.example.com:443/", {}, ("http_error", 400, 0)),
    ("TLS on the plain port", SECRET, {}, "https://shop.example.com:80/", {}, ("refused", None, 35)),
    (
        "a host without any rule",
        SECRET,
        {},
        "https://other.example.com/",
        {"connect_to": "ingress"},
        ("http_error", 404, 0),
    ),
]


@pytest.mark.parametrize(
    ("secret", "annotations", "url", "request_", "expected"), [r[1:] for r in SECURE], ids=[r[0] for r in SECURE]
)
def test_the_controller_speaks_tls(secret, annotations, url, request_, expected):
    cluster = build(BACKENDS + secret + ingress("shop", TLS, **annotations), addons=("ingress-nginx",))
    found = send(cluster, url, **request_)
    assert (found.verdict, found.http.status if found.http else None, found.curl.exit) == expected


def test_force_ssl_redirect_needs_no_certificate():
    text = BACKENDS + ingress("shop", rules(rule(path("/", "a"))), force_ssl_redirect="true")
    assert send(build(text, addons=("ingress-nginx",)), "http://shop.example.com/").http.status == 308


def test_an_annotation_that_is_not_simulated_is_named():
    text = BACKENDS + ingress("shop", rules(rule(path("/", "a"))), limit_rps="5")
    found = send(build(text, addons=("ingress-nginx",)), "http://shop.example.com/")
    noted = [s for h in found.hops for s in h.steps if s.note == "AnnotationIgnored"]
    assert [s.params["ignored"] for s in noted] == [["limit-rps"]]


FALLBACK = rules(rule(path("/x", "a")), f"{{http: {{paths: [{path('/', 'c')}]}}}}")


def test_a_rule_of_a_less_specific_host_counts_too_and_says_that_nginx_differs():
    found = send(build(BACKENDS + ingress("shop", FALLBACK), addons=("ingress-nginx",)), "http://shop.example.com/y")
    assert found.served_by.startswith("pod/default/c-")
    assert "OtherHostsRule" in {s.note for h in found.hops for s in h.steps}


FOREIGN = """
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: cloud}
spec: {controller: example.com/balancer}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: default, uid: 6a2c0f5e-0000-4000-8000-000000000001}
spec:
  ingressClassName: cloud
  rules:
  - host: shop.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}
status: {loadBalancer: {ingress: [{ip: 198.51.100.200}]}}
"""


def test_an_ingress_with_an_address_has_a_controller():
    tx = begin(BACKENDS)
    loading.load(tx, [manifest.load(FOREIGN)])
    quiesce(tx)
    cluster = tx.cluster
    found = send(cluster, "http://shop.example.com/")
    assert (found.reason, found.served_by, found.source_ip) == ("Delivered", pod(cluster, "a").ref, "198.51.100.200")
    assert send(cluster, "http://198.51.100.200/", headers={"Host": "other"}).http.status == 404
