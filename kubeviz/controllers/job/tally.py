"""How a Job's pods stand: what is counted in its status, and what is new.

A pod bears a finalizer until it is counted, so that none is counted twice and none is missed, whoever deletes it
(pkg/controller/job: trackJobStatusAndRemoveFinalizers).
"""

from datetime import datetime, timedelta
from functools import cached_property

from ...cluster.changes import Body
from ...cluster.clock import lapse, moment, stamp
from ...cluster.deletion import JOB_TRACKING
from ...cluster.identity import PRIVATE
from ...cluster.kinds import indexruns
from ...cluster.objects import Obj, Pod
from . import policies

INDEX = "batch.kubernetes.io/job-completion-index"
FAILURES = "batch.kubernetes.io/job-index-failure-count"
IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=10)
"""Between a failed pod and the next (DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff)."""


def index_of(pod: Obj) -> int:
    return int(pod.annotations.get(INDEX, "0"))


def is_tracked(pod: Pod) -> bool:
    return JOB_TRACKING in (pod.metadata.get("finalizers") or ())


def finished_at(pod: Pod) -> str:
    """When the last of its containers ended; of a pod that was deleted, when that was asked for."""
    ended = ((c.get("state") or {}).get("terminated") or {} for c in pod.status.get("containerStatuses") or ())
    latest = max((e.get("finishedAt") or "" for e in ended), default="")
    if latest or not pod.terminating:
        return latest or pod.created
    grace = lapse(pod.metadata.get("deletionGracePeriodSeconds") or 0)
    return stamp(moment(pod.metadata["deletionTimestamp"]) - grace)


class Tally:
    """*over* once the Job has failed: what has not ended by then counts as failed."""

    def __init__(self, job: Obj, pods: list[Pod], over: bool = False) -> None:
        self.job = job
        self.pods = pods
        self.over = over
        self.indexed = job.spec.get("completionMode") == "Indexed"
        self.per_index: int | None = job.spec.get("backoffLimitPerIndex")
        self.active = [p for p in pods if not p.finished and not p.terminating]
        self.terminating = [p for p in pods if p.terminating and not p.finished]
        self.new = [p for p in pods if is_tracked(p) and (self._has_ended(p) or self.has_failed(p))]

    def _has_ended(self, pod: Pod) -> bool:
        return pod.finished or self.over

    def has_failed(self, pod: Pod) -> bool:
        """A pod that is being deleted has, unless podReplacementPolicy waits for its end."""
        waits = self.job.spec.get("podReplacementPolicy") == "Failed"
        return pod.phase == "Failed" or (pod.terminating and pod.phase != "Succeeded" and not waits)

    @cached_property
    def done_indexes(self) -> list[int]:
        known = indexruns.numbers(self.job.status.get("completedIndexes") or "")
        return sorted({*known, *(index_of(p) for p in self.pods if p.phase == "Succeeded")}) if self.indexed else []

    @cached_property
    def succeeded(self) -> int:
        if self.indexed:
            return len(self.done_indexes)
        return int(self.job.status.get("succeeded") or 0) + sum(1 for p in self.new if p.phase == "Succeeded")

    @cached_property
    def failed(self) -> int:
        return int(self.job.status.get("failed") or 0) + len(self._counted_failures)

    @cached_property
    def _counted_failures(self) -> list[Pod]:
        ended = (p for p in self.new if p.phase != "Succeeded")
        return [p for p in ended if policies.action(self.job, p) != "Ignore"]

    @cached_property
    def failed_indexes(self) -> list[int]:
        """Those that have failed more often than backoffLimitPerIndex, or whose pod a rule FailIndex gave up."""
        if self.per_index is None:
            return []
        failed = (p for p in self.pods if self.has_failed(p))
        lost = {index_of(p) for p in failed if self._is_last_try(p)}
        known = indexruns.numbers(self.job.status.get("failedIndexes") or "")
        return sorted({*known, *lost} - set(self.done_indexes))

    def _is_last_try(self, pod: Pod) -> bool:
        found = policies.action(self.job, pod)
        failures = int(pod.annotations.get(FAILURES, "0"))
        return found == "FailIndex" or (found != "Ignore" and failures >= (self.per_index or 0))

    def last_failed(self, index: int) -> Pod | None:
        """The last pod of an index that failed."""
        failed = [p for p in self.pods if index_of(p) == index and self.has_failed(p)]
        return max(failed, key=lambda p: (p.created, p.name), default=None)

    @cached_property
    def restarts(self) -> int:
        """Of containers that are started anew in their pods (pastBackoffLimitOnFailure)."""
        kinds = ("initContainerStatuses", "containerStatuses")
        alive = (p for p in self.pods if p.phase in ("Running", "Pending"))
        return sum(c.get("restartCount", 0) for p in alive for kind in kinds for c in p.status.get(kind) or ())

    @cached_property
    def backoff(self) -> Body:
        """Failures in a row since the last success, and when the last of them was."""
        known = (self.job.body.get(PRIVATE) or {}).get("backoff") or {}
        failures, last = known.get("failures", 0), known.get("last", "")
        for when, failed in sorted((finished_at(p), p.phase != "Succeeded") for p in self.new):
            failures, last = (failures + 1, when) if failed else (0, "")
        return {"failures": failures, "last": last}

    def paused_until(self) -> datetime | None:
        """10 s after a pod failed, twice as long after each further one in a row."""
        if self.per_index is not None or not self.backoff["failures"]:
            return None
        return pause_after(self.backoff["last"], self.backoff["failures"])

    def index_paused_until(self, index: int) -> datetime | None:
        """With backoffLimitPerIndex each index has its own pauses."""
        last = self.last_failed(index) if self.per_index is not None else None
        return pause_after(finished_at(last), int(last.annotations.get(FAILURES, "0")) + 1) if last else None


def pause_after(last: str, failures: int) -> datetime:
    return moment(last) + min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
