"""Job: pods that run to completion (pkg/controller/job).

A pod that fails is replaced, after ever longer pauses, until `backoffLimit` have failed or the deadline is past; an
Indexed Job has one pod for each number. A finished one may go by itself (pkg/controller/ttlafterfinished).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ...cluster.apiserver import Transaction
from ...cluster.changes import Body, Key
from ...cluster.clock import lapse, moment, stamp
from ...cluster.deletion import is_released, without_finalizer
from ...cluster.identity import PRIVATE
from ...cluster.kinds import indexruns
from ...cluster.objects import Obj, Pod
from ...cluster.state import Cluster
from ..watching import controller_of, itself
from . import pods
from .ending import REACHED, Ending, conditions, deadline, ending, is_complete, is_finished
from .tally import Tally, is_tracked

WATCHES = {"Job": itself, "Pod": controller_of("Job")}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterator[datetime]:
    """The end of a pause; and, for who has patience, a deadline or the moment when a finished Job goes."""
    for key in cluster.lookup("finite", True):
        job = cluster.find(key)
        moments = [_resumes(cluster, job), *((deadline(job), _expiry(job)) if patient else ())]
        yield from (due for due in moments if due is not None)


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    found = []
    for key in cluster.lookup("finite", True):
        job = cluster.find(key)
        moments = (_resumes(cluster, job), deadline(job), _expiry(job))
        if any(due is not None and due <= now for due in moments):
            found.append(key)
    return sorted(found)


def _expiry(job: Obj) -> datetime | None:
    seconds = job.spec.get("ttlSecondsAfterFinished")
    ends = [c for c in job.status.get("conditions") or () if c["type"] in ("Complete", "Failed")]
    if seconds is None or not ends or job.terminating:
        return None
    return moment(ends[0]["lastTransitionTime"]) + lapse(seconds)


def _resumes(cluster: Cluster, job: Obj) -> datetime | None:
    """When the next pod may follow those that failed; None where nothing waits."""
    if is_finished(job) or job.spec.get("suspend"):
        return None
    return pods.resumes(job, Tally(job, cluster.owned_by(job.key, "Pod")))


def reconcile(tx: Transaction, key: Key) -> None:
    job, mine = tx.cluster.find(key), tx.cluster.owned_by(key, "Pod")
    if job is None or job.terminating or is_finished(job):
        _release(tx, mine if job is None else [p for p in mine if p.terminating or p.finished])
        _expire(tx, job)
        return
    tally = Tally(job, mine)
    end = ending(tx.now, job, tally)
    if end is not None or job.spec.get("suspend"):
        pods.stop(tx, job, tally.active)
    else:
        pods.manage(tx, job, tally)
    _record(tx, tx.cluster.find(key), end)


def _expire(tx: Transaction, job: Obj | None) -> None:
    due = _expiry(job) if job is not None else None
    if due is not None and due <= tx.now:
        assert job is not None
        tx.delete(job.key)


def _record(tx: Transaction, job: Obj, end: Ending | None) -> None:
    """The counts and conditions of now; what is counted is let go."""
    mine = tx.cluster.owned_by(job.key, "Pod")
    tally = Tally(job, mine, over=end is not None and end.kind == "Failed")
    if end is None and not job.spec.get("suspend") and is_complete(job, tally):
        end = REACHED
    final = end is not None and not tally.terminating
    status = _status(tx, job, tally)
    if end is not None:
        status["conditions"] = conditions(status.get("conditions") or [], end, final, stamp(tx.now))
        if final and end.kind == "Complete":
            status["completionTime"] = stamp(tx.now)
    private = {**(job.body.get(PRIVATE) or {}), "backoff": tally.backoff}
    if job.status != status or job.body.get(PRIVATE) != private:
        tx.put({**job.body, "status": status, PRIVATE: private})
    _release(tx, tally.new)
    if end is not None and final:
        _tell(tx, job, end)


def _tell(tx: Transaction, job: Obj, end: Ending) -> None:
    if end.kind == "Complete":
        tx.event(job, "Completed", "Job completed", pods.SOURCE)
    else:
        tx.event(job, end.reason, end.message, pods.SOURCE, "Warning")


def _release(tx: Transaction, mine: list[Pod]) -> None:
    """A pod that is counted, or whose Job is gone, may go."""
    for pod in mine:
        if is_tracked(pod):
            freed = tx.put(without_finalizer(pod.body))
            if is_released(freed):
                tx.remove(freed.key)


def _status(tx: Transaction, job: Obj, tally: Tally) -> Body:
    counts: dict[str, Any] = {
        "active": len(tally.active),
        "succeeded": tally.succeeded,
        "failed": tally.failed,
        "completedIndexes": indexruns.written(tally.done_indexes),
        "startTime": _started(tx, job),
        "conditions": _suspension(tx, job),
    }
    status: Body = {k: v for k, v in counts.items() if v}
    if tally.per_index is not None:
        status["failedIndexes"] = indexruns.written(tally.failed_indexes)
    status |= {"ready": sum(1 for p in tally.active if p.ready), "uncountedTerminatedPods": {}}
    return {**status, "terminating": len(tally.terminating)}


def _started(tx: Transaction, job: Obj) -> str | None:
    """When it began; a Job that goes on after a pause begins anew."""
    if job.spec.get("suspend"):
        return job.status.get("startTime")
    resumed = job.condition("Suspended") == "True"
    return stamp(tx.now) if resumed else job.status.get("startTime") or stamp(tx.now)


def _suspension(tx: Transaction, job: Obj) -> list[Body]:
    known: list[Body] = job.status.get("conditions") or []
    suspended, said = bool(job.spec.get("suspend")), job.condition("Suspended")
    if said == ("True" if suspended else "False") or (not suspended and not said):
        return known
    word = "suspended" if suspended else "resumed"
    tx.event(job, word.capitalize(), f"Job {word}", pods.SOURCE)
    fresh = {"status": "True" if suspended else "False", "reason": f"Job{word.capitalize()}", "message": f"Job {word}"}
    times = {"lastProbeTime": stamp(tx.now), "lastTransitionTime": stamp(tx.now)}
    return [*(c for c in known if c["type"] != "Suspended"), {"type": "Suspended", **fresh, **times}]
