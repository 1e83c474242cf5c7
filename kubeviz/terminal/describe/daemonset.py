"""DaemonSets."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector, labels
from .containers import template
from .page import Page
from .workloads import pods_status

COUNTS = (
    ("Desired Number of Nodes Scheduled", "desiredNumberScheduled"),
    ("Current Number of Nodes Scheduled", "currentNumberScheduled"),
    ("Number of Nodes Scheduled with Up-to-date Pods", "updatedNumberScheduled"),
    ("Number of Nodes Scheduled with Available Pods", "numberAvailable"),
    ("Number of Nodes Misscheduled", "numberMisscheduled"),
)


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.field("Selector", label_selector(obj.spec.get("selector")))
    found = obj.spec.get("template") or {}
    page.field("Node-Selector", labels((found.get("spec") or {}).get("nodeSelector")))
    page.marks(obj)
    for title, field in COUNTS:
        page.write(0, f"{title}: {obj.status.get(field) or 0}\n")
    pods_status(page, obj)
    template(page, found)
