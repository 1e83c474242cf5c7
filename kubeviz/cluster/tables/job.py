"""Jobs."""

from datetime import datetime
from typing import Any

from ..clock import moment
from ..objects import Obj
from .columns import age, containers, duration, label_selector, of

COLUMNS = of("Name", "Status", "Completions", "Duration", "Age", wide=("Containers", "Images", "Selector"))


def _status(obj: Obj) -> str:
    for condition, word in (("Complete", "Complete"), ("Failed", "Failed")):
        if obj.condition(condition) == "True":
            return word
    if obj.terminating:
        return "Terminating"
    for condition in ("Suspended", "FailureTarget", "SuccessCriteriaMet"):
        if obj.condition(condition) == "True":
            return condition
    return "Running"


def _completions(obj: Obj) -> str:
    done, wanted = obj.status.get("succeeded") or 0, obj.spec.get("completions")
    if wanted is not None:
        return f"{done}/{wanted}"
    parallelism = obj.spec.get("parallelism") or 0
    return f"{done}/1 of {parallelism}" if parallelism > 1 else f"{done}/1"


def took(obj: Obj, now: datetime) -> str:
    start, end = obj.status.get("startTime"), obj.status.get("completionTime")
    if not start:
        return ""
    return duration((moment(end) if end else now) - moment(start))


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    return (
        obj.name,
        _status(obj),
        _completions(obj),
        took(obj, now),
        age(obj, now),
        *containers(obj.spec.get("template") or {}),
        label_selector(obj.spec.get("selector")),
    )
