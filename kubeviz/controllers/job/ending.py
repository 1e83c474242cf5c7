"""Whether a Job has come to its end, and why: first what decided it is noted; once no pod runs any more, the end."""

from datetime import datetime
from typing import NamedTuple

from ...cluster.changes import Body
from ...cluster.clock import lapse, moment
from ...cluster.objects import Obj
from . import policies
from .tally import Tally


class Ending(NamedTuple):
    """`decided` is the condition that comes at once, `kind` the one that ends the Job."""

    decided: str
    kind: str
    reason: str
    message: str


def failure(reason: str, message: str) -> Ending:
    return Ending("FailureTarget", "Failed", reason, message)


GAVE_UP = failure("BackoffLimitExceeded", "Job has reached the specified backoff limit")
TOO_LATE = failure("DeadlineExceeded", "Job was active longer than specified deadline")
TOO_MANY = failure("MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes")
INDEXES_LOST = failure("FailedIndexes", "Job has failed indexes")
REACHED = Ending("SuccessCriteriaMet", "Complete", "CompletionsReached", "Reached expected number of succeeded pods")


def is_finished(job: Obj) -> bool:
    return "True" in (job.condition("Complete"), job.condition("Failed"))


def deadline(job: Obj) -> datetime | None:
    """Counted from when the Job last began."""
    seconds, started = job.spec.get("activeDeadlineSeconds"), job.status.get("startTime")
    if seconds is None or not started or job.spec.get("suspend") or _decided(job) or is_finished(job):
        return None
    return moment(started) + lapse(seconds)


def ending(now: datetime, job: Obj, tally: Tally) -> Ending | None:
    """What ends the Job, in the order of syncJob: the policy, the limits, the deadline, the indexes."""
    decided = _decided(job)
    if decided is not None:
        return decided
    fatal = policies.fatal(job, (p for p in tally.pods if tally.has_failed(p)))
    if fatal:
        return failure("PodFailurePolicy", fatal)
    due = deadline(job)
    if _past_limit(job, tally):
        return GAVE_UP
    if due is not None and due <= now:
        return TOO_LATE
    return _by_indexes(job, tally)


def _decided(job: Obj) -> Ending | None:
    for condition in job.status.get("conditions") or ():
        for name, kind in (("FailureTarget", "Failed"), ("SuccessCriteriaMet", "Complete")):
            if condition["type"] == name and condition["status"] == "True":
                return Ending(name, kind, condition.get("reason") or "", condition.get("message") or "")
    return None


def _past_limit(job: Obj, tally: Tally) -> bool:
    limit = job.spec.get("backoffLimit", 6)
    restarted = job.spec["template"]["spec"].get("restartPolicy") == "OnFailure"
    return tally.failed > limit or (restarted and tally.restarts >= max(limit, 1))


def _by_indexes(job: Obj, tally: Tally) -> Ending | None:
    lost, most = len(tally.failed_indexes), job.spec.get("maxFailedIndexes")
    if most is not None and lost > most:
        return TOO_MANY
    if lost and lost + len(tally.done_indexes) >= job.spec.get("completions", 0):
        return INDEXES_LOST
    met = policies.success(job, tally.done_indexes) if tally.indexed else ""
    return Ending("SuccessCriteriaMet", "Complete", "SuccessPolicy", met) if met else None


def is_complete(job: Obj, tally: Tally) -> bool:
    """Without `completions` one success is enough, once the others are done too."""
    completions = job.spec.get("completions")
    if tally.active:
        return False
    return tally.succeeded > 0 if completions is None else tally.succeeded >= completions


def conditions(known: list[Body], end: Ending, final: bool, now: str) -> list[Body]:
    """With what decided it; and with the end itself once it is *final*."""
    there = {c["type"] for c in known}
    wanted = [end.decided, *([end.kind] if final else ())]
    more = {"status": "True", "lastProbeTime": now, "lastTransitionTime": now}
    new = [{"type": name, **more, "reason": end.reason, "message": end.message} for name in wanted if name not in there]
    return [*known, *new]
