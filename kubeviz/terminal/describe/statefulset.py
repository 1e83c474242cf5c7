"""StatefulSets."""

from ...cluster.changes import Body
from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector
from .containers import template
from .page import Page
from .workloads import pods_status


def describe(page: Page, obj: Obj) -> None:
    spec = obj.spec
    page.head(obj, created=True)
    page.field("Selector", label_selector(spec.get("selector")))
    page.marks(obj)
    page.field("Replicas", f"{spec.get('replicas', 1)} desired | {obj.status.get('replicas') or 0} total")
    strategy = spec.get("updateStrategy") or {}
    page.field("Update Strategy", strategy.get("type") or "")
    partition = (strategy.get("rollingUpdate") or {}).get("partition")
    if partition is not None:
        page.field("Partition", partition, 1)
    pods_status(page, obj)
    template(page, spec.get("template"))
    _claims(page, spec.get("volumeClaimTemplates") or [])


def _claims(page: Page, found: list[Body]) -> None:
    page.write(0, "Volume Claims:\n" if found else "Volume Claims:\t<none>\n")
    for claim in found:
        spec, metadata = claim.get("spec") or {}, claim["metadata"]
        page.field("Name", metadata["name"], 1)
        page.field("StorageClass", spec.get("storageClassName") or "", 1)
        page.labels("  Labels", metadata.get("labels"))
        page.labels("  Annotations", metadata.get("annotations"))
        requests = (spec.get("resources") or {}).get("requests") or {}
        page.field("Capacity", requests.get("storage") or "<default>", 1)
        page.field("Access Modes", f"[{' '.join(spec.get('accessModes') or ())}]", 1)
