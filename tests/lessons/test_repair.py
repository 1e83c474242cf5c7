"""What the page proposes after a failed request does mend it: the same request then arrives."""

from pathlib import Path

import pytest
import yaml

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import loading, quiesce, settle
from kubeviz.controllers.bootstrap import READY
from kubeviz.engine import Request, trace
from kubeviz.engine.reasons import ENDINGS
from kubeviz.lessons.repair import RULES, Install, apply, difference, outcome, repair
from tests.clusters import app, begin, build, pod, service

NODE = "http://203.0.113.11:30080/"
PORTS = "ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"
ORDER = service("order", f"type: NodePort, selector: {{app: order}}, {PORTS}")


def ingress(rules: str, more: str = "ingressClassName: nginx", name: str = "shop") -> str:
    return f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}}}
spec: {{{more}, rules: [{rules}]}}
---
"""


def rule(
    host: str = "order.shop.com", path: str = "/", type: str = "Prefix", name: str = "order", port: int = 80
) -> str:
    backend = f"{{service: {{name: {name}, port: {{number: {port}}}}}}}"
    return f"{{host: {host}, http: {{paths: [{{path: {path}, pathType: {type}, backend: {backend}}}]}}}}"


def policy(spec: str, name: str = "wall", namespace: str = "default") -> str:
    return f"""
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: {name}, namespace: {namespace}}}
spec: {{{spec}}}
---
"""


NGINX = {"addons": ("ingress-nginx",)}
MINIKUBE = {"provider": "minikube"}
SHOP = app("order", replicas=2) + app("payment")
INSIDE = service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
LB = service("order", f"type: LoadBalancer, selector: {{app: order}}, {PORTS}")
CALLER = app("order", more=", routes: {/: {call: 'http://payment/'}}")
ENV = ", routes: {/: {call: 'http://$(PAYMENT_SERVICE_HOST)/'}}"

ROWS = [
    ("a typing mistake in the selector", SHOP + service("order", f"type: NodePort, selector: {{app: odrer}}, {PORTS}"),
     NODE, "internet", {}, "SetSelector", "kubectl set selector service order app=order"),
    ("a mistyped key of the selector", SHOP + service("order", f"type: NodePort, selector: {{ap: order}}, {PORTS}"),
     NODE, "internet", {}, "SetSelector", "kubectl set selector service order app=order"),
    ("a workload scaled to none", app("order", replicas=0) + ORDER,
     NODE, "internet", {}, "ScaleUp", "kubectl scale deployment order --replicas=1"),
    ("a targetPort nobody listens on", SHOP + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 80, nodePort: 30080}]"),
     NODE, "internet", {}, "SetTargetPort", "/spec/ports/0/targetPort"),
    ("a named targetPort no pod has", SHOP + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: web, nodePort: 30080}]"),
     NODE, "internet", {}, "SetTargetPort", "8080"),
    ("unready by the template", app("order", more=", ready: false") + ORDER,
     NODE, "internet", {}, "MendApp", "kubectl patch deployment order"),
    ("crashing", app("order", more=", state: crash") + ORDER,
     NODE, "internet", {}, "MendApp", "kubectl patch deployment order"),
    ("a firewall without a rule", SHOP + ORDER,
     NODE, "internet", {"firewall": "closed"}, "OpenFirewall", "gcloud compute firewall-rules create allow-30080 --allow=tcp:30080"),
    ("policy Local on a node without a pod", app("order") + service("order", f"type: NodePort, externalTrafficPolicy: Local, selector: {{app: order}}, {PORTS}"),
     "http://203.0.113.{empty}:30080/", "internet", {}, "SetPolicyCluster", "externalTrafficPolicy"),
    ("source ranges", SHOP + service("order", f"type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], selector: {{app: order}}, {PORTS}"),
     "http://203.0.113.100/", "internet", {}, "AllowSource", "198.51.100.7/32"),
    ("a cluster IP from outside, with a node port", SHOP + ORDER,
     "http://{order}/", "internet", {}, "UseNodePort", ""),
    ("a cluster IP from outside, with a closed firewall", SHOP + ORDER,
     "http://{order}/", "internet", {"firewall": "closed"}, "UseNodePort", "gcloud"),
    ("a cluster IP from outside, with a balancer", SHOP + LB,
     "http://{order}/", "internet", {}, "UseBalancer", ""),
    ("a cluster IP from outside, with no door at all", SHOP + INSIDE,
     "http://{order}/", "internet", {"firewall": "closed"}, "MakeNodePort", "kubectl patch service order"),
    ("a pod's IP from outside", SHOP + ORDER,
     "http://{pod}:8080/", "internet", {}, "UseNodePort", ""),
    ("a node's private address", SHOP + ORDER,
     "http://192.168.0.11:30080/", "internet", {"firewall": "closed"}, "UsePublicAddress", "gcloud"),
    ("a node port at the balancer's address", SHOP + LB,
     "http://203.0.113.100:30080/", "internet", {}, "UsePort", ""),
    ("a port the balancer does not have", SHOP + LB,
     "http://203.0.113.100:8080/", "internet", {}, "UsePort", ""),
    ("a port the Service does not have", SHOP + ORDER,
     "http://{order}:8080/", "node/node-1", {}, "UsePort", ""),
    ("a node port nobody has", SHOP + ORDER,
     "http://203.0.113.11:30081/", "internet", {}, "UseNodePort", ""),
    ("a balancer without a cloud", SHOP + LB,
     "http://<pending>/", "internet", MINIKUBE, "OpenTunnel", "minikube tunnel"),
    ("a balancer on bare machines", SHOP + LB,
     "http://<pending>/", "internet", {"provider": "bare"}, "UseNodePort", ""),
    ("a name of another namespace", app("order") + app("payment", namespace="desk") + service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]", "desk"),
     "http://payment/", "order", {}, "UseFullName", ""),
    ("a mistyped name", SHOP + service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]"),
     "http://paymnet/", "order", {}, "UseName", ""),
    ("a Service's name from outside", SHOP + ORDER,
     "http://order/", "internet", {}, "UseNodePort", ""),
    ("no controller", SHOP + INSIDE + ingress(rule()),
     "http://order.shop.com/", "internet", MINIKUBE, "InstallController", "minikube addons enable ingress"),
    ("no controller in the cloud", SHOP + INSIDE + ingress(rule()),
     "http://order.shop.com/", "internet", {}, "InstallController", "helm upgrade --install ingress-nginx"),
    ("an unknown class", SHOP + INSIDE + ingress(rule(), "ingressClassName: ngnix"),
     "http://order.shop.com/", "internet", NGINX, "SetClass", "kubectl patch ingress shop"),
    ("no host said", SHOP + INSIDE + ingress(rule()),
     "http://203.0.113.100/", "internet", NGINX, "SayHost", ""),
    ("a mistyped host", SHOP + INSIDE + ingress(rule("oder.shop.com")),
     "http://order.shop.com/", "internet", {**NGINX, "connect_to": "ingress"}, "UseHost", ""),
    ("an exact path", SHOP + INSIDE + ingress(rule(path="/order", type="Exact")),
     "http://order.shop.com/order/1", "internet", NGINX, "SetPathType", "Prefix"),
    ("a mistyped path", SHOP + INSIDE + ingress(rule(path="/oder")),
     "http://order.shop.com/order", "internet", NGINX, "UsePath", ""),
    ("a backend that is not there", SHOP + INSIDE + ingress(rule(name="odrer")),
     "http://order.shop.com/", "internet", NGINX, "SetBackend", "/backend/service/name"),
    ("a backend port that is not there", SHOP + INSIDE + ingress(rule(port=8080)),
     "http://order.shop.com/", "internet", NGINX, "SetBackendPort", "/backend/service/port"),
    ("a backend whose selector matches nothing", SHOP + service("order", "selector: {app: oder}, ports: [{port: 80, targetPort: 8080}]") + ingress(rule()),
     "http://order.shop.com/", "internet", NGINX, "SetSelector", "app=order"),
    ("a backend with a wrong targetPort", SHOP + service("order", "selector: {app: order}, ports: [{port: 80}]") + ingress(rule()),
     "http://order.shop.com/", "internet", NGINX, "SetTargetPort", "8080"),
    ("a policy that denies everything", SHOP + ORDER + policy("podSelector: {}, policyTypes: [Ingress]"),
     "http://{order}/", "payment", {}, "AllowPolicy", "kubectl apply -f -"),
    ("a policy in both directions", SHOP + ORDER + policy("podSelector: {}, policyTypes: [Ingress, Egress]"),
     "http://{order}/", "payment", {}, "AllowPolicy", "kubectl apply -f -"),
    ("egress denied, DNS with it", SHOP + INSIDE + policy("podSelector: {matchLabels: {app: payment}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: order}}}]}]"),
     "http://order/", "payment", {}, "AllowDNS", "kubectl apply -f -"),
    ("https where none is spoken", SHOP + ORDER,
     "https://203.0.113.11:30080/", "internet", {}, "UseHttp", ""),
    ("an app whose own call fails", CALLER + app("payment") + ORDER + service("payment", "selector: {app: paymnet}, ports: [{port: 80, targetPort: 8080}]"),
     NODE, "internet", {}, "SetSelector", "app=payment"),
]  # fmt: skip


def failing(text, url, source, options):
    """The cluster, what is sent and what became of it."""
    connect_to = options.get("connect_to")
    cluster = build(text, **{k: v for k, v in options.items() if k != "connect_to"})
    found = cluster.get("Service", "default", "order")
    taken = {p.node for p in cluster.of_kind("Pod", "default")}
    empty = next((n.name[-1] for n in cluster.of_kind("Node") if n.name not in taken), "")
    url = url.replace("{order}", found.cluster_ip if found else "").replace("{empty}", f"1{empty}")
    if "{pod}" in url:
        url = url.replace("{pod}", pod(cluster, "order").ip)
    ref = source if "/" in source or source == "internet" else pod(cluster, source).ref
    request = Request(url=url, source=ref, connect_to=connect_to)
    return cluster, request, trace(cluster, request).to_dict()


@pytest.mark.parametrize(
    ("text", "url", "source", "options", "code", "command"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_the_proposal_mends_it(text, url, source, options, code, command):
    cluster, request, failed = failing(text, url, source, options)
    assert failed["verdict"] != "delivered"
    proposals = repair(cluster, request, failed, READY)
    found = next((p for p in proposals if p.code == code and p.mends), None)
    assert found is not None, (failed["reason"], [(p.code, p.mends) for p in proposals])
    assert command in found.command
    assert outcome(cluster, request, found, READY).verdict == "delivered"
    assert bool(difference(cluster, found)) == any(not isinstance(e, Install) for e in found.edits)


def test_a_container_older_than_the_service_is_restarted():
    tx = begin(app("order", more=ENV) + app("payment") + ORDER)
    loading.load(
        tx, [manifest.load(service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]"))]
    )
    quiesce(tx)
    request = Request(url=NODE)
    found = repair(tx.cluster, request, trace(tx.cluster, request).to_dict(), tx.now)[0]
    assert found.command == "kubectl rollout restart deployment order"
    assert outcome(tx.cluster, request, found, tx.now).verdict == "delivered"


def test_a_dead_node_is_switched_on_or_another_asked():
    tx = begin(SHOP + ORDER)
    tx.patch(("Node", "", "node-1"), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    settle(tx)
    request = Request(url=NODE)
    found = repair(tx.cluster, request, trace(tx.cluster, request).to_dict(), tx.now)
    assert [p.code for p in found] == ["PowerOn", "UseOtherNode", "UseOtherNode"]
    assert all(p.mends for p in found)


def test_pods_that_are_starting_need_but_time():
    tx = begin(ORDER)
    loading.load(tx, [manifest.load(app("order"))])
    settle(tx)
    request = Request(url=NODE)
    found = repair(tx.cluster, request, trace(tx.cluster, request).to_dict(), tx.now)
    assert [(p.code, p.edits) for p in found] == [("Wait", ())]


def test_of_two_faults_each_repair_leads_one_step_on():
    """The first makes the request fail later; carried out, the second makes it arrive."""
    cluster, request, failed = failing(
        SHOP + service("order", "type: NodePort, selector: {app: oder}, ports: [{port: 80, targetPort: 81, nodePort: 30080}]"),
        NODE, "internet", {},
    )  # fmt: skip
    first = next(p for p in repair(cluster, request, failed, READY) if p.code == "SetSelector")
    assert not first.mends
    tx = Transaction(cluster, READY)
    apply(tx, first)
    quiesce(tx)
    assert [p.code for p in repair(tx.cluster, request, trace(tx.cluster, request).to_dict(), tx.now)] == [
        "SetTargetPort"
    ]


def test_nothing_is_proposed_for_what_arrived():
    cluster = build(SHOP + ORDER)
    assert repair(cluster, Request(url=NODE), trace(cluster, Request(url=NODE)).to_dict(), READY) == []


def test_every_reason_with_rules_is_one_that_ends_a_request():
    assert set(RULES) <= set(ENDINGS)


BY_DESIGN = {
    ("http://203.0.113.112/", "AddressUnreachable"),  # was never given to anybody
    ("http://203.0.113.11:30086/", "ServiceHasNoEndpoints"),  # without a selector somebody must say where to
    ("http://203.0.113.100/menu", "AppError"),  # the app itself has no such page
    ("http://dessert.fast-snackbar.com/", "NameNotFound"),  # no rule has it
}


def scenarios() -> list[tuple[str, dict]]:
    rows = yaml.safe_load(Path("fixtures/snackbar.yaml").read_text())
    return [(row["fields"]["slug"], row["fields"]) for row in rows]


@pytest.mark.parametrize(("slug", "fields"), scenarios(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_failing_example_of_a_scenario_has_a_way_out(slug, fields):
    """An app that answers with an error on purpose is the only thing that nobody can mend."""
    cluster = build(
        fields["manifests"],
        provider=fields["provider"],
        addons=tuple(fields["addons"]),
        firewall=fields["firewall"],
        seed=fields["seed"],
    )
    for preset in fields["presets"]:
        url = preset["url"]
        for found in cluster.of_kind("Service"):
            url = url.replace(f"{{{found.name}}}", found.cluster_ip)
        request = Request(
            url=url,
            source=preset.get("source", "internet"),
            headers=preset.get("headers", {}),
            connect_to=preset.get("connect_to"),
        )
        failed = trace(cluster, request).to_dict()
        if failed["verdict"] != "delivered" and (url, failed["reason"]) not in BY_DESIGN:
            proposals = repair(cluster, request, failed, READY)
            assert any(p.mends for p in proposals), (url, failed["reason"], [p.code for p in proposals])
