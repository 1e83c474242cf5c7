"""Jobs."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector
from ...cluster.tables.job import took
from .containers import template
from .page import Page

LONGEST = 50
SETTINGS = (
    ("Completion Mode", "completionMode"),
    ("Suspend", "suspend"),
    ("Backoff Limit", "backoffLimit"),
    ("TTL Seconds After Finished", "ttlSecondsAfterFinished"),
)


def describe(page: Page, obj: Obj) -> None:
    spec, status = obj.spec, obj.status
    page.head(obj)
    page.field("Selector", label_selector(spec.get("selector")))
    page.marks(obj)
    page.controller(obj)
    if spec.get("parallelism") is not None:
        page.field("Parallelism", spec["parallelism"])
    page.field("Completions", spec.get("completions") if spec.get("completions") is not None else "<unset>")
    for title, key in SETTINGS:
        if spec.get(key) is not None:
            value = spec[key]
            page.field(title, str(value).lower() if isinstance(value, bool) else value)
    _times(page, obj)
    if spec.get("activeDeadlineSeconds") is not None:
        page.field("Active Deadline Seconds", f"{spec['activeDeadlineSeconds']}s")
    ready = f" ({status['ready']} Ready)" if status.get("ready") is not None else ""
    page.field(
        "Pods Statuses",
        f"{status.get('active') or 0} Active{ready} / {status.get('succeeded') or 0} Succeeded / "
        f"{status.get('failed') or 0} Failed",
    )
    if spec.get("completionMode") == "Indexed":
        page.field("Completed Indexes", _capped(status.get("completedIndexes") or ""))
    template(page, spec.get("template"))


def _capped(indexes: str) -> str:
    """Fifty characters and the rest of a run (capIndexesListOrNone)."""
    end = indexes.find(",", LONGEST)
    return f"{indexes[: end + 1]}..." if end >= 0 else indexes or "<none>"


def _times(page: Page, obj: Obj) -> None:
    start, end = obj.status.get("startTime"), obj.status.get("completionTime")
    if start:
        page.field("Start Time", page.time(start))
    if end:
        page.field("Completed At", page.time(end))
    if start and end:
        page.field("Duration", took(obj, page.now))
