"""CronJobs."""

from ...cluster.objects import Obj
from .containers import template
from .page import Page

UNSET = "<unset>"


def describe(page: Page, obj: Obj) -> None:
    spec = obj.spec
    page.head(obj)
    page.marks(obj)
    page.field("Schedule", spec.get("schedule") or "")
    page.field("Concurrency Policy", spec.get("concurrencyPolicy") or "Allow")
    page.field("Suspend", bool(spec.get("suspend")))
    page.field("Time Zone", spec.get("timeZone") or UNSET)
    page.field("Successful Job History Limit", spec.get("successfulJobsHistoryLimit", 3))
    page.field("Failed Job History Limit", spec.get("failedJobsHistoryLimit", 1))
    deadline = spec.get("startingDeadlineSeconds")
    page.field("Starting Deadline Seconds", UNSET if deadline is None else f"{deadline}s")
    job = (spec.get("jobTemplate") or {}).get("spec") or {}
    page.field("Selector", UNSET)
    page.field("Parallelism", job.get("parallelism", UNSET))
    page.field("Completions", job.get("completions", UNSET))
    template(page, job.get("template"))
    last = obj.status.get("lastScheduleTime")
    page.field("Last Schedule Time", page.time(last) if last else UNSET)
    page.field("Active Jobs", ", ".join(j["name"] for j in obj.status.get("active") or ()) or "<none>")
