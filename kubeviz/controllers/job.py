"""Job: pods that run to completion (pkg/controller/job).

A pod that fails is replaced until `backoffLimit` have failed; an Indexed Job has one pod for each number.
"""

from typing import Any

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import stamp
from ..cluster.objects import Obj, Pod
from .templates import create_pod
from .watching import controller_of, itself

WATCHES = {"Job": itself, "Pod": controller_of("Job")}
INDEX = "batch.kubernetes.io/job-completion-index"
SOURCE = "job-controller"
REACHED = {"reason": "CompletionsReached", "message": "Reached expected number of succeeded pods"}
GAVE_UP = {"reason": "BackoffLimitExceeded", "message": "Job has reached the specified backoff limit"}


class Tally:
    """How a Job's pods stand."""

    def __init__(self, job: Obj, pods: list[Pod]) -> None:
        self.pods = pods
        self.active = [p for p in pods if not p.finished and not p.terminating]
        self.failed = sum(1 for p in pods if p.phase == "Failed")
        self.indexed = job.spec.get("completionMode") == "Indexed"
        done = [p for p in pods if p.phase == "Succeeded"]
        self.done_indexes = sorted({index_of(p) for p in done}) if self.indexed else []
        self.succeeded = len(self.done_indexes) if self.indexed else len(done)


def reconcile(tx: Transaction, key: Key) -> None:
    job = tx.cluster.find(key)
    if job is None or job.terminating or finished(job):
        return
    tally = Tally(job, tx.cluster.owned_by(key, "Pod"))
    if job.spec.get("suspend"):
        _stop(tx, job, tally.active)
    elif tally.failed > job.spec.get("backoffLimit", 6):
        _stop(tx, job, tally.active)
        _finish(tx, job, tally, "Failed", GAVE_UP)
        return
    elif _complete(job, tally):
        _finish(tx, job, tally, "Complete", REACHED)
        return
    else:
        _create_missing(tx, job, tally)
    job = tx.cluster.find(key)
    tx.set_status(job, _status(tx, job, Tally(job, tx.cluster.owned_by(key, "Pod"))))


def finished(job: Obj) -> bool:
    return "True" in (job.condition("Complete"), job.condition("Failed"))


def index_of(pod: Obj) -> int:
    return int(pod.annotations.get(INDEX, "0"))


def _complete(job: Obj, tally: Tally) -> bool:
    """Without `completions` one success is enough, once the others are done too."""
    completions = job.spec.get("completions")
    if completions is None:
        return tally.succeeded > 0 and not tally.active
    return tally.succeeded >= completions


def _create_missing(tx: Transaction, job: Obj, tally: Tally) -> None:
    parallelism, completions = job.spec.get("parallelism", 1), job.spec.get("completions")
    if completions is None:
        wanted = len(tally.active) if tally.succeeded else parallelism
    else:
        wanted = min(parallelism, completions - tally.succeeded)
    for pod in tally.active[max(wanted, 0) :]:
        _delete(tx, job, pod)
    running = {index_of(p) for p in tally.active} if tally.indexed else set()
    free = (i for i in range(completions or 0) if i not in running and i not in tally.done_indexes)
    for _ in range(wanted - len(tally.active)):
        _create(tx, job, next(free, None) if tally.indexed else None)


def _create(tx: Transaction, job: Obj, index: int | None) -> None:
    suffix = tx.suffix(job.key)
    if index is None:
        name = f"{job.name[:58]}-{suffix}"
        create_pod(tx, job, name)
    else:
        name = f"{job.name[:50]}-{index}-{suffix}"
        create_pod(tx, job, name, {INDEX: str(index)}, _indexed(job, index), {INDEX: str(index)})
    tx.event(job, "SuccessfulCreate", f"Created pod: {name}", SOURCE)


def _indexed(job: Obj, index: int) -> Body:
    """Each pod of an Indexed Job is told its number, by host name and variable."""
    source = {"fieldRef": {"apiVersion": "v1", "fieldPath": f"metadata.labels['{INDEX}']"}}
    variable = {"name": "JOB_COMPLETION_INDEX", "valueFrom": source}
    containers = [{**c, "env": [*(c.get("env") or ()), variable]} for c in job.spec["template"]["spec"]["containers"]]
    return {"hostname": f"{job.name}-{index}", "containers": containers}


def _stop(tx: Transaction, job: Obj, pods: list[Pod]) -> None:
    for pod in pods:
        _delete(tx, job, pod)


def _delete(tx: Transaction, job: Obj, pod: Pod) -> None:
    tx.delete(pod.key)
    tx.event(job, "SuccessfulDelete", f"Deleted pod: {pod.name}", SOURCE)


def _finish(tx: Transaction, job: Obj, tally: Tally, kind: str, why: Body) -> None:
    now = stamp(tx.now)
    first = "SuccessCriteriaMet" if kind == "Complete" else "FailureTarget"
    ends = [
        {"type": name, "status": "True", "lastProbeTime": now, "lastTransitionTime": now, **why}
        for name in (first, kind)
    ]
    status = {**_status(tx, job, Tally(job, [p for p in tally.pods if p.finished])), "conditions": ends}
    if kind == "Complete":
        status["completionTime"] = now
        tx.event(job, "Completed", "Job completed", SOURCE)
    else:
        tx.event(job, why["reason"], why["message"], SOURCE, "Warning")
    tx.set_status(tx.cluster.find(job.key), status)


def _status(tx: Transaction, job: Obj, tally: Tally) -> Body:
    counts: dict[str, Any] = {
        "active": len(tally.active),
        "succeeded": tally.succeeded,
        "failed": tally.failed,
        "completedIndexes": _ranges(tally.done_indexes),
    }
    status: Body = {k: v for k, v in counts.items() if v}
    status |= {"ready": sum(1 for p in tally.active if p.ready), "uncountedTerminatedPods": {}}
    status["terminating"] = sum(1 for p in tally.pods if p.terminating and not p.finished)
    started = job.status.get("startTime")
    if started or not job.spec.get("suspend"):
        status["startTime"] = started or stamp(tx.now)
    if job.spec.get("suspend"):
        status["conditions"] = [_suspended(tx, job)]
    return status


def _suspended(tx: Transaction, job: Obj) -> Body:
    known: list[Body] = [c for c in job.status.get("conditions") or () if c["type"] == "Suspended"]
    now = stamp(tx.now)
    fresh: Body = {"type": "Suspended", "status": "True", "reason": "JobSuspended", "message": "Job suspended"}
    return known[0] if known else {**fresh, "lastProbeTime": now, "lastTransitionTime": now}


def _ranges(numbers: list[int]) -> str:
    """0-2,5: runs of numbers as the API writes them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
