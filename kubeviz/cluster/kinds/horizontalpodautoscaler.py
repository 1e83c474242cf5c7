"""HorizontalPodAutoscaler: defaults and rules (pkg/apis/autoscaling). It is stored without effect."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, invalid, required

Body = dict[str, Any]
NAME = names.dns_subdomain
USUAL_CPU = 80


def default(body: Body) -> None:
    """At least one pod; without metrics the CPU, at 80 percent of what was asked for."""
    spec = body.setdefault("spec", {})
    spec.setdefault("minReplicas", 1)
    if body["apiVersion"] == "autoscaling/v1":
        spec.setdefault("targetCPUUtilizationPercentage", USUAL_CPU)
    elif not spec.get("metrics"):
        target = {"type": "Utilization", "averageUtilization": USUAL_CPU}
        spec["metrics"] = [{"type": "Resource", "resource": {"name": "cpu", "target": target}}]
    body.setdefault("status", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [*_bounds(spec["minReplicas"], spec.get("maxReplicas") or 0), *_target(spec.get("scaleTargetRef") or {})]


def _bounds(least: int, most: int) -> Iterable[FieldError]:
    if least < 1:
        yield invalid("spec.minReplicas", least, "must be greater than or equal to 1")
    if most < 1:
        yield invalid("spec.maxReplicas", most, "must be greater than 0")
    if least > most:
        yield invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`")


def _target(target: Body) -> Iterable[FieldError]:
    for field in ("kind", "name"):
        value, path = target.get(field) or "", f"spec.scaleTargetRef.{field}"
        yield from each_invalid(path, value, names.path_segment(value)) if value else [required(path)]


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
