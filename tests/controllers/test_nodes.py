"""What becomes of pods on nodes that fall silent, are closed, or drive them out."""

from datetime import timedelta

import pytest
import yaml

from kubeviz.cluster.clock import moment
from kubeviz.controllers import quiesce, settle
from tests.clusters import app, begin
from tests.controllers.test_scheduling import place
from tests.controllers.test_workloads import events, pods, workload

OFF = {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}}


def taint(tx, node, effect, key="gpu"):
    tx.patch(("Node", "", node), {"spec": {"taints": [{"key": key, "value": "yes", "effect": effect}]}})


STAYS = [("as long as every pod", "", 300), ("a minute", "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]", 60),
         ("for ever", "tolerations: [{operator: Exists}]", None),
         ("longer than dates go", "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 9000000000000000}]", 10**9)]  # fmt: skip


@pytest.mark.parametrize(("spec", "seconds"), [s[1:] for s in STAYS], ids=[s[0] for s in STAYS])
def test_a_pod_stays_on_an_unreachable_node_as_long_as_it_tolerates_it(spec, seconds):
    tx = begin("")
    pod = place(tx, spec or "restartPolicy: Always")
    start = tx.now
    tx.patch(("Node", "", pod.node), OFF)
    quiesce(tx)
    deleted = tx.cluster.find(pod.key).metadata.get("deletionTimestamp")
    if seconds is None:
        assert deleted is None
    else:
        asked = moment(deleted) - timedelta(seconds=30)
        assert asked == start + timedelta(seconds=50 + seconds)


def test_a_node_that_fell_silent_is_tainted_and_its_pods_are_told():
    tx = begin(app("order"))
    (pod,) = pods(tx)
    tx.patch(("Node", "", pod.node), OFF)
    settle(tx)
    tx.now += timedelta(seconds=50)
    settle(tx)
    taints = tx.cluster.get("Node", "", pod.node).spec["taints"]
    assert [(t["key"], t["effect"]) for t in taints] == [
        ("node.kubernetes.io/unreachable", "NoSchedule"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
    ]
    assert "Node is not ready" in events(tx, "NodeNotReady")


def test_a_stateful_pod_on_a_silent_node_stays_terminating_and_is_not_replaced():
    tx = begin(workload("StatefulSet", "replicas: 1"))
    (pod,) = pods(tx)
    tx.patch(("Node", "", pod.node), OFF)
    quiesce(tx)
    found = tx.cluster.of_kind("Pod", "default")
    assert [(p.uid, p.terminating) for p in found] == [(pod.uid, True)]
    assert found[0].condition("DisruptionTarget") == "True"


def test_a_cordoned_node_says_so_by_a_taint_and_keeps_what_it_has():
    tx = begin(app("order", replicas=3))
    tx.patch(("Node", "", "node-1"), {"spec": {"unschedulable": True}})
    quiesce(tx)
    (mark,) = tx.cluster.get("Node", "", "node-1").spec["taints"]
    assert (mark["key"], mark["effect"]) == ("node.kubernetes.io/unschedulable", "NoSchedule")
    assert sorted(p.node for p in pods(tx)) == ["node-1", "node-2", "node-3"]
    tx.patch(("Node", "", "node-1"), {"spec": {"unschedulable": None}})
    quiesce(tx)
    assert "taints" not in tx.cluster.get("Node", "", "node-1").spec


DRIVEN = [
    ("nobody tolerates it", "", 0),
    ("for a minute", "tolerations: [{key: gpu, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]", 60),
    ("the shortest counts", "tolerations: [{key: gpu, operator: Exists, effect: NoExecute, tolerationSeconds: 60}, {key: gpu, value: 'yes', effect: NoExecute, tolerationSeconds: 20}]", 20),
    ("for ever", "tolerations: [{key: gpu, operator: Exists, effect: NoExecute}]", None),
    ("another effect", "tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]", 0),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "seconds"), [d[1:] for d in DRIVEN], ids=[d[0] for d in DRIVEN])
def test_a_taint_that_drives_pods_out_waits_as_long_as_they_tolerate_it(spec, seconds):
    tx = begin("")
    pod = place(tx, spec)
    start = tx.now
    taint(tx, pod.node, "NoExecute")
    while (
        (found := tx.cluster.find(pod.key)) is not None
        and not found.terminating
        and tx.now < start + timedelta(minutes=3)
    ):
        settle(tx)
        found = tx.cluster.find(pod.key)
        tx.now += timedelta(0 if found.terminating else 1 / 86400)
    stayed = (tx.now - start).total_seconds()
    assert stayed == (180 if seconds is None else seconds)
    assert events(tx, "TaintManagerEviction") == ([] if seconds is None else ["Marking for deletion Pod default/p"])


DAEMONS = [
    ("a taint against new pods lets the old one be", "NoSchedule", ["node-1", "node-2", "node-3"], (2, 2, 1)),
    ("one that drives out does", "NoExecute", ["node-2", "node-3"], (2, 2, 0)),
]


@pytest.mark.parametrize(("effect", "nodes", "counted"), [d[1:] for d in DAEMONS], ids=[d[0] for d in DAEMONS])
def test_daemon_pods_on_a_tainted_node(effect, nodes, counted):
    tx = begin(workload("DaemonSet", "minReadySeconds: 0"))
    taint(tx, "node-1", effect)
    quiesce(tx)
    assert sorted(p.node for p in pods(tx)) == nodes
    status = tx.cluster.get("DaemonSet", "default", "x").status
    assert tuple(status[f] for f in ("desiredNumberScheduled", "numberReady", "numberMisscheduled")) == counted


def test_a_daemon_pod_is_made_for_its_node_and_brought_there_by_the_scheduler():
    tx = begin("")
    tx.patch(("Node", "", "node-1"), {"spec": {"unschedulable": True}})
    tx.create(yaml.safe_load(workload("DaemonSet", "minReadySeconds: 0")))
    quiesce(tx)
    found = {p.node: p for p in pods(tx)}
    assert sorted(found) == ["node-1", "node-2", "node-3"]
    terms = found["node-1"].spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert terms == {
        "nodeSelectorTerms": [{"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["node-1"]}]}]
    }
    assert found["node-1"].labels["pod-template-generation"] == "1"
    assert sorted(events(tx, "Scheduled"))[0].startswith("Successfully assigned default/x-")


def test_a_daemon_pod_for_which_its_node_has_no_room_waits_and_says_why():
    spec = workload("DaemonSet", "minReadySeconds: 0").replace(
        'image: "x:1"', "image: x, resources: {requests: {cpu: 6}}"
    )
    tx = begin(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec: {nodeName: node-1, containers: [{name: c, image: x, resources: {requests: {cpu: 4}}}]}\n---"
        + spec
    )
    (left,) = (p for p in pods(tx) if not p.node)
    message = next(c["message"] for c in left.status["conditions"] if c["type"] == "PodScheduled")
    assert message == (
        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, "
        "preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling."
    )
    assert tx.cluster.get("DaemonSet", "default", "x").status["currentNumberScheduled"] == 3


def test_the_pods_of_a_deleted_node_go_after_a_while():
    tx = begin(app("order", replicas=3))
    lost = next(p for p in pods(tx) if p.node == "node-1")
    tx.delete(("Node", "", "node-1"))
    settle(tx)
    tx.now += timedelta(seconds=39)
    settle(tx)
    assert tx.cluster.find(lost.key) is not None
    tx.now += timedelta(seconds=1)
    settle(tx)
    quiesce(tx)
    assert tx.cluster.find(lost.key) is None
    assert sorted({p.node for p in pods(tx)}) == ["node-2", "node-3"]


def test_a_node_that_comes_back_in_time_keeps_its_pods():
    tx = begin(app("order", replicas=3))
    node = tx.cluster.get("Node", "", "node-1").body
    before = {p.uid for p in pods(tx)}
    tx.delete(("Node", "", "node-1"))
    settle(tx)
    tx.create({**node, "metadata": {"name": "node-1", "labels": node["metadata"]["labels"]}})
    quiesce(tx)
    assert {p.uid for p in pods(tx)} == before
