"""Where pods go, and what they say where there is no place for them."""

from datetime import timedelta

import pytest
import yaml

from kubeviz.cluster.clock import moment
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


HINDERED = [
    ("a label no node has", "nodeSelector: {disk: ssd}", f"{NONE}: 3 node(s) didn't match Pod's node affinity/selector. {NO_HELP}"),
    ("a name no node has", "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
     "[{matchFields: [{key: metadata.name, operator: In, values: [node-9]}]}]}}}",
     f"{NONE}: 3 node(s) didn't match Pod's node affinity/selector. {NO_HELP}"),
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
        f"{NONE}: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {{gpu: yes}}, "
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


def test_a_gated_pod_waits_for_its_gates():
    tx = begin("")
    pod = place(tx, "schedulingGates: [{name: a.com/quota}]")
    assert pod.node == ""
    tx.patch(pod.key, {"spec": {"schedulingGates": None}})
    quiesce(tx)
    assert tx.cluster.find(pod.key).ready


STAYS = [("as long as every pod", "", 300), ("a minute", "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]", 60),
         ("for ever", "tolerations: [{operator: Exists}]", None),
         ("longer than dates go", "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 9000000000000000}]", 10**9)]  # fmt: skip


@pytest.mark.parametrize(("spec", "seconds"), [s[1:] for s in STAYS], ids=[s[0] for s in STAYS])
def test_a_pod_stays_on_an_unreachable_node_as_long_as_it_tolerates_it(spec, seconds):
    tx = begin("")
    pod = place(tx, spec or "restartPolicy: Always")
    start = tx.now
    tx.patch(("Node", "", pod.node), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    quiesce(tx)
    deleted = tx.cluster.find(pod.key).metadata.get("deletionTimestamp")
    if seconds is None:
        assert deleted is None
    else:
        asked = moment(deleted) - timedelta(seconds=30)
        assert asked == start + timedelta(seconds=50 + seconds)


def test_a_grace_longer_than_dates_go_still_ends():
    tx = begin("")
    pod = place(tx, f"terminationGracePeriodSeconds: {10**18}")
    tx.delete(pod.key)
    quiesce(tx)
    assert tx.cluster.find(pod.key) is None
