"""PodDisruptionBudget: rules (pkg/apis/policy/validation). It is stored without effect."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, invalid, not_supported
from ..metadata import label_selector
from .templates import at_most_all, count_or_percent

Body = dict[str, Any]
NAME = names.dns_subdomain
EVICTION = ("AlwaysAllow", "IfHealthyBudget")


def default(body: Body) -> None:
    body.setdefault("spec", {})
    body.setdefault("status", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [*_either(spec), *_amounts(spec), *label_selector(spec.get("selector"), "spec.selector"), *_eviction(spec)]


def _either(spec: Body) -> Iterable[FieldError]:
    least, most = spec.get("minAvailable"), spec.get("maxUnavailable")
    if least is not None and most is not None:
        shown = {"MinAvailable": least, "Selector": spec.get("selector"), "MaxUnavailable": most,
                 "UnhealthyPodEvictionPolicy": spec.get("unhealthyPodEvictionPolicy")}  # fmt: skip
        yield invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set")


def _amounts(spec: Body) -> Iterable[FieldError]:
    for field in ("minAvailable", "maxUnavailable"):
        if spec.get(field) is not None:
            yield from count_or_percent(spec[field], f"spec.{field}")
            yield from at_most_all(spec[field], f"spec.{field}")


def _eviction(spec: Body) -> Iterable[FieldError]:
    policy = spec.get("unhealthyPodEvictionPolicy")
    if policy is not None and policy not in EVICTION:
        yield not_supported("spec.unhealthyPodEvictionPolicy", policy, EVICTION)


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
