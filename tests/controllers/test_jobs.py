"""Jobs: what they count, when they end, and what their policies decide."""

from datetime import timedelta

import pytest

from kubeviz.controllers import next_due, quiesce, settle, templates
from kubeviz.controllers.job import pods as job_pods
from kubeviz.terminal import Session
from kubeviz.terminal import run as kubectl
from tests.clusters import begin
from tests.controllers.test_workloads import events, pods, workload

JOB = ("Job", "default", "x")
CRASH, DONE, RUNS = "{state: crash}", "{state: completed}", "{listen: [8080]}"


def run(spec, app=DONE, restart="Never", minutes=0):
    """A Job at rest; or, if it goes on, after so many minutes."""
    tx = begin(workload("Job", spec.replace("; ", "\n  "), app, restart))
    end = tx.now + timedelta(minutes=minutes)
    while minutes and (due := next_due(tx.cluster)) is not None and due <= end:
        tx.now = max(tx.now, due)
        settle(tx)
    return tx


def ends(tx):
    """The conditions that hold, and the reason of the last."""
    held = [c for c in tx.cluster.find(JOB).status.get("conditions") or () if c["status"] == "True"]
    return ([c["type"] for c in held], held[-1]["reason"], held[-1]["message"]) if held else None


def counts(tx):
    status = tx.cluster.find(JOB).status
    return tuple(status.get(field, 0) for field in ("active", "succeeded", "failed"))


FAILED, COMPLETE = ["FailureTarget", "Failed"], ["SuccessCriteriaMet", "Complete"]
LIMIT = (FAILED, "BackoffLimitExceeded", "Job has reached the specified backoff limit")
INDEXED = "completionMode: Indexed; completions: 3; parallelism: 3"
RULE = "podFailurePolicy: {rules: [{action: ACTION, onExitCodes: {operator: In, values: [1]}}]}"
ENDINGS = [
    ("a failure more than the limit", ("backoffLimit: 1", CRASH), LIMIT, (0, 0, 2)),
    ("restarts in the pod count, too", ("backoffLimit: 2", CRASH, "OnFailure", 30), LIMIT, (0, 0, 1)),
    ("the policy gives the Job up", (RULE.replace("ACTION", "FailJob"), CRASH),
     (FAILED, "PodFailurePolicy", "Container c for pod default/POD failed with exit code 1 matching FailJob rule at index 0"), (0, 0, 1)),
    ("the policy lets a failure not count", (RULE.replace("ACTION", "Ignore") + "; backoffLimit: 0", CRASH, "Never", 1), None, (0, 0, 0)),
    ("each index has its own limit", (INDEXED + "; backoffLimitPerIndex: 1", CRASH), (FAILED, "FailedIndexes", "Job has failed indexes"), (0, 0, 6)),
    ("the policy gives an index up", (INDEXED + "; backoffLimitPerIndex: 5; " + RULE.replace("ACTION", "FailIndex"), CRASH),
     (FAILED, "FailedIndexes", "Job has failed indexes"), (0, 0, 3)),
    ("too many indexes failed", (INDEXED + "; backoffLimitPerIndex: 0; maxFailedIndexes: 1", CRASH),
     (FAILED, "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes"), (0, 0, 3)),
    ("enough indexes are done", ("completionMode: Indexed; completions: 3; parallelism: 1; successPolicy: {rules: [{succeededCount: 2}]}", DONE),
     (COMPLETE, "SuccessPolicy", "Matched rules at index 0"), (0, 2, 0)),
    ("a named index is done", ("completionMode: Indexed; completions: 3; parallelism: 1; successPolicy: {rules: [{succeededIndexes: '0'}]}", DONE),
     (COMPLETE, "SuccessPolicy", "Matched rules at index 0"), (0, 1, 0)),
    ("all are done", ("completions: 4; parallelism: 3", DONE), (COMPLETE, "CompletionsReached", "Reached expected number of succeeded pods"), (0, 4, 0)),
    ("a queue of workers", ("parallelism: 3", DONE), (COMPLETE, "CompletionsReached", "Reached expected number of succeeded pods"), (0, 3, 0)),
    ("nothing to do", ("completions: 0", DONE), (COMPLETE, "CompletionsReached", "Reached expected number of succeeded pods"), (0, 0, 0)),
    ("nobody to do it", ("parallelism: 0", DONE), None, (0, 0, 0)),
    ("they run", ("completions: 4; parallelism: 3", RUNS), None, (3, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "ended", "counted"), [e[1:] for e in ENDINGS], ids=[e[0] for e in ENDINGS])
def test_how_a_job_ends(given, ended, counted):
    tx = run(*given)
    found = ends(tx)
    names = [p.name for p in tx.cluster.of_kind("Pod", "default")]
    assert counts(tx) == counted
    assert found == (ended and (*ended[:2], ended[2].replace("POD", names[0] if names else "")))


def test_a_job_whose_pod_is_deleted_counts_a_failure_and_makes_another_after_a_pause():
    tx = run("completions: 1", RUNS)
    (pod,) = pods(tx)
    assert pod.metadata["finalizers"] == ["batch.kubernetes.io/job-tracking"]
    tx.delete(pod.key)
    settle(tx)
    assert counts(tx) == (0, 0, 1)
    quiesce(tx)
    (other,) = pods(tx)
    assert (other.uid != pod.uid, counts(tx)) == (True, (1, 0, 1))


def test_with_pod_replacement_policy_failed_the_next_pod_waits_until_the_first_is_gone():
    tx = run("podReplacementPolicy: Failed", RUNS)
    tx.delete(pods(tx)[0].key)
    settle(tx)
    assert counts(tx) == (0, 0, 0)
    assert tx.cluster.find(JOB).status["terminating"] == 1
    quiesce(tx)
    assert (len(pods(tx)), counts(tx)) == (1, (1, 0, 1))


@pytest.mark.parametrize("propagation", ["background", "foreground", "orphan"])
def test_nothing_holds_the_pods_of_a_job_that_is_deleted(propagation):
    tx = run("completions: 2; parallelism: 2", RUNS)
    tx.delete(JOB, propagation=propagation)
    quiesce(tx)
    left = tx.cluster.of_kind("Pod", "default")
    assert tx.cluster.find(JOB) is None
    assert [p.metadata.get("finalizers") for p in left] == ([None, None] if propagation == "orphan" else [])


def test_a_failed_index_is_counted_on_its_pods():
    tx = run(INDEXED + "; backoffLimitPerIndex: 1", CRASH)
    tries = sorted((p.name[:4], p.annotations["batch.kubernetes.io/job-index-failure-count"]) for p in pods(tx))
    assert tries == [(f"x-{i}-", n) for i in range(3) for n in "01"]
    assert tx.cluster.find(JOB).status["failedIndexes"] == "0-2"


def test_a_job_that_is_suspended_says_so_and_begins_anew_when_it_goes_on():
    tx = run("completions: 1", RUNS)
    tx.patch(JOB, {"spec": {"suspend": True}})
    quiesce(tx)
    assert (ends(tx)[0], pods(tx), events(tx, "Suspended")) == (["Suspended"], [], ["Job suspended"])
    tx.now += timedelta(minutes=1)
    tx.patch(JOB, {"spec": {"suspend": False}})
    settle(tx)
    started = tx.cluster.find(JOB).status["startTime"]
    (condition,) = tx.cluster.find(JOB).status["conditions"]
    assert (condition["status"], condition["reason"], started) == (
        "False",
        "JobResumed",
        condition["lastTransitionTime"],
    )


SLIPS = [("Job", "parallelism: 1000000", "Never"), ("StatefulSet", "replicas: 1000000\n  podManagementPolicy: Parallel", "Always"),
         ("ReplicaSet", "replicas: 1000000", "Always")]  # fmt: skip


@pytest.mark.parametrize(("kind", "spec", "restart"), SLIPS, ids=[s[0] for s in SLIPS])
def test_a_slip_in_the_number_of_pods_stops_no_server(monkeypatch, kind, spec, restart):
    monkeypatch.setattr(templates, "MOST_PODS", 20)
    monkeypatch.setattr(job_pods, "MOST_PODS", 20)
    tx = begin(workload(kind, spec, RUNS, restart))
    assert len(pods(tx)) == 20
    assert events(tx, "FailedCreate") == [
        "Error creating: kubeviz makes at most 20 pods of one workload, not 1,000,000"
    ]


DONE_INDEXES = [
    ("", "<none>"),
    ("0-2,5", "0-2,5"),
    (",".join(map(str, range(0, 60, 2))), ",".join(map(str, range(0, 38, 2))) + ",..."),
]


@pytest.mark.parametrize(("indexes", "told"), DONE_INDEXES, ids=["none", "some", "too many to tell"])
def test_describe_tells_which_indexes_are_done(indexes, told):
    tx = run("completionMode: Indexed; completions: 3; suspend: true")
    job = tx.cluster.find(JOB)
    tx.set_status(job, {**job.status, "completedIndexes": indexes})
    assert f"\nCompleted Indexes:  {told}\n" in kubectl("kubectl describe job x", Session(tx, settle)).out
