"""Deployment: defaults (pkg/apis/apps/v1/defaults.go) and rules (pkg/apis/apps/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, forbidden, invalid, not_supported, required
from . import templates
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
ROLLING = "spec.strategy.rollingUpdate"
warnings = templates.named_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    strategy = spec.setdefault("strategy", {})
    if not strategy.get("type"):
        strategy["type"] = "RollingUpdate"
    if strategy["type"] == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {})
        rolling.setdefault("maxSurge", "25%")
        rolling.setdefault("maxUnavailable", "25%")
    spec.setdefault("revisionHistoryLimit", 10)
    spec.setdefault("progressDeadlineSeconds", 600)
    templates.default(body)
    body.setdefault("status", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *non_negative(spec, "replicas"),
        *selector_and_template(spec, "deployment"),
        *_strategy(spec["strategy"]),
        *non_negative(spec, "minReadySeconds"),
        *non_negative(spec, "revisionHistoryLimit"),
        *_deadline(spec),
        *(templates.selector_kept(spec, old["spec"]) if old else ()),
    ]


def selector_and_template(spec: Body, word: str) -> Iterable[FieldError]:
    """A selector that is there, means something and matches; then the template (ReplicaSets have the same rule)."""
    selector, template = spec.get("selector"), spec["template"]
    problems = templates.selector_errors(selector)
    if selector is None:
        yield required("spec.selector")
    else:
        yield from problems
        if templates.is_empty(selector):
            yield templates.invalid_selector(selector, f"empty selector is invalid for {word}")
    if problems:
        yield templates.invalid_selector(selector, "invalid label selector")
        return
    yield from templates.selector_mismatch(selector, template)
    yield from templates.validate(template)
    yield from templates.long_running(template, "ReplicaSet")


def _strategy(strategy: Body) -> Iterable[FieldError]:
    kind = strategy.get("type")
    if kind == "Recreate":
        if strategy.get("rollingUpdate") is not None:
            yield forbidden(ROLLING, "may not be specified when strategy `type` is 'Recreate'")
    elif kind == "RollingUpdate":
        yield from _rolling(strategy["rollingUpdate"])
    else:
        shown = templates.strategy_as_go(strategy, "maxUnavailable", "maxSurge")
        yield not_supported("spec.strategy", shown, ("Recreate", "RollingUpdate"))


def _rolling(rolling: Body) -> Iterable[FieldError]:
    unavailable, surge = rolling["maxUnavailable"], rolling["maxSurge"]
    yield from templates.count_or_percent(unavailable, f"{ROLLING}.maxUnavailable")
    yield from templates.count_or_percent(surge, f"{ROLLING}.maxSurge")
    if templates.is_zero(unavailable) and templates.is_zero(surge):
        yield invalid(f"{ROLLING}.maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0")
    yield from templates.at_most_all(unavailable, f"{ROLLING}.maxUnavailable")


def _deadline(spec: Body) -> Iterable[FieldError]:
    yield from non_negative(spec, "progressDeadlineSeconds")
    if spec["progressDeadlineSeconds"] <= (spec.get("minReadySeconds") or 0):
        yield invalid(
            "spec.progressDeadlineSeconds",
            spec["progressDeadlineSeconds"],
            "must be greater than minReadySeconds",
        )
