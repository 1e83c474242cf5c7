"""Live equals fresh: the picture made of differences is the picture of the cluster."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubeviz.controllers import settle
from kubeviz.graph import apply, diff, elements
from tests.clusters import app, begin, build, send, service

TEXT = (
    app("order", replicas=2)
    + service(
        "order",
        "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]",
    )
    + """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec:
  rules:
  - host: a.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: order, port: {number: 80}}}}]}
"""
)

STEPS = st.lists(
    st.sampled_from(
        [
            "delete pod",
            "scale up",
            "scale down",
            "break selector",
            "mend selector",
            "delete service",
            "node off",
            "node on",
            "wait",
            "unready",
        ]
    ),
    max_size=8,
)


def take(tx, step):
    pods = [p for p in tx.cluster.of_kind("Pod", "default") if not p.terminating]
    deployment, order = ("Deployment", "default", "order"), ("Service", "default", "order")
    match step:
        case "delete pod" if pods:
            tx.delete(pods[0].key)
        case "unready" if pods:
            tx.patch(
                pods[0].key,
                {"metadata": {"annotations": {"kubeviz.dev/app": "{listen: [8080], ready: false}"}}},
            )
        case "scale up" | "scale down":
            tx.patch(deployment, {"spec": {"replicas": 4 if step == "scale up" else 1}})
        case "delete service" if tx.cluster.get(*order):
            tx.delete(order)
        case "break selector" | "mend selector" if tx.cluster.get(*order):
            tx.patch(order, {"spec": {"selector": {"app": "order" if step == "mend selector" else "oder"}}})
        case "node off" | "node on":
            tx.patch(
                ("Node", "", "node-2"),
                {"metadata": {"annotations": {"kubeviz.dev/power": "off" if step == "node off" else None}}},
            )
    due = settle(tx)
    if step == "wait" and due:
        tx.now = max(due, tx.now)
        settle(tx)


@settings(max_examples=40)
@given(STEPS)
def test_old_picture_and_differences_give_the_fresh_picture(steps):
    tx = begin(TEXT, addons=("ingress-nginx",))
    picture = elements(tx.cluster)
    for step in steps:
        take(tx, step)
        fresh = elements(tx.cluster)
        picture = apply(picture, diff(picture, fresh))
        assert picture == fresh


@settings(max_examples=25)
@given(STEPS)
def test_the_advanced_snapshot_is_the_rebuilt_one(steps):
    tx = begin(TEXT)
    for step in steps:
        take(tx, step)
    from kubeviz.cluster.state import Cluster

    rebuilt = Cluster.of(tx.cluster.rv, [obj.body for obj in tx.cluster])
    assert elements(rebuilt) == elements(tx.cluster)
    for seed in range(3):
        assert (
            send(rebuilt, "http://203.0.113.11:30080/", seed=seed).to_dict()
            == send(tx.cluster, "http://203.0.113.11:30080/", seed=seed).to_dict()
        )


def test_the_edges_of_a_delivered_request_are_on_the_stage():
    cluster = build(TEXT, addons=("ingress-nginx",))
    picture = elements(cluster)
    for url in ("http://203.0.113.12:30080/", "http://a.example.com/"):
        taught = [h.edge for h in send(cluster, url).hops if h.view != "packet" and h.edge]
        assert [edge for edge in taught if edge not in picture] == []


def test_a_rule_says_where_it_leads_to_no_service():
    picture = elements(build(TEXT.replace("{name: order, port", "{name: oder, port")))
    assert [rule["missing"] for rule in elements(build(TEXT))["ingress/default/i"]["rules"]] == [False]
    assert [rule["missing"] for rule in picture["ingress/default/i"]["rules"]] == [True]


POLICY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard}
spec: {podSelector: {matchLabels: {app: %s}}, ingress: []}
"""


def guards(app_name):
    picture = elements(build(TEXT + "---" + POLICY % app_name, addons=()))
    return [e["policies"] for e in picture.values() if e["type"] == "pod" and e["ns"] == "default"]


def test_a_pod_tells_the_policies_that_select_it_and_no_others():
    assert guards("order") == [["guard"], ["guard"]]
    assert guards("payment") == [[], []]


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        pytest.param("ingress: []", "blocked", id="isolated and no rule: nothing gets in"),
        pytest.param("ingress: [{}]", "ok", id="a rule that allows everything"),
        pytest.param("ingress: [{from: [{podSelector: {}}]}]", "ok", id="a rule that allows some"),
        pytest.param("policyTypes: [Egress]", "ok", id="only what goes out is restricted"),
    ],
)
def test_the_line_to_a_pod_that_policies_seal_is_marked(rules, state):
    sealed = f"""
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: guard}}
spec: {{podSelector: {{matchLabels: {{app: order}}}}, {rules}}}
"""
    picture = elements(build(TEXT + "---" + sealed))
    lines = [e["state"] for e in picture.values() if e["id"].startswith("service/default/order>pod/")]
    assert lines == [state, state]


def test_the_public_dns_is_there_to_be_drawn_when_a_journey_asks_it():
    asked = elements(build(TEXT))["dns/public"]
    assert (asked["type"], asked["secondary"]) == ("dns", True)
