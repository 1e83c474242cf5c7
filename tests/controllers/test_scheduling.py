"""Where pods go, and what they say where there is no place for them."""

import pytest
import yaml

from kubeviz.controllers import quiesce
from tests.clusters import app, begin

NONE = "0/3 nodes are available"
NO_HELP = f"no new claims to deallocate, preemption: {NONE}: 3 Preemption is not helpful for scheduling."


def waiting(tx):
    return [p for p in tx.cluster.of_kind("Pod", "default") if not p.node]


def said(pod):
    return next(c["message"] for c in pod.status["conditions"] if c["type"] == "PodScheduled")


def place(tx, spec, name="p"):
    body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name},
        "spec": {"containers": [{"name": "c", "image": "x"}]},
    }
    body["spec"] |= yaml.safe_load(f"{{{spec}}}")
    key = tx.create(body).key
    quiesce(tx)
    return tx.cluster.find(key)


NO_VICTIMS = f"no new claims to deallocate, preemption: {NONE}: 3 No preemption victims found for incoming pod."
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
NEAR_NOBODY = (
    f"{{{REQUIRED}: [{{topologyKey: kubernetes.io/hostname, labelSelector: {{matchLabels: {{app: nobody}}}}}}]}}"
)


def asking(requests, more=""):
    return f"containers: [{{name: c, image: x, resources: {{requests: {requests}}}}}]{more}"


HINDERED = [
    ("a label no node has", "nodeSelector: {disk: ssd}", f"{NONE}: 3 node(s) didn't match Pod's node affinity/selector. {NO_HELP}"),
    ("a name no node has", f"affinity: {{nodeAffinity: {{{REQUIRED}: {{nodeSelectorTerms: "
     "[{matchFields: [{key: metadata.name, operator: In, values: [node-9]}]}]}}}",
     f"{NONE}: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. {NO_HELP}"),
    ("more than any machine has", asking("{cpu: 100, memory: 1Ti}"), f"{NONE}: 3 Insufficient cpu, 3 Insufficient memory. {NO_HELP}"),
    ("a device no machine has", "containers: [{name: c, image: x, resources: {limits: {nvidia.com/gpu: 1}}}]", f"{NONE}: 3 Insufficient nvidia.com/gpu. {NO_HELP}"),
    ("an init container that asks for more", "initContainers: [{name: i, image: x, resources: {requests: {cpu: 9}}}]", f"{NONE}: 3 Insufficient cpu. {NO_HELP}"),
    ("near nobody", f"affinity: {{podAffinity: {NEAR_NOBODY}}}", f"{NONE}: 3 node(s) didn't match pod affinity rules. {NO_HELP}"),
    ("spread over zones that nobody has", "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]",
     f"{NONE}: 3 node(s) didn't match pod topology spread constraints (missing required label). {NO_HELP}"),
    ("who pushes nobody out", asking("{cpu: 100}", ", preemptionPolicy: Never"),
     f"{NONE}: 3 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never."),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "message"), [h[1:] for h in HINDERED], ids=[h[0] for h in HINDERED])
def test_a_pod_for_which_there_is_no_node_says_why(spec, message):
    tx = begin("")
    pod = place(tx, spec)
    assert (pod.node, said(pod)) == ("", message)
    (event,) = (e.body for e in tx.cluster.of_kind("Event", "default") if e.body["reason"] == "FailedScheduling")
    assert event["message"] == message


def test_each_node_gives_its_own_reason():
    tx = begin("")
    tx.patch(("Node", "", "node-1"), {"spec": {"unschedulable": True}})
    tx.patch(("Node", "", "node-2"), {"spec": {"taints": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}]}})
    assert said(place(tx, "nodeSelector: {disk: ssd}")) == (
        f"{NONE}: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), "
        f"1 node(s) were unschedulable. {NO_HELP}"
    )
    assert (
        place(
            tx, "tolerations: [{key: gpu, operator: Exists}], nodeSelector: {kubernetes.io/hostname: node-2}", "q"
        ).node
        == "node-2"
    )


def test_one_port_of_a_node_serves_one_pod():
    tx = begin("")
    spec = "containers: [{name: c, image: x, ports: [{containerPort: 80, hostPort: 8080}]}]"
    nodes = [place(tx, spec, f"p{number}").node for number in range(4)]
    assert sorted(nodes) == ["", "node-1", "node-2", "node-3"]
    (left,) = waiting(tx)
    assert said(left).startswith(f"{NONE}: 3 node(s) didn't have free ports for the requested pod ports.")
    tx.delete(("Pod", "default", "p0"))
    quiesce(tx)
    assert waiting(tx) == []


def test_a_node_takes_so_many_pods_and_the_others_wait_until_there_is_room():
    tx = begin(app("order", replicas=335))
    assert all(len(tx.cluster.lookup("node", f"node-{n}")) == 110 for n in (1, 2, 3))
    assert said(waiting(tx)[0]) == (
        f"{NONE}: 3 Too many pods. no new claims to deallocate, preemption: {NONE}: 3 No preemption victims found for incoming pod."
    )
    tx.scale(("Deployment", "default", "order"), 300)
    quiesce(tx)
    assert (waiting(tx), tx.cluster.get("Deployment", "default", "order").status["readyReplicas"]) == ([], 300)


def test_a_pod_for_which_its_node_has_no_address_is_never_created():
    tx = begin("")
    for number in range(256):
        tx.create(
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": f"p{number}"},
                "spec": {"nodeName": "node-1", "containers": [{"name": "c", "image": "x"}]},
            }
        )
    quiesce(tx)
    without = [p for p in tx.cluster.of_kind("Pod", "default") if not p.ip]
    assert without
    assert {p.status["containerStatuses"][0]["state"]["waiting"]["reason"] for p in without} == {"ContainerCreating"}


def labelled(name, spec, labels="{app: web}"):
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {labels}}}\nspec: {{{spec}}}\n---\n"


HOST = "topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}"
APART = f"affinity: {{podAntiAffinity: {{{REQUIRED}: [{{{HOST}}}]}}}}"
TOGETHER = f"affinity: {{podAffinity: {{{REQUIRED}: [{{{HOST}}}]}}}}"
EVEN = f"topologySpreadConstraints: [{{maxSkew: 1, whenUnsatisfiable: DoNotSchedule, {HOST}}}]"
ON_1 = "nodeSelector: {kubernetes.io/hostname: node-1}"
PLAIN = "containers: [{name: c, image: x}]"
PLACED = [
    ("four apart", [APART] * 4, ["node-3", "node-1", "node-2", ""], f"{NONE}: 3 node(s) didn't match pod anti-affinity rules. {NO_VICTIMS}"),
    ("three together", [TOGETHER] * 3, ["node-3"] * 3, ""),
    ("whom nobody wants near", [APART, APART, APART, ""], ["node-3", "node-1", "node-2", ""],
     f"{NONE}: 3 node(s) didn't satisfy existing pods anti-affinity rules. {NO_VICTIMS}"),
    ("evenly spread", [EVEN] * 4, ["node-3", "node-1", "node-2", "node-3"], ""),
    ("one node only, others not counted", [f"{EVEN}, {ON_1}"] * 2, ["node-1", "node-1"], ""),
    ("one node only, others counted", [f"{EVEN[:-2]}, nodeAffinityPolicy: Ignore}}], {ON_1}"] * 2, ["node-1", ""],
     f"{NONE}: 1 node(s) didn't match pod topology spread constraints, 2 node(s) didn't match Pod's node affinity/selector. "
     f"no new claims to deallocate, preemption: {NONE}: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling."),
    ("as many as fit", [asking("{cpu: 5}")] * 4, ["node-3", "node-1", "node-2", ""], f"{NONE}: 3 Insufficient cpu. {NO_VICTIMS}"),
]  # fmt: skip


@pytest.mark.parametrize(("specs", "nodes", "message"), [p[1:] for p in PLACED], ids=[p[0] for p in PLACED])
def test_pods_choose_their_neighbours(specs, nodes, message):
    texts = (f"{spec}, {PLAIN}" if spec and "containers" not in spec else spec or PLAIN for spec in specs)
    tx = begin("".join(labelled(f"p{i}", text) for i, text in enumerate(texts)))
    pods = tx.cluster.of_kind("Pod", "default")
    assert [p.node for p in pods] == nodes
    assert [said(p) for p in waiting(tx)] == [message] * nodes.count("")


def test_who_waits_for_company_goes_where_it_arrives():
    tx = begin(labelled("alone", f"{TOGETHER}, {PLAIN}", "{app: other}"))
    assert len(waiting(tx)) == 1
    place(tx, ON_1, "host")
    tx.patch(("Pod", "default", "host"), {"metadata": {"labels": {"app": "web"}}})
    quiesce(tx)
    assert tx.cluster.get("Pod", "default", "alone").node == "node-1"


def test_a_pod_prefers_what_it_says():
    tx = begin("")
    tx.patch(("Node", "", "node-3"), {"spec": {"taints": [{"key": "old", "effect": "PreferNoSchedule"}]}})
    wish = (
        "{weight: 5, preference: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-2]}]}}"
    )
    preferring = f"affinity: {{nodeAffinity: {{preferredDuringSchedulingIgnoredDuringExecution: [{wish}]}}}}"
    assert [place(tx, "", "p").node, place(tx, preferring, "q").node] == ["node-1", "node-2"]


def test_a_pod_that_ended_takes_up_no_room():
    tx = begin("")
    done = "metadata: {name: p, annotations: {kubeviz.dev/app: 'state: completed'}}"
    for number in range(4):
        body = yaml.safe_load(
            f"{{{done}, apiVersion: v1, kind: Pod, spec: {{restartPolicy: Never, {asking('{cpu: 8}')}}}}}"
        )
        tx.create({**body, "metadata": {**body["metadata"], "name": f"p{number}"}})
    quiesce(tx)
    assert [p.phase for p in tx.cluster.of_kind("Pod", "default")] == ["Succeeded"] * 4


def test_a_gated_pod_waits_for_its_gates():
    tx = begin("")
    pod = place(tx, "schedulingGates: [{name: a.com/quota}]")
    assert pod.node == ""
    tx.patch(pod.key, {"spec": {"schedulingGates": None}})
    quiesce(tx)
    assert tx.cluster.find(pod.key).ready


def test_a_grace_longer_than_dates_go_still_ends():
    tx = begin("")
    pod = place(tx, f"terminationGracePeriodSeconds: {10**18}")
    tx.delete(pod.key)
    quiesce(tx)
    assert tx.cluster.find(pod.key) is None
