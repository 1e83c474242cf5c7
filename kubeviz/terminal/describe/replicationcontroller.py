"""ReplicationControllers."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import labels
from .containers import template
from .page import Page
from .workloads import pods_status


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.field("Selector", labels(obj.spec.get("selector")))
    page.marks(obj)
    page.field("Replicas", f"{obj.status.get('replicas') or 0} current / {obj.spec.get('replicas', 1)} desired")
    pods_status(page, obj)
    template(page, obj.spec.get("template"))
    page.conditions(obj)
