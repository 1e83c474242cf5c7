"""Job: pods that run to completion (pkg/controller/job).

A pod that fails is replaced, after ever longer pauses, until `backoffLimit` have failed or the deadline is past; an
Indexed Job has one pod for each number. A finished one may go by itself (pkg/controller/ttlafterfinished).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Key
from ..cluster.clock import lapse, moment, stamp
from ..cluster.objects import Obj, Pod
from ..cluster.state import Cluster
from .templates import create_pod
from .watching import controller_of, itself

WATCHES = {"Job": itself, "Pod": controller_of("Job")}
INDEX = "batch.kubernetes.io/job-completion-index"
SOURCE = "job-controller"
REACHED = {"reason": "CompletionsReached", "message": "Reached expected number of succeeded pods"}
GAVE_UP = {"reason": "BackoffLimitExceeded", "message": "Job has reached the specified backoff limit"}
TOO_LATE = {"reason": "DeadlineExceeded", "message": "Job was active longer than specified deadline"}
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)
"""Between a failed pod and the next (DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff)."""


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

    def paused_until(self) -> datetime | None:
        """10 s after a pod failed, twice as long after each further one since the last that succeeded."""
        succeeded = max((ended_at(p) for p in self.pods if p.phase == "Succeeded"), default="")
        failures = sorted(ended_at(p) for p in self.pods if p.phase == "Failed" and ended_at(p) > succeeded)
        if not failures:
            return None
        return moment(failures[-1]) + min(FIRST_PAUSE * 2 ** min(len(failures) - 1, 10), LONGEST_PAUSE)


def due_moments(cluster: Cluster, patient: bool = True) -> Iterator[datetime]:
    """The end of a pause; and, for who has patience, a deadline or the moment when a finished Job goes."""
    for key in cluster.lookup("finite", True):
        job = cluster.find(key)
        moments = [_resumes(cluster, job), *((_deadline(job), _expiry(job)) if patient else ())]
        yield from (due for due in moments if due is not None)


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    found = []
    for key in cluster.lookup("finite", True):
        job = cluster.find(key)
        moments = (_resumes(cluster, job), _deadline(job), _expiry(job))
        if any(due is not None and due <= now for due in moments):
            found.append(key)
    return sorted(found)


def _deadline(job: Obj) -> datetime | None:
    """Counted from when the Job last began."""
    seconds, started = job.spec.get("activeDeadlineSeconds"), job.status.get("startTime")
    if seconds is None or not started or finished(job) or job.spec.get("suspend"):
        return None
    return moment(started) + lapse(seconds)


def _expiry(job: Obj) -> datetime | None:
    seconds = job.spec.get("ttlSecondsAfterFinished")
    ends = [c for c in job.status.get("conditions") or () if c["type"] in ("Complete", "Failed")]
    if seconds is None or not ends or job.terminating:
        return None
    return moment(ends[0]["lastTransitionTime"]) + lapse(seconds)


def _resumes(cluster: Cluster, job: Obj) -> datetime | None:
    """When the next pod may follow those that failed; None where nothing waits."""
    if finished(job) or job.spec.get("suspend"):
        return None
    tally = Tally(job, cluster.owned_by(job.key, "Pod"))
    return tally.paused_until() if len(tally.active) < _wanted(job, tally) else None


def reconcile(tx: Transaction, key: Key) -> None:
    job = tx.cluster.find(key)
    if job is None or job.terminating:
        return
    if finished(job):
        expiry = _expiry(job)
        if expiry is not None and expiry <= tx.now:
            tx.delete(key)
        return
    due = _deadline(job)
    tally = Tally(job, tx.cluster.owned_by(key, "Pod"))
    if job.spec.get("suspend"):
        _stop(tx, job, tally.active)
    elif tally.failed > job.spec.get("backoffLimit", 6):
        _stop(tx, job, tally.active)
        _finish(tx, job, tally, "Failed", GAVE_UP)
        return
    elif due is not None and due <= tx.now and not _complete(job, tally):
        _stop(tx, job, tally.active)
        _finish(tx, job, tally, "Failed", TOO_LATE)
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


def ended_at(pod: Pod) -> str:
    """When the last of its containers ended; of a pod that never ran, when it was made."""
    ended = ((c.get("state") or {}).get("terminated") or {} for c in pod.status.get("containerStatuses") or ())
    return max((e.get("finishedAt") or "" for e in ended), default="") or pod.created


def index_of(pod: Obj) -> int:
    return int(pod.annotations.get(INDEX, "0"))


def _complete(job: Obj, tally: Tally) -> bool:
    """Without `completions` one success is enough, once the others are done too."""
    completions = job.spec.get("completions")
    if completions is None:
        return tally.succeeded > 0 and not tally.active
    return tally.succeeded >= completions


def _wanted(job: Obj, tally: Tally) -> int:
    """How many pods should run now."""
    parallelism, completions = job.spec.get("parallelism", 1), job.spec.get("completions")
    if completions is None:
        return len(tally.active) if tally.succeeded else int(parallelism)
    return int(min(parallelism, completions - tally.succeeded))


def _create_missing(tx: Transaction, job: Obj, tally: Tally) -> None:
    wanted, completions = _wanted(job, tally), job.spec.get("completions")
    for pod in tally.active[max(wanted, 0) :]:
        _delete(tx, job, pod)
    pause = tally.paused_until()
    if pause is not None and pause > tx.now:
        return
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
