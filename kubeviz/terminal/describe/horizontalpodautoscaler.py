"""HorizontalPodAutoscalers: each metric as it is and as it should be. Nothing measures in a lab."""

from ...cluster.changes import Body
from ...cluster.objects import Obj
from .page import Page

UNKNOWN = "<unknown>"
SOURCES = {"Resource": "resource", "Pods": "pods", "Object": "object", "External": "external",
           "ContainerResource": "containerResource"}  # fmt: skip


def describe(page: Page, obj: Obj) -> None:
    spec, status = obj.spec, obj.status
    target = spec.get("scaleTargetRef") or {}
    page.head(obj)
    page.marks(obj)
    page.field("CreationTimestamp", page.time(obj.created))
    page.field("Reference", f"{target.get('kind')}/{target.get('name')}")
    page.write(0, "Metrics:\t( current / target )\n")
    current = status.get("currentMetrics") or []
    for i, metric in enumerate(spec.get("metrics") or ()):
        key = SOURCES.get(metric["type"], "")
        seen = (current[i].get(key) or {}).get("current") or {} if i < len(current) else {}
        page.write(1, _metric(metric, metric.get(key) or {}, seen))
    page.field("Min replicas", spec.get("minReplicas", "<unset>"))
    page.field("Max replicas", spec.get("maxReplicas"))
    _behavior(page, spec.get("behavior") or {})
    counts = f"{status.get('currentReplicas') or 0} current / {status.get('desiredReplicas') or 0} desired"
    page.field(f"{target.get('kind')} pods", counts)
    _conditions(page, status.get("conditions") or [])


def _metric(metric: Body, source: Body, seen: Body) -> str:
    target = source.get("target") or {}
    name = (source.get("metric") or source).get("name")
    average = "averageValue" in target
    key = "averageValue" if average else "value"
    values = f"{seen.get(key, UNKNOWN)} / {target.get(key)}"
    match metric["type"]:
        case "Pods":
            return f'"{name}" on pods:\t{values}\n'
        case "External":
            return f'"{name}" (target {"average " if average else ""}value):\t{values}\n'
        case "Object":
            about = source.get("describedObject") or {}
            what = f'"{name}" on {about.get("kind")}/{about.get("name")}'
            return f"{what} (target {'average ' if average else ''}value):\t{values}\n"
        case "Resource" | "ContainerResource":
            inside = f' of container "{source["container"]}"' if "container" in source else ""
            return f"resource {name}{inside} on pods{_share(target, seen, values)}"
    return f'<unknown metric type "{metric["type"]}">\n'


def _share(target: Body, seen: Body, values: str) -> str:
    """Of a resource: an amount, or a share of what was asked for."""
    if "averageValue" in target:
        return f":\t{values}\n"
    now = f"{seen['averageUtilization']}% ({seen.get('averageValue')})" if "averageUtilization" in seen else UNKNOWN
    wanted = f"{target['averageUtilization']}%" if "averageUtilization" in target else "<auto>"
    return f"  (as a percentage of request):\t{now} / {wanted}\n"


def _behavior(page: Page, found: Body) -> None:
    if found:
        page.write(0, "Behavior:\n")
    for title, rules in (("Scale Up", found.get("scaleUp")), ("Scale Down", found.get("scaleDown"))):
        if not rules:
            continue
        page.write(1, f"{title}:\n")
        if rules.get("stabilizationWindowSeconds") is not None:
            page.write(2, f"Stabilization Window: {rules['stabilizationWindowSeconds']} seconds\n")
        if rules.get("policies"):
            page.write(2, f"Select Policy: {rules.get('selectPolicy') or 'Max'}\n")
            page.write(2, "Policies:\n")
        for policy in rules.get("policies") or ():
            period = f"Period: {policy['periodSeconds']} seconds"
            page.line(3, f"- Type: {policy['type']}", f"Value: {policy['value']}", period)


def _conditions(page: Page, found: list[Body]) -> None:
    if found:
        page.write(0, "Conditions:\n  Type\tStatus\tReason\tMessage\n")
        page.write(1, "----\t------\t------\t-------\n")
    for condition in found:
        page.line(1, *(condition.get(key) or "" for key in ("type", "status", "reason", "message")))
