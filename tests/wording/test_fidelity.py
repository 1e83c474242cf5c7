"""Every rule names its source, and every code that a trace can speak belongs to a rule and is reached by a row."""

import re
from functools import cache
from pathlib import Path

import pytest

from kubeviz.controllers import quiesce, settle
from kubeviz.engine import Request, trace
from kubeviz.wording import BECAUSE, NOTES, REASONS
from kubeviz.wording.fidelity import BY_CODE, RULES, STAGES, markdown
from tests.clusters import app, begin, build, pod, send, service
from tests.engine.test_dns import shell
from tests.engine.test_ingress import BACKENDS, PATHS, PLAIN, path, rule, rules
from tests.engine.test_ingress_nginx import CANARY, FALLBACK, FOREIGN, REGEX, SECRET, TLS, canary, ingress
from tests.engine.test_packets import BALANCED, BALANCED_LOCAL, CLUSTER, HOST, LOCAL, ONE, PODS, RANGES, SHELL
from tests.engine.test_policy import policy

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fidelity.md"


def test_every_rule_names_a_source_and_a_stage():
    assert all(r.sources and all(r.sources) and r.stage in STAGES for r in RULES)
    assert len({r.id for r in RULES}) == len(RULES)


def test_every_rule_is_told_in_both_languages():
    assert all(r.ko and r.en and bool(r.less_ko) == bool(r.less_en) for r in RULES)


def test_every_code_belongs_to_one_rule():
    assert sorted(code for r in RULES for code in r.codes) == sorted({**REASONS, **NOTES})
    assert set(BY_CODE) == set(REASONS) | set(NOTES)


def test_the_document_is_the_table():
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()


NAMES = (
    service("web", "clusterIP: 10.96.1.1, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]")
    + service("none", "clusterIP: None, selector: {app: web}, ports: [{port: 8080}]")
    + service("out", "type: ExternalName, externalName: pay.example.com")
    + service("round", "type: ExternalName, externalName: round.default.svc.cluster.local")
    + PODS
    + shell("hostAliases: [{ip: 10.96.1.1, hostnames: [till]}]").replace("name: shell", "name: aliased")
    + service("default", "selector: {app: web}, ports: [{port: 80}]")
    + shell(
        "dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10], searches: [svc.cluster.local, default.svc.cluster.local]}"
    ).replace("name: shell", "name: odd")
    + app("caller", more=", routes: {/: {call: 'http://$(NOBODY_SERVICE_HOST)/'}, /ok: {call: 'http://web/'}}")
)


def nobody(selector: str, target: object) -> str:
    ports = f"[{{name: http, port: 80, targetPort: {target}, nodePort: 30080}}]"
    return service("web", f"type: NodePort, clusterIP: 10.96.1.1, {selector}, ports: {ports}")


EMPTY = nobody("selector: {app: ghost}", 80)
UNNAMED = PODS + nobody("selector: {app: web}", "grpc")
UNREADY = app("late", more=", ready: false") + nobody("selector: {app: late}", 80)
RULE = "apiVersion: kubeviz.dev/v1\nkind: FirewallRule\nmetadata: {name: door}\nspec: {ports: [30080]}\n---\n"
STICKY = PODS + service(
    "web",
    "clusterIP: 10.96.1.1, sessionAffinity: ClientIP, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]",
)
DENY = policy("podSelector: {matchLabels: {app: shell}}, policyTypes: [Egress]")
ALLOW = (
    policy("podSelector: {matchLabels: {app: web}}, ingress: [{}, {ports: [{port: 1}]}]")
    + policy("podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: x}}}]}]", "peer")
    + policy("podSelector: {}, ingress: [{ports: [{port: 1}]}]", "port")
)
NO_DNS = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: coredns, namespace: kube-system}\nspec: {replicas: 0, selector: {matchLabels: {k8s-app: kube-dns}}, template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: c, image: c}]}}}\n---\n"
CRASH = "apiVersion: v1\nkind: Pod\nmetadata: {name: bad, labels: {app: bad}, annotations: {kubeviz.dev/app: 'state: crash'}}\nspec: {nodeName: node-1, containers: [{name: c, image: c}]}\n---\n"
DEFAULT = "defaultBackend: {service: {name: c, port: {number: 80}}}\n" + rules(rule(path("/x", "a")))
SHOP = "http://shop.example.com"

# text, how the cluster stands, requests as (from, url, more)
WORLDS = [
    (CLUSTER, {}, [("internet", "203.0.113.12:30080", {}), ("internet", "203.0.113.12:30099", {}), (ONE, "10.96.1.1", {}), (SHELL, "10.96.1.1:81", {}), (SHELL, "10.96.77.77", {}), ("internet", "10.96.1.1", {}), ("internet", "10.244.1.250", {}), ("internet", "192.168.0.11:30080", {}), ("internet", "203.0.113.250", {}), ("internet", "127.0.0.1:30080", {}), (SHELL, "10.244.1.250", {}), ("node/node-1", "127.0.0.1:30080", {}), ("internet", "https://203.0.113.12:30080", {}), (SHELL, "ghost", {}), (SHELL, "kube-dns", {})]),
    (CLUSTER + RULE, {"firewall": "closed"}, [("internet", "203.0.113.12:30080", {}), ("internet", "203.0.113.12:30081", {})]),
    (LOCAL, {}, [("vpc", "192.168.0.13:30080", {}), ("vpc", "192.168.0.11:30080", {})]),
    (BALANCED, {}, [("internet", "203.0.113.100", {}), ("internet", "203.0.113.100:30080", {}), ("internet", "203.0.113.100:81", {}), (SHELL, "203.0.113.100", {})]),
    (BALANCED_LOCAL, {}, [("internet", "203.0.113.100", {})]),
    (BALANCED, {"provider": "bare"}, [("vpc", "<pending>", {})]),
    (RANGES, {}, [("internet", "203.0.113.100", {"client_ip": "192.0.2.1"})]),
    (PODS + HOST, {}, [("vpc", "192.168.0.11:9090", {}), (SHELL, "10.244.1.3:81", {})]),
    (EMPTY + PODS, {}, [("vpc", "192.168.0.11:30080", {})]),
    (UNNAMED, {}, [("vpc", "192.168.0.11:30080", {})]),
    (UNREADY, {}, [("vpc", "192.168.0.11:30080", {})]),
    (NAMES, {}, [(SHELL, "web", {}), (SHELL, "none:8080", {}), (SHELL, "out", {}), (SHELL, "round", {}), ("pod/default/aliased", "till", {}), (SHELL, "default.svc.cluster.local", {}), (SHELL, "<caller>:8080", {}), (SHELL, "<caller>:8080/ok", {}), (SHELL, "web.kube-system", {}), (SHELL, "web.default", {}), ("pod/default/odd", "default", {}), (SHELL, "<odd>", {})]),
    (NAMES + DENY, {}, [(SHELL, "web", {}), (SHELL, "10.96.1.1", {})]),
    (CLUSTER + ALLOW, {}, [(SHELL, "10.96.1.1", {})]),
    (NAMES + NO_DNS, {}, [(SHELL, "web", {})]),
    (CRASH, {}, [("node/node-1", "<bad>:80", {})]),
    (CRASH.replace("state: crash", "{listen: [80], routes: {/: {status: 302}}}"), {}, [("node/node-1", "<bad>", {})]),
    (BACKENDS + ingress("shop", PATHS, limit_rps="1") + ingress("other", rules(rule(path("/", "a"), host="x.example.com"))), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/order", {}), ("internet", f"{SHOP}/%zz", {}), ("internet", "http://y.example.com/", {"connect_to": "ingress"})]),
    (BACKENDS + ingress("shop", PLAIN), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/orders", {})]),
    (BACKENDS + ingress("shop", DEFAULT), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/y", {})]),
    (BACKENDS + ingress("shop", FALLBACK), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/y", {})]),
    (BACKENDS + ingress("shop", rules(rule(path("/", "ghost")))), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/", {})]),
    (BACKENDS + ingress("shop", rules(rule(path("/", "a", port=8080)))), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/", {})]),
    (BACKENDS + EMPTY + ingress("shop", rules(rule(path("/", "web")))), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/", {})]),
    (BACKENDS + ingress("shop", "ingressClassName: ghost\n" + PATHS) + ingress("served", rules(rule(path("/", "a"), host="x.example.com"))), {"addons": ("ingress-nginx",)}, [("internet", SHOP, {"connect_to": "ingress"}), ("internet", "http://x.example.com/y", {})]),
    (BACKENDS + ingress("shop", PATHS), {}, [("internet", SHOP, {})]),
    (BACKENDS + REGEX, {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/a/42", {})]),
    (BACKENDS + ingress("shop", rules(rule(path("/order", "a"))), rewrite_target="/"), {"addons": ("ingress-nginx",)}, [("internet", f"{SHOP}/order", {})]),
    (BACKENDS + CANARY + canary(canary_weight="50"), {"addons": ("ingress-nginx",)}, [("internet", SHOP, {"seed": n}) for n in range(8)]),
    (BACKENDS + ingress("shop", rules(rule(path("/", "a"))), affinity="cookie"), {"addons": ("ingress-nginx",)}, [("internet", SHOP, {}), ("internet", SHOP, {"headers": {"Cookie": "<cookie>"}})]),
    (BACKENDS + SECRET + ingress("shop", TLS), {"addons": ("ingress-nginx",)}, [("internet", SHOP, {}), ("internet", f"{SHOP}:443", {}), ("internet", "https://shop.example.com", {}), ("internet", "https://two.example.com", {}), ("internet", "https://two.example.com", {"verify": True})]),
    (STICKY, {}, [(SHELL, "10.96.1.1", {"seed": n}) for n in range(3)]),
]  # fmt: skip


def asked(cluster, url: str) -> str:
    """The URL with <app> as the address of its first pod, or of the pod with that name."""
    for name in re.findall(r"<(caller|bad|odd)>", url):
        found = cluster.get("Pod", "default", name) or pod(cluster, name)
        url = url.replace(f"<{name}>", found.ip)
    return url


def codes_of(found: dict) -> set[str]:
    steps = [step for hop in found["hops"] for step in hop["steps"]]
    codes = {found["reason"], *(s["reason"] for s in steps), *(s["note"] for s in steps if s["note"])}
    return codes.union(*(codes_of(call) for call in found["calls"]))


def spoken_in(cluster, requests) -> tuple[set[str], set[str]]:
    codes: set[str] = set()
    becauses: set[str] = set()
    affinity, cookie = {}, ""
    for source, url, more in requests:
        headers = {k: v.replace("<cookie>", cookie) for k, v in more.get("headers", {}).items()}
        found = trace(
            cluster, Request(url=asked(cluster, url), source=source, **{**more, "headers": headers}), affinity
        )
        affinity = found.affinity
        cookie = (found.http.headers.get("Set-Cookie", "") if found.http else "").partition(";")[0]
        codes |= codes_of(found.to_dict())
        becauses |= {c.because for h in found.hops for s in h.steps for c in s.candidates if c.because}
    return codes, becauses


@cache
def spoken() -> tuple[frozenset[str], frozenset[str]]:
    found = [spoken_in(build(text, **options), requests) for text, options, requests in WORLDS]
    found += [spoken_in(*world) for world in changed_worlds()]
    return frozenset().union(*(c for c, _ in found)), frozenset().union(*(b for _, b in found))


def changed_worlds():
    """Clusters to which something has happened: a dead node, ending pods, another controller's Ingress."""
    from kubeviz.cluster import manifest
    from kubeviz.controllers import loading

    tx = begin(BALANCED_LOCAL)
    port = tx.cluster.get("Service", "default", "web").spec["healthCheckNodePort"]
    tx.delete(("Pod", "default", "two"))
    settle(tx)
    yield tx.cluster, [("vpc", f"192.168.0.1{n}:{port}", {}) for n in (1, 3)] + [("vpc", "203.0.113.100", {})]
    tx.delete(("Pod", "default", "one"))
    settle(tx)
    yield tx.cluster, [(SHELL, "10.96.1.1", {})]
    dead = begin(BALANCED)
    dead.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    settle(dead)
    yield dead.cluster, [("vpc", "192.168.0.12:30080", {}), ("vpc", "203.0.113.100", {})]
    foreign = begin(BACKENDS)
    loading.load(foreign, [manifest.load(FOREIGN)])
    quiesce(foreign)
    yield foreign.cluster, [("internet", SHOP, {})]


@pytest.mark.parametrize("code", sorted({**REASONS, **NOTES}))
def test_every_code_is_reached(code):
    assert code in spoken()[0]


@pytest.mark.parametrize("because", sorted(BECAUSE))
def test_every_reason_not_to_choose_is_reached(because):
    assert because in spoken()[1]


def test_every_reason_not_to_choose_has_words():
    assert spoken()[1] - set(BECAUSE) == set()


def test_a_request_says_by_which_rule_it_ended():
    from kubeviz.wording import say

    found = send(build(CLUSTER), "http://203.0.113.12:30099/").to_dict()
    assert say(found, "en")["rule"] == "node-port"
