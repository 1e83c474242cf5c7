"""NetworkPolicy: one row a rule."""

import pytest

from tests.clusters import app, build, pod, send, service

PODS = (
    app("order")
    + app("payment")
    + app("stranger", namespace="other")
    + service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]")
    + "apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {team: guests}}\n---\n"
)


def policy(spec: str, name: str = "p") -> str:
    return f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n---\n"


TO_PAYMENT = "podSelector: {matchLabels: {app: payment}}"
ROWS = [
    ("no policy", "", "order", "Delivered"),
    ("a policy about others", policy("podSelector: {matchLabels: {app: nobody}}, ingress: []"), "order", "Delivered"),
    ("an empty list denies all", policy(f"{TO_PAYMENT}, ingress: []"), "order", "PolicyDenied"),
    ("an empty rule allows all", policy(f"{TO_PAYMENT}, ingress: [{{}}]"), "order", "Delivered"),
    ("an empty selector selects all pods", policy("podSelector: {}, ingress: []"), "order", "PolicyDenied"),
    (
        "allowed by pod",
        policy(f"{TO_PAYMENT}, ingress: [{{from: [{{podSelector: {{matchLabels: {{app: order}}}}}}]}}]"),
        "order",
        "Delivered",
    ),
    (
        "a podSelector means this namespace",
        policy(f"{TO_PAYMENT}, ingress: [{{from: [{{podSelector: {{}}}}]}}]"),
        "stranger",
        "PolicyDenied",
    ),
    (
        "allowed by namespace",
        policy(f"{TO_PAYMENT}, ingress: [{{from: [{{namespaceSelector: {{matchLabels: {{team: guests}}}}}}]}}]"),
        "stranger",
        "Delivered",
    ),
    (
        "two selectors of one item are and",
        policy(
            f"{TO_PAYMENT}, ingress: [{{from: [{{namespaceSelector: {{}}, podSelector: {{matchLabels: {{app: order}}}}}}]}}]"
        ),
        "stranger",
        "PolicyDenied",
    ),
    (
        "two items are or",
        policy(
            f"{TO_PAYMENT}, ingress: [{{from: [{{namespaceSelector: {{}}}}, {{podSelector: {{matchLabels: {{app: ghost}}}}}}]}}]"
        ),
        "stranger",
        "Delivered",
    ),
    ("judged on the pod's port", policy(f"{TO_PAYMENT}, ingress: [{{ports: [{{port: 8080}}]}}]"), "order", "Delivered"),
    ("not on the Service's", policy(f"{TO_PAYMENT}, ingress: [{{ports: [{{port: 80}}]}}]"), "order", "PolicyDenied"),
    ("a named port", policy(f"{TO_PAYMENT}, ingress: [{{ports: [{{port: http}}]}}]"), "order", "Delivered"),
    (
        "a range of ports",
        policy(f"{TO_PAYMENT}, ingress: [{{ports: [{{port: 8000, endPort: 8100}}]}}]"),
        "order",
        "Delivered",
    ),
    (
        "policies add up",
        policy(f"{TO_PAYMENT}, ingress: []") + policy(f"{TO_PAYMENT}, ingress: [{{}}]", "q"),
        "order",
        "Delivered",
    ),
    (
        "by address",
        policy(f"{TO_PAYMENT}, ingress: [{{from: [{{ipBlock: {{cidr: 10.244.0.0/16}}}}]}}]"),
        "order",
        "Delivered",
    ),
    (
        "an exception of an address",
        policy(f"{TO_PAYMENT}, ingress: [{{from: [{{ipBlock: {{cidr: 10.0.0.0/8, except: [10.244.0.0/16]}}}}]}}]"),
        "order",
        "PolicyDenied",
    ),
    (
        "egress of the sender",
        policy(
            "podSelector: {matchLabels: {app: order}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: ghost}}}]}]"
        ),
        "order",
        "PolicyDenied",
    ),
]


@pytest.mark.parametrize(("text", "sender", "reason"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_policy_allows_what_it_says(text, sender, reason):
    cluster = build(PODS + text)
    ip = cluster.get("Service", "default", "payment").cluster_ip
    namespace = "other" if sender == "stranger" else "default"
    found = send(cluster, f"http://{ip}/", pod(cluster, sender, namespace).ref)
    assert found.reason == reason
    assert found.verdict == ("delivered" if reason == "Delivered" else "timeout")


def test_denying_all_egress_denies_dns_first():
    cluster = build(PODS + policy("podSelector: {matchLabels: {app: order}}, policyTypes: [Egress]"))
    found = send(cluster, "http://payment/", pod(cluster, "order").ref)
    assert (found.verdict, found.reason) == ("dns_error", "DNSBlocked")


def test_a_denied_packet_names_every_policy_that_selected_the_pod():
    cluster = build(PODS + policy(f"{TO_PAYMENT}, ingress: []") + policy("podSelector: {}, ingress: []", "q"))
    ip = cluster.get("Service", "default", "payment").cluster_ip
    found = send(cluster, f"http://{ip}/", pod(cluster, "order").ref)
    assert [c.object for c in found.hops[-1].steps[-1].candidates] == [
        "networkpolicy/default/p",
        "networkpolicy/default/q",
    ]


def test_a_pods_own_node_always_reaches_it():
    cluster = build(PODS + policy(f"{TO_PAYMENT}, ingress: []"))
    payment = pod(cluster, "payment")
    assert send(cluster, f"http://{payment.ip}:8080/", f"node/{payment.node}").verdict == "delivered"
