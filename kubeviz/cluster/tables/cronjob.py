"""CronJobs."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import NONE, age, containers, label_selector, of, since

COLUMNS = of(
    "Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age",
    wide=("Containers", "Images", "Selector"),
)  # fmt: skip


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    job = (obj.spec.get("jobTemplate") or {}).get("spec") or {}
    last = obj.status.get("lastScheduleTime")
    return (
        obj.name,
        obj.spec.get("schedule") or "",
        obj.spec.get("timeZone") or NONE,
        str(bool(obj.spec.get("suspend"))),
        len(obj.status.get("active") or ()),
        since(last, now) if last else NONE,
        age(obj, now),
        *containers(job.get("template") or {}),
        label_selector(job.get("selector")),
    )
