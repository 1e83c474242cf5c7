"""HorizontalPodAutoscalers: there are no metrics here, so the present value is unknown."""

from datetime import datetime
from typing import Any

from ..changes import Body
from ..objects import Obj
from .columns import NONE, UNKNOWN, age, of

COLUMNS = of("Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age")
MOST_TARGETS = 2


def _target(metric: Body) -> str:
    resource = metric.get("resource") or {}
    target = resource.get("target") or {}
    wanted = f"{target['averageUtilization']}%" if "averageUtilization" in target else target.get("averageValue", "")
    name = f"{resource['name']}: " if resource.get("name") else ""
    return f"{name}{UNKNOWN}/{wanted or '<auto>'}"


def _targets(obj: Obj) -> str:
    metrics = [_target(m) for m in obj.spec.get("metrics") or ()]
    if "targetCPUUtilizationPercentage" in obj.spec:
        metrics = [f"cpu: {UNKNOWN}/{obj.spec['targetCPUUtilizationPercentage']}%"]
    more = f" + {len(metrics) - MOST_TARGETS} more..." if len(metrics) > MOST_TARGETS else ""
    return ", ".join(metrics[:MOST_TARGETS]) + more or NONE


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    about = obj.spec.get("scaleTargetRef") or {}
    return (
        obj.name,
        f"{about.get('kind', '')}/{about.get('name', '')}",
        _targets(obj),
        str(obj.spec.get("minReplicas", "<unset>")),
        obj.spec.get("maxReplicas") or 0,
        obj.status.get("currentReplicas") or 0,
        age(obj, now),
    )
