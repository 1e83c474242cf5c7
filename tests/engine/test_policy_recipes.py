"""NetworkPolicy recipes: a small world of three namespaces and who reaches whom, one policy set a row."""

import pytest

from tests.clusters import build, send, service
from tests.engine.test_policy import policy


def at(namespace: str, name: str, spec: str = "", listen: str = "80, 81, 80/UDP, 80/SCTP") -> str:
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: {namespace}, labels: {{pod: {name}}}, annotations: {{kubeviz.dev/app: "listen: [{listen}]"}}}}
spec:
  containers:
  - name: c
    image: c
    ports: [{{name: web, containerPort: 80}}, {{name: admin, containerPort: 81}}, {{name: udp, containerPort: 80, protocol: UDP}}]{spec}
---
"""


WORLD = "".join(
    f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {ns}, labels: {{ns: {ns}}}}}\n---\n"
    + at(ns, "a")
    + at(ns, "b")
    + service("a", "selector: {pod: a}, ports: [{port: 8000, targetPort: 80}]", ns)
    for ns in ("x", "w", "z")
) + at("x", "host", "\n  hostNetwork: true", "9000")
EVERYBODY = ["x/a", "x/b", "w/a", "w/b", "z/a", "z/b"]


def to_xa(rules: str, types: str = "Ingress") -> str:
    return in_x(f"podSelector: {{matchLabels: {{pod: a}}}}, policyTypes: [{types}], {rules}")


def in_x(spec: str, name: str = "p") -> str:
    return policy(spec, name).replace(f"{{name: {name}}}", f"{{name: {name}, namespace: x}}", 1)


WHO = [
    ("deny all ingress", to_xa("ingress: []"), ["x/a"]),
    ("no rules at all deny too", in_x("podSelector: {}"), ["x/a"]),
    ("its own namespace", to_xa("ingress: [{from: [{podSelector: {}}]}]"), ["x/a", "x/b"]),
    ("all namespaces", to_xa("ingress: [{from: [{namespaceSelector: {}}]}]"), EVERYBODY),
    ("a namespace by its label", to_xa("ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}]"), ["x/a", "w/a", "w/b"]),
    ("by the label that every namespace has", to_xa("ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: z}}}]}]"), ["x/a", "z/a", "z/b"]),
    ("and: a pod of a namespace", to_xa("ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: b}}}]}]"), ["x/a", "w/b"]),
    ("or: a namespace, or a pod of its own", to_xa("ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}, {podSelector: {matchLabels: {pod: b}}}]}]"), ["x/a", "x/b", "w/a", "w/b"]),
    ("two rules are or", to_xa("ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}, {from: [{namespaceSelector: {matchLabels: {ns: z}}}]}]"), ["x/a", "w/a", "w/b", "z/a", "z/b"]),
    ("an expression: in", to_xa("ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: In, values: [x, w]}]}}]}]"), ["x/a", "x/b", "w/a", "w/b"]),
    ("an expression: not in", to_xa("ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: NotIn, values: [x, w]}]}}]}]"), ["x/a", "z/a", "z/b"]),
    ("an expression: exists", to_xa("ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: DoesNotExist}]}}]}]"), ["x/a"]),
    ("every address", to_xa("ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]"), EVERYBODY),
    ("every address but the pods'", to_xa("ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.244.0.0/16]}}]}]"), ["x/a"]),
    ("a named port", to_xa("ingress: [{ports: [{port: web}]}]"), EVERYBODY),
    ("another named port", to_xa("ingress: [{ports: [{port: admin}]}]"), ["x/a"]),
    ("a name of another protocol", to_xa("ingress: [{ports: [{port: udp, protocol: UDP}]}]"), ["x/a"]),
    ("a range", to_xa("ingress: [{ports: [{port: 79, endPort: 80}]}]"), EVERYBODY),
    ("a range above", to_xa("ingress: [{ports: [{port: 81, endPort: 90}]}]"), ["x/a"]),
    ("a protocol alone", to_xa("ingress: [{ports: [{protocol: TCP}]}]"), EVERYBODY),
    ("another protocol alone", to_xa("ingress: [{ports: [{protocol: SCTP}]}]"), ["x/a"]),
    ("egress does not bind who comes", to_xa("egress: []", "Egress"), EVERYBODY),
    ("policies add up", to_xa("ingress: []") + in_x("podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: z}}}]}]", "q"), ["x/a", "z/a", "z/b"]),
    ("a policy of another namespace", policy("podSelector: {}, ingress: []").replace("{name: p}", "{name: p, namespace: w}", 1), EVERYBODY),
]  # fmt: skip


@pytest.mark.parametrize(("text", "allowed"), [r[1:] for r in WHO], ids=[r[0] for r in WHO])
def test_who_reaches_a_pod(text, allowed):
    cluster = build(WORLD + text)
    target = cluster.get("Pod", "x", "a").ip
    found = {who: send(cluster, f"http://{target}/", f"pod/{who}") for who in EVERYBODY}
    assert [who for who, f in found.items() if f.verdict == "delivered"] == allowed
    assert {f.reason for f in found.values()} <= {"Delivered", "PolicyDenied"}


SCTP = to_xa("ingress: [{ports: [{port: 80, protocol: SCTP}]}]")
UDP = to_xa("ingress: [{ports: [{port: udp, protocol: UDP}]}]")


@pytest.mark.parametrize(
    ("text", "protocol", "reason"),
    [
        (SCTP, "SCTP", "Delivered"),
        (SCTP, "UDP", "PolicyDenied"),
        (UDP, "UDP", "Delivered"),
        (UDP, "TCP", "PolicyDenied"),
    ],
)
def test_a_rule_is_about_its_protocol(text, protocol, reason):
    cluster = build(WORLD + text)
    target = cluster.get("Pod", "x", "a").ip
    assert send(cluster, f"http://{target}/", "pod/w/a", protocol=protocol).reason == reason


DENY_EGRESS = in_x("podSelector: {}, policyTypes: [Egress]")
DNS = "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}"
TO_W = "{to: [{namespaceSelector: {matchLabels: {ns: w}}}], ports: [{port: 80}]}"
OUT = service("out", "type: ExternalName, externalName: pay.example.com", "x")

EGRESS = [
    ("nothing may leave, DNS neither", DENY_EGRESS, "http://a.w:8000/", "DNSBlocked"),
    ("an empty egress list is not unset", in_x("podSelector: {}, egress: []"), "http://<w/a>/", "Delivered"),
    ("nothing may leave, by address", DENY_EGRESS, "http://<w/a>/", "PolicyDenied"),
    ("DNS alone", in_x(f"podSelector: {{}}, policyTypes: [Egress], egress: [{DNS}]"), "http://a.w:8000/", "PolicyDenied"),
    ("DNS and one namespace", in_x(f"podSelector: {{}}, policyTypes: [Egress], egress: [{DNS}, {TO_W}]"), "http://a.w:8000/", "Delivered"),
    ("and no other", in_x(f"podSelector: {{}}, policyTypes: [Egress], egress: [{DNS}, {TO_W}]"), "http://a.z:8000/", "PolicyDenied"),
    ("nothing may leave the cluster", in_x(f"podSelector: {{}}, policyTypes: [Egress], egress: [{DNS}]"), "http://out/", "PolicyDenied"),
    ("but to an address block", in_x(f"podSelector: {{}}, policyTypes: [Egress], egress: [{DNS}, {{to: [{{ipBlock: {{cidr: 198.51.100.0/24}}}}]}}]"), "http://out/", "Delivered"),
    ("a pod always reaches itself", DENY_EGRESS, "http://<x/a>/", "Delivered"),
    ("and its localhost", DENY_EGRESS, "http://localhost/", "Delivered"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "url", "reason"), [r[1:] for r in EGRESS], ids=[r[0] for r in EGRESS])
def test_whom_a_pod_reaches(text, url, reason):
    cluster = build(WORLD + OUT + text)
    for who in EVERYBODY:
        url = url.replace(f"<{who}>", cluster.get("Pod", *who.split("/")).ip)
    assert send(cluster, url, "pod/x/a").reason == reason


def test_a_denial_from_outside_holds_at_the_pods_own_node_too():
    text = service("door", "type: NodePort, selector: {pod: a}, ports: [{port: 80, nodePort: 30080}]", "x")
    cluster = build(WORLD + text + to_xa("ingress: []"))
    node = cluster.get("Node", "", cluster.get("Pod", "x", "a").node)
    assert send(cluster, f"http://{node.internal_ip}:30080/", "vpc").reason == "PolicyDenied"
    assert send(cluster, f"http://{cluster.get('Pod', 'x', 'a').ip}/", node.ref).reason == "Delivered"


def test_a_pod_on_its_nodes_network_is_not_bound_by_policies():
    cluster = build(WORLD + DENY_EGRESS)
    assert send(cluster, f"http://{cluster.get('Pod', 'w', 'a').ip}/", "pod/x/host").reason == "Delivered"


def test_the_trace_names_the_policy_and_its_rule():
    cluster = build(
        WORLD
        + to_xa("ingress: [{ports: [{port: 81}]}, {from: [{namespaceSelector: {}}]}]")
        + in_x("podSelector: {}, ingress: []", "q")
    )
    found = send(cluster, f"http://{cluster.get('Pod', 'x', 'a').ip}/", "pod/w/a")
    (step,) = [s for h in found.hops for s in h.steps if s.reason == "PolicyAllowed"]
    assert [(e.object, e.path) for e in step.evidence] == [("networkpolicy/x/p", "spec.ingress[1]")]
    assert [(c.object, c.chosen, c.because) for c in step.candidates] == [
        ("networkpolicy/x/p", True, ""),
        ("networkpolicy/x/q", False, "AllowsNothing"),
    ]


def test_a_denial_says_why_no_policy_allowed_it():
    cluster = build(
        WORLD
        + in_x("podSelector: {}, ingress: []", "nothing")
        + in_x("podSelector: {}, ingress: [{ports: [{port: 81}]}]", "port")
        + in_x("podSelector: {}, ingress: [{from: [{podSelector: {}}]}]", "peer")
        + in_x("podSelector: {matchLabels: {pod: b}}, ingress: [{}]", "others")
    )
    found = send(cluster, f"http://{cluster.get('Pod', 'x', 'a').ip}/", "pod/w/a")
    assert [(c.object.rpartition("/")[2], c.because) for c in found.hops[-1].steps[-1].candidates] == [
        ("nothing", "AllowsNothing"),
        ("peer", "OtherPeer"),
        ("port", "OtherPolicyPort"),
    ]
