"""Deployments."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import label_selector
from ..kubectl.revisions import replica_sets
from .containers import template
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    spec, status = obj.spec, obj.status
    page.head(obj, created=True)
    page.marks(obj)
    page.field("Selector", label_selector(spec.get("selector")))
    page.field(
        "Replicas",
        f"{spec.get('replicas', 1)} desired | {status.get('updatedReplicas') or 0} updated | "
        f"{status.get('replicas') or 0} total | {status.get('availableReplicas') or 0} available | "
        f"{status.get('unavailableReplicas') or 0} unavailable",
    )
    strategy = spec.get("strategy") or {}
    page.field("StrategyType", strategy.get("type") or "")
    page.field("MinReadySeconds", spec.get("minReadySeconds") or 0)
    rolling = strategy.get("rollingUpdate")
    if rolling:
        page.field(
            "RollingUpdateStrategy", f"{rolling['maxUnavailable']} max unavailable, {rolling['maxSurge']} max surge"
        )
    template(page, spec.get("template"))
    page.conditions(obj)
    new, old = replica_sets(page.cluster, obj)
    if new or old:
        page.field("OldReplicaSets", _sets(old))
        page.field("NewReplicaSet", _sets([new] if new else []))


def _sets(found: list[Obj]) -> str:
    shown = [f"{s.name} ({s.status.get('replicas') or 0}/{s.spec.get('replicas', 1)} replicas created)" for s in found]
    return ", ".join(shown) or "<none>"
