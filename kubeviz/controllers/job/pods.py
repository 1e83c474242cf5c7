"""How many pods a Job runs now, and making and stopping them (manageJob)."""

from datetime import datetime

from ...cluster.apiserver import Transaction
from ...cluster.changes import Body
from ...cluster.deletion import JOB_TRACKING
from ...cluster.objects import Obj, Pod
from ..replicaset import deletion_rank
from ..templates import MOST_PODS, create_pod, most_of
from . import policies
from .tally import FAILURES, IGNORED, INDEX, Tally, index_of

SOURCE = "job-controller"


def wanted(job: Obj, tally: Tally) -> int:
    parallelism, completions = min(job.spec.get("parallelism", 1), MOST_PODS), job.spec.get("completions")
    if completions is None:
        return len(tally.active) if tally.succeeded else int(parallelism)
    return int(max(0, min(parallelism, completions - tally.succeeded - len(tally.failed_indexes))))


def _missing(job: Obj, tally: Tally) -> int:
    """With podReplacementPolicy Failed those that are ending still take their place."""
    ending = len(tally.terminating) if job.spec.get("podReplacementPolicy") == "Failed" else 0
    return wanted(job, tally) - len(tally.active) - ending


def resumes(job: Obj, tally: Tally) -> datetime | None:
    """When the next pod may follow those that failed; None where nothing waits."""
    if _missing(job, tally) <= 0:
        return None
    if tally.per_index is None:
        return tally.paused_until()
    pauses = [p for i in _free_indexes(job, tally) if (p := tally.index_paused_until(i)) is not None]
    return min(pauses, default=None)


def manage(tx: Transaction, job: Obj, tally: Tally) -> None:
    most_of(tx, job, job.spec.get("parallelism", 1))
    surplus = len(tally.active) - wanted(job, tally)
    ranked = sorted(tally.active, key=lambda p: deletion_rank(tx.cluster, p, tally.active))
    stop(tx, job, ranked[: max(0, surplus)])
    pause = tally.paused_until()
    if pause is not None and pause > tx.now:
        return
    missing = _missing(job, tally)
    indexes: list[int | None] = [*_ripe_indexes(tx, job, tally)] if tally.indexed else [None] * max(0, missing)
    for index in indexes[: max(0, missing)]:
        _create(tx, job, tally, index)


def _free_indexes(job: Obj, tally: Tally) -> list[int]:
    """The lowest ones that are neither done nor lost nor taken."""
    taken = {*map(index_of, tally.active), *tally.done_indexes, *tally.failed_indexes}
    if job.spec.get("podReplacementPolicy") == "Failed":
        taken |= set(map(index_of, tally.terminating))
    return [i for i in range(job.spec.get("completions") or 0) if i not in taken]


def _ripe_indexes(tx: Transaction, job: Obj, tally: Tally) -> list[int]:
    pauses = ((i, tally.index_paused_until(i)) for i in _free_indexes(job, tally))
    return [i for i, pause in pauses if pause is None or pause <= tx.now]


def _create(tx: Transaction, job: Obj, tally: Tally, index: int | None) -> None:
    generated = f"{job.name}-" if index is None else f"{job.name}-{index}-"
    told = {} if index is None else {INDEX: str(index)}
    spec = {} if index is None else _indexed(job, index)
    notes = {**told, **(_tries(job, tally, index) if index is not None and tally.per_index is not None else {})}
    name = create_pod(tx, job, labels=told, spec=spec, annotations=notes, generated=generated, finalizer=JOB_TRACKING)
    tx.event(job, "SuccessfulCreate", f"Created pod: {name}", SOURCE)


def _tries(job: Obj, tally: Tally, index: int) -> Body:
    """How often the index has failed before."""
    last = tally.last_failed(index)
    if last is None:
        return {FAILURES: "0"}
    failures, ignored = (int(last.annotations.get(note, "0")) for note in (FAILURES, IGNORED))
    if policies.action(job, last) == "Ignore":
        return {FAILURES: str(failures), IGNORED: str(ignored + 1)}
    return {FAILURES: str(failures + 1), **({IGNORED: str(ignored)} if ignored else {})}


def _indexed(job: Obj, index: int) -> Body:
    """Each pod of an Indexed Job is told its number, by host name and variable."""
    source = {"fieldRef": {"apiVersion": "v1", "fieldPath": f"metadata.labels['{INDEX}']"}}
    variable = {"name": "JOB_COMPLETION_INDEX", "valueFrom": source}
    containers = [{**c, "env": [*(c.get("env") or ()), variable]} for c in job.spec["template"]["spec"]["containers"]]
    return {"hostname": f"{job.name}-{index}", "containers": containers}


def stop(tx: Transaction, job: Obj, pods: list[Pod]) -> None:
    for pod in pods:
        tx.delete(pod.key)
        tx.event(job, "SuccessfulDelete", f"Deleted pod: {pod.name}", SOURCE)
