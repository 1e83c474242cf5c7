"""PodDisruptionBudgets."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    if obj.spec.get("minAvailable") is not None:
        page.field("Min available", obj.spec["minAvailable"])
    elif obj.spec.get("maxUnavailable") is not None:
        page.field("Max unavailable", obj.spec["maxUnavailable"])
    selector = obj.spec.get("selector")
    page.field("Selector", "<unset>" if selector is None else label_selector(selector))
    page.write(0, "Status:\n")
    for title, key in (("Allowed disruptions", "disruptionsAllowed"), ("Current", "currentHealthy"),
                       ("Desired", "desiredHealthy"), ("Total", "expectedPods")):  # fmt: skip
        page.field(title, obj.status.get(key) or 0, 2)
