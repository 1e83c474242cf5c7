"""What each kind of workload makes of its pods, in virtual time."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import yaml

from kubeviz.cluster.errors import Rejected
from kubeviz.controllers import next_due, quiesce, settle
from kubeviz.controllers.containers import delay
from tests.clusters import app, begin

ORDER = ("Deployment", "default", "order")
IMAGE = [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "order:2.0"}]


def pods(tx, prefix=""):
    return [p for p in tx.cluster.of_kind("Pod", "default") if p.name.startswith(prefix) and not p.terminating]


def events(tx, reason):
    return [e.body["message"] for e in tx.cluster.of_kind("Event", "default") if e.body["reason"] == reason]


def workload(kind, spec, annotation="{listen: [8080]}", restart="Always"):
    version = "batch/v1" if kind == "Job" else "apps/v1"
    template = f"""
      metadata: {{labels: {{app: x}}, annotations: {{kubeviz.dev/app: "{annotation}"}}}}
      spec: {{restartPolicy: {restart}, containers: [{{name: c, image: "x:1", ports: [{{containerPort: 8080}}]}}]}}"""
    selector = "" if kind == "Job" else "selector: {matchLabels: {app: x}}"
    return f"""
apiVersion: {version}
kind: {kind}
metadata: {{name: x}}
spec:
  {spec}
  {selector}
  template:{template}
"""


def test_a_job_runs_its_pods_side_by_side_until_enough_are_done():
    tx = begin(workload("Job", "completions: 3\n  parallelism: 2", "{state: completed}", "Never"))
    job = tx.cluster.get("Job", "default", "x")
    assert (job.status["succeeded"], job.condition("Complete"), job.condition("SuccessCriteriaMet")) == (
        3,
        "True",
        "True",
    )
    assert events(tx, "Completed") == ["Job completed"]
    assert {p.phase for p in pods(tx)} == {"Succeeded"}
    assert job.spec["selector"]["matchLabels"]["batch.kubernetes.io/controller-uid"] == job.uid
    assert all(p.labels["batch.kubernetes.io/job-name"] == "x" for p in pods(tx))


def test_a_job_gives_up_after_its_back_off_limit():
    tx = begin(workload("Job", "backoffLimit: 2", "{state: crash}", "Never"))
    job = tx.cluster.get("Job", "default", "x")
    assert (job.status["failed"], job.condition("Failed"), job.status.get("succeeded")) == (3, "True", None)
    assert events(tx, "BackoffLimitExceeded") == ["Job has reached the specified backoff limit"]


def test_an_indexed_job_has_one_pod_for_each_number():
    tx = begin(workload("Job", "completions: 3\n  completionMode: Indexed", "{state: completed}", "Never"))
    assert sorted(p.name.rsplit("-", 1)[0] for p in pods(tx)) == ["x-0", "x-1", "x-2"]
    assert sorted(p.spec["hostname"] for p in pods(tx)) == ["x-0", "x-1", "x-2"]
    assert tx.cluster.get("Job", "default", "x").status["completedIndexes"] == "0-2"


def test_a_suspended_job_has_no_pods_until_it_goes_on():
    tx = begin(workload("Job", "suspend: true", "{state: completed}", "Never"))
    assert (pods(tx), tx.cluster.get("Job", "default", "x").condition("Suspended")) == ([], "True")
    tx.patch(("Job", "default", "x"), {"spec": {"suspend": False}})
    quiesce(tx)
    assert tx.cluster.get("Job", "default", "x").condition("Complete") == "True"


def test_a_stateful_set_starts_in_order_and_rolls_in_reverse_down_to_its_partition():
    tx = begin(
        workload("StatefulSet", "replicas: 3\n  serviceName: x\n  updateStrategy: {rollingUpdate: {partition: 1}}")
    )
    made = [c.key[2] for c in tx.changes if c.op == "added" and c.key[0] == "Pod"]
    assert made[-3:] == ["x-0", "x-1", "x-2"]
    key, before = ("StatefulSet", "default", "x"), len(tx.changes)
    old = tx.cluster.find(key).status["currentRevision"]
    tx.patch(key, IMAGE, "json")
    quiesce(tx)
    gone = [c.key[2] for c in tx.changes[before:] if c.op == "deleted" and c.key[0] == "Pod"]
    assert gone == ["x-2", "x-1"]
    assert [p.spec["containers"][0]["image"] for p in pods(tx)] == ["x:1", "order:2.0", "order:2.0"]
    status = tx.cluster.find(key).status
    assert (status["currentRevision"], status["updatedReplicas"]) == (old, 2)
    tx.delete(("Pod", "default", "x-0"))
    quiesce(tx)
    assert pods(tx)[0].spec["containers"][0]["image"] == "x:1"
    tx.patch(key, {"spec": {"updateStrategy": {"rollingUpdate": {"partition": 0}}}})
    quiesce(tx)
    status = tx.cluster.find(key).status
    assert status["currentRevision"] == status["updateRevision"] != old
    assert len(tx.cluster.owned_by(key, "ControllerRevision")) == 2


def test_a_parallel_stateful_set_starts_at_once():
    tx = begin(
        workload("StatefulSet", "replicas: 3\n  podManagementPolicy: Parallel", "{listen: [8080], ready: {after: 9s}}")
    )
    assert len({p.created for p in pods(tx)}) == 1


def test_a_stateful_set_scales_down_only_past_pods_that_serve():
    """Of those that do not serve the lowest ordinal goes first, and the others wait for it."""
    tx = begin(workload("StatefulSet", "replicas: 4\n  podManagementPolicy: OrderedReady"))
    for number in (1, 3):
        annotations = {"kubeviz.dev/app": "ready: false"}
        tx.patch(("Pod", "default", f"x-{number}"), {"metadata": {"annotations": annotations}})
    quiesce(tx)
    tx.scale(("StatefulSet", "default", "x"), 1)
    quiesce(tx)
    assert [p.name for p in pods(tx)] == ["x-0", "x-1", "x-2", "x-3"]
    tx.patch(("Pod", "default", "x-1"), {"metadata": {"annotations": {"kubeviz.dev/app": "ready: true"}}})
    quiesce(tx)
    assert [p.name for p in pods(tx)] == ["x-0"]


def test_a_stateful_pod_that_never_gets_ready_holds_up_every_update():
    """The known trap of OrderedReady: the repaired template does not reach the broken pod."""
    tx = begin(workload("StatefulSet", "replicas: 2"))
    key, broken = ("StatefulSet", "default", "x"), {"kubeviz.dev/app": "{listen: [8080], ready: false}"}
    tx.patch(key, {"spec": {"template": {"metadata": {"annotations": broken}}}})
    quiesce(tx)
    tx.patch(key, {"spec": {"template": {"metadata": {"annotations": {"kubeviz.dev/app": "{listen: [8080]}"}}}}})
    quiesce(tx)
    assert [(p.name, p.ready) for p in pods(tx)] == [("x-0", True), ("x-1", False)]
    tx.delete(("Pod", "default", "x-1"))
    quiesce(tx)
    assert all(p.ready for p in pods(tx))


ROLLED = [("one by one", "partition: 0", [1, 1, 1, 1]), ("two at once", "maxUnavailable: 2", [2, 2]), ("half at once", "maxUnavailable: 50%", [2, 2]),
          ("a small part is one", "maxUnavailable: 10%", [1, 1, 1, 1])]  # fmt: skip


@pytest.mark.parametrize(("rolling", "steps"), [r[1:] for r in ROLLED], ids=[r[0] for r in ROLLED])
def test_a_stateful_set_replaces_as_many_at_once_as_may_be_unavailable(rolling, steps):
    spec = f"replicas: 4\n  podManagementPolicy: Parallel\n  updateStrategy: {{rollingUpdate: {{{rolling}}}}}"
    tx = begin(workload("StatefulSet", spec))
    tx.patch(("StatefulSet", "default", "x"), IMAGE, "json")
    gone = []
    while (due := settle(tx)) is not None:
        leaving = sum(p.terminating for p in tx.cluster.of_kind("Pod", "default"))
        gone += [leaving] if leaving else []
        tx.now = max(tx.now, due)
    assert gone == steps


def test_a_stateful_set_that_updates_on_delete_keeps_its_current_revision():
    tx = begin(workload("StatefulSet", "replicas: 1\n  updateStrategy: {type: OnDelete}"))
    key = ("StatefulSet", "default", "x")
    before = tx.cluster.find(key).status["currentRevision"]
    tx.patch(key, IMAGE, "json")
    tx.delete(("Pod", "default", "x-0"))
    quiesce(tx)
    status = tx.cluster.find(key).status
    assert (status["currentRevision"], status["updatedReplicas"]) == (before, 1)
    assert pods(tx)[0].spec["containers"][0]["image"] == "order:2.0"


@pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet", "ReplicaSet"])
def test_orphaned_pods_are_adopted_by_a_workload_made_again(kind):
    tx = begin(workload(kind, "minReadySeconds: 0"))
    key, before = (kind, "default", "x"), {p.uid for p in pods(tx)}
    spec = tx.cluster.find(key).spec
    tx.delete(key, propagation="orphan")
    settle(tx)
    tx.create({"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "x"}, "spec": spec})
    quiesce(tx)
    assert {p.uid for p in pods(tx)} == before
    assert {p.controller for p in pods(tx)} == {key}


def test_a_daemon_set_has_a_pod_on_each_node_and_replaces_one_after_the_other():
    tx = begin(workload("DaemonSet", "minReadySeconds: 0"))
    assert sorted(p.node for p in pods(tx)) == ["node-1", "node-2", "node-3"]
    tx.patch(("DaemonSet", "default", "x"), IMAGE, "json")
    fewest = 3
    while (due := settle(tx)) is not None:
        fewest = min(fewest, sum(p.ready for p in pods(tx)))
        tx.now = due
    assert (fewest, {p.spec["containers"][0]["image"] for p in pods(tx)}) == (2, {"order:2.0"})


def test_a_replication_controller_keeps_its_number():
    tx = begin("""
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: x}
        spec: {replicas: 2, selector: {app: x}, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: x}]}}}
        """)
    tx.delete(pods(tx)[0].key)
    quiesce(tx)
    assert len(pods(tx)) == tx.cluster.get("ReplicationController", "default", "x").status["readyReplicas"] == 2


def test_a_paused_deployment_waits_with_its_rollout_but_scales():
    tx = begin(app("order"))
    tx.patch(ORDER, {"spec": {"paused": True}})
    tx.patch(ORDER, IMAGE, "json")
    tx.scale(ORDER, 3)
    quiesce(tx)
    assert {p.spec["containers"][0]["image"] for p in pods(tx)} == {"order:1.0"}
    assert (len(pods(tx)), tx.cluster.find(ORDER).condition("Progressing")) == (3, "Unknown")
    tx.patch(ORDER, {"spec": {"paused": None}})
    quiesce(tx)
    assert {p.spec["containers"][0]["image"] for p in pods(tx)} == {"order:2.0"}


def test_orphaned_pods_are_adopted_by_a_deployment_made_again():
    tx = begin(app("order", replicas=2))
    body, before = tx.cluster.find(ORDER).body, {p.uid for p in pods(tx)}
    tx.delete(ORDER, propagation="orphan")
    tx.create({**body, "metadata": {"name": "order"}})
    quiesce(tx)
    assert {p.uid for p in pods(tx)} == before
    assert tx.cluster.of_kind("ReplicaSet", "default")[0].controller == ORDER


def test_a_rollout_that_does_not_move_is_given_up_after_its_deadline():
    tx = begin(app("order"))
    tx.patch(
        ORDER,
        {
            "spec": {
                "progressDeadlineSeconds": 60,
                "template": {"metadata": {"annotations": {"kubeviz.dev/app": "ready: false"}}},
            }
        },
    )
    start = tx.now
    quiesce(tx)
    assert tx.now - start < timedelta(seconds=60)
    while (due := next_due(tx.cluster)) is not None:
        tx.now = max(tx.now, due)
        settle(tx)
    (condition,) = (c for c in tx.cluster.find(ORDER).status["conditions"] if c["type"] == "Progressing")
    assert (condition["status"], condition["reason"]) == ("False", "ProgressDeadlineExceeded")


def test_undo_brings_the_old_set_back_as_the_newest_revision():
    tx = begin(app("order"))
    (first,) = tx.cluster.of_kind("ReplicaSet", "default")
    for value in ("order:2.0", "order:1.0"):
        tx.patch(ORDER, [{**IMAGE[0], "value": value}], "json")
        quiesce(tx)
    sets = {
        rs.name: rs.annotations["deployment.kubernetes.io/revision"]
        for rs in tx.cluster.of_kind("ReplicaSet", "default")
    }
    assert (len(sets), sets[first.name], tx.cluster.find(ORDER).annotations["deployment.kubernetes.io/revision"]) == (
        2,
        "3",
        "3",
    )


def test_old_revisions_are_kept_as_long_as_the_limit_says():
    tx = begin(app("order"))
    tx.patch(ORDER, {"spec": {"revisionHistoryLimit": 1}})
    for number in range(2, 6):
        tx.patch(ORDER, [{**IMAGE[0], "value": f"order:{number}.0"}], "json")
        quiesce(tx)
    assert len(tx.cluster.of_kind("ReplicaSet", "default")) == 2


def test_recreate_lets_the_old_pods_go_first():
    tx = begin(app("order", replicas=2))
    tx.patch(ORDER, {"spec": {"strategy": {"type": "Recreate", "rollingUpdate": None}}})
    quiesce(tx)
    tx.patch(ORDER, IMAGE, "json")
    settle(tx)
    assert [rs.status["terminatingReplicas"] for rs in tx.cluster.of_kind("ReplicaSet", "default")] == [2]
    while (due := settle(tx)) is not None:
        assert len({p.spec["containers"][0]["image"] for p in tx.cluster.of_kind("Pod", "default")}) <= 1
        tx.now = due
    assert [p.spec["containers"][0]["image"] for p in pods(tx)] == ["order:2.0"] * 2
    assert tx.cluster.find(ORDER).status["terminatingReplicas"] == 0


def test_a_container_that_crashes_is_restarted_after_ever_longer_pauses():
    tx = begin(app("order", more=", state: crash"))
    (pod,) = pods(tx)
    restarts, pauses = [pod.status["containerStatuses"][0]["restartCount"]], []
    for _ in range(5):
        due = next_due(tx.cluster)
        pauses.append((due - tx.now).total_seconds())
        tx.now = due
        settle(tx)
        restarts.append(tx.cluster.find(pod.key).status["containerStatuses"][0]["restartCount"])
    assert (restarts, pauses) == ([1, 2, 3, 4, 5, 6], [10, 20, 40, 80, 160])
    (event,) = (e.body for e in tx.cluster.of_kind("Event", "default") if e.body["reason"] == "BackOff")
    assert event["count"] == 6
    assert delay(20) == timedelta(minutes=5)
    state = tx.cluster.find(pod.key).status["containerStatuses"][0]["state"]
    assert state["waiting"]["reason"] == "CrashLoopBackOff"


ENDS = [
    ("crash", "Never", "Failed", "Error"),
    ("completed", "Never", "Succeeded", "Completed"),
    ("completed", "OnFailure", "Succeeded", "Completed"),
]


@pytest.mark.parametrize(("state", "policy", "phase", "reason"), ENDS, ids=[f"{e[0]} {e[1]}" for e in ENDS])
def test_a_pod_that_is_not_restarted_ends(state, policy, phase, reason):
    tx = begin("")
    annotation = {"kubeviz.dev/app": f"state: {state}"}
    spec = yaml.safe_load(f"{{restartPolicy: {policy}, containers: [{{name: c, image: x}}]}}")
    key = tx.create(
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "annotations": annotation}, "spec": spec}
    ).key
    quiesce(tx)
    pod = tx.cluster.find(key)
    assert (pod.phase, pod.status["containerStatuses"][0]["state"]["terminated"]["reason"]) == (phase, reason)
    assert next_due(tx.cluster) is None


def test_init_containers_are_done_and_sidecars_run():
    tx = begin("")
    spec = yaml.safe_load(
        "{initContainers: [{name: i, image: x}, {name: s, image: x, restartPolicy: Always}], containers: [{name: c, image: x}]}"
    )
    key = tx.create({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}).key
    quiesce(tx)
    states = [next(iter(s["state"])) for s in tx.cluster.find(key).status["initContainerStatuses"]]
    assert (states, tx.cluster.find(key).ready) == (["terminated", "running"], True)


def test_the_life_of_a_pod_is_told_in_events():
    tx = begin(app("order"))
    (pod,) = pods(tx)
    tx.delete(pod.key)
    quiesce(tx)
    told = [e.body["reason"] for e in sorted(tx.cluster.of_kind("Event", "default"), key=lambda e: int(e.metadata["resourceVersion"]))
            if e.body["involvedObject"]["name"] == pod.name]  # fmt: skip
    assert told == ["Scheduled", "Killing"]


def test_a_service_that_becomes_an_external_name_keeps_the_endpoints_it_had():
    tx = begin(
        app("order")
        + "apiVersion: v1\nkind: Service\nmetadata: {name: order}\nspec: {selector: {app: order}, ports: [{port: 80}]}\n"
    )
    before = tx.cluster.get("Endpoints", "default", "order").body["subsets"]
    tx.patch(("Service", "default", "order"), {"spec": {"type": "ExternalName", "externalName": "a.example.com"}})
    tx.scale(ORDER, 3)
    quiesce(tx)
    assert tx.cluster.get("Endpoints", "default", "order").body["subsets"] == before
    tx.patch(("Service", "default", "order"), {"spec": {"type": "ClusterIP", "externalName": None}})
    quiesce(tx)
    assert len(tx.cluster.get("Endpoints", "default", "order").body["subsets"][0]["addresses"]) == 3


def test_an_external_name_with_a_selector_never_gets_endpoints():
    tx = begin(
        app("order")
        + "apiVersion: v1\nkind: Service\nmetadata: {name: e}\nspec: {type: ExternalName, externalName: a.com, selector: {app: order}}\n"
    )
    assert tx.cluster.get("Endpoints", "default", "e") is None
    assert tx.cluster.of_service(("Service", "default", "e")) == []


def test_a_pod_is_available_once_it_has_been_ready_long_enough():
    tx = begin()
    loading_time = tx.now
    tx.create(next(yaml.safe_load_all(app("order").replace("replicas: 1", "replicas: 2\n  minReadySeconds: 30"))))
    while (due := settle(tx)) is not None and due < loading_time + timedelta(seconds=20):
        tx.now = due
    status = tx.cluster.find(ORDER).status
    assert (status["readyReplicas"], status.get("availableReplicas"), status["unavailableReplicas"]) == (2, None, 2)
    quiesce(tx)
    assert tx.cluster.find(ORDER).status["availableReplicas"] == 2
    assert tx.now - loading_time >= timedelta(seconds=30)


@pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet"])
def test_other_workloads_too_wait_until_a_pod_is_available(kind):
    tx = begin(workload(kind, "minReadySeconds: 60" + ("\n  replicas: 3" if kind == "StatefulSet" else "")))
    start = tx.now
    tx.patch((kind, "default", "x"), IMAGE, "json")
    quiesce(tx)
    assert {p.spec["containers"][0]["image"] for p in pods(tx)} == {"order:2.0"}
    assert tx.now - start >= timedelta(minutes=3)


def test_a_daemon_set_that_surges_lets_the_old_pod_go_when_the_new_one_serves():
    tx = begin(workload("DaemonSet", "updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"))
    tx.patch(("DaemonSet", "default", "x"), IMAGE, "json")
    fewest, most = 3, 3
    while (due := settle(tx)) is not None:
        fewest, most = min(fewest, sum(p.ready for p in pods(tx))), max(most, len(pods(tx)))
        tx.now = due
    assert (fewest, most, {p.spec["containers"][0]["image"] for p in pods(tx)}) == (3, 4, {"order:2.0"})


def test_a_deployment_scaled_in_the_middle_of_a_rollout_spreads_the_change_over_its_sets():
    """The example of the documentation: 10 replicas, a rollout that cannot go on, then 15."""
    rolling = "strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}"
    tx = begin(app("order", replicas=10).replace("selector:", rolling + "\n  selector:", 1))
    annotation = {"kubeviz.dev/app": "{listen: [8080], ready: false}"}
    tx.patch(ORDER, {"spec": {"template": {"metadata": {"annotations": annotation}}}})
    quiesce(tx)
    assert sorted(rs.spec["replicas"] for rs in tx.cluster.of_kind("ReplicaSet", "default")) == [5, 8]
    tx.scale(ORDER, 15)
    quiesce(tx)
    assert sorted(rs.spec["replicas"] for rs in tx.cluster.of_kind("ReplicaSet", "default")) == [7, 11]


def test_a_job_waits_longer_and_longer_before_it_tries_again():
    tx = begin(workload("Job", "backoffLimit: 3", "{state: crash}", "Never"))
    made = sorted(datetime.fromisoformat(p.created) for p in pods(tx))
    pauses = [int((b - a).total_seconds()) for a, b in pairwise(made)]
    assert [round(p, -1) for p in pauses] == [10, 20, 40]


def test_a_job_that_takes_too_long_is_stopped():
    tx = begin(workload("Job", "activeDeadlineSeconds: 60", restart="Never"))
    tx.now += timedelta(seconds=61)
    settle(tx)
    (decided,) = tx.cluster.get("Job", "default", "x").status["conditions"]
    assert (decided["type"], decided["reason"]) == ("FailureTarget", "DeadlineExceeded")
    quiesce(tx)
    job = tx.cluster.get("Job", "default", "x")
    assert (job.condition("Failed"), job.status["failed"], pods(tx)) == ("True", 1, [])
    assert events(tx, "DeadlineExceeded") == ["Job was active longer than specified deadline"]


def test_a_finished_job_goes_by_itself_with_its_pods():
    tx = begin(workload("Job", "ttlSecondsAfterFinished: 100", "{state: completed}", "Never"))
    assert tx.cluster.get("Job", "default", "x").condition("Complete") == "True"
    tx.now += timedelta(seconds=101)
    settle(tx)
    assert (tx.cluster.get("Job", "default", "x"), pods(tx)) == (None, [])


def test_what_is_being_deleted_is_not_held_by_anything_new():
    tx = begin("{apiVersion: v1, kind: ConfigMap, metadata: {name: x, finalizers: [a.example/b]}}")
    key = ("ConfigMap", "default", "x")
    tx.delete(key)
    with pytest.raises(Rejected, match=r'found new finalizers \[\]string{"c.example/d"}'):
        tx.patch(key, {"metadata": {"finalizers": ["a.example/b", "c.example/d"]}})
