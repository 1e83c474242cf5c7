"""PriorityClasses."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import labels
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    body = obj.body
    page.field("Name", obj.name)
    page.field("Value", body.get("value") or 0)
    page.field("GlobalDefault", str(bool(body.get("globalDefault"))).lower())
    page.field("PreemptionPolicy", body.get("preemptionPolicy") or "PreemptLowerPriority")
    page.field("Description", body.get("description") or "")
    page.field("Annotations", labels(obj.annotations))
