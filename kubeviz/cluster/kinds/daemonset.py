"""DaemonSet: defaults and rules (ValidateDaemonSetSpec in pkg/apis/apps/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, invalid, not_supported, required
from . import templates
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
ROLLING = "spec.updateStrategy.rollingUpdate"
warnings = templates.warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    strategy = spec.setdefault("updateStrategy", {})
    if not strategy.get("type"):
        strategy["type"] = "RollingUpdate"
    if strategy["type"] == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {})
        rolling.setdefault("maxSurge", 0)
        rolling.setdefault("maxUnavailable", 1)
    spec.setdefault("revisionHistoryLimit", 10)
    templates.default(body)
    body.setdefault(
        "status",
        {"currentNumberScheduled": 0, "desiredNumberScheduled": 0, "numberMisscheduled": 0, "numberReady": 0},
    )


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_selector(spec),
        *templates.validate(spec["template"]),
        *templates.long_running(spec["template"], "DaemonSet"),
        *non_negative(spec, "minReadySeconds"),
        *_strategy(spec["updateStrategy"]),
        *non_negative(spec, "revisionHistoryLimit"),
        *(templates.selector_kept(spec, old["spec"]) if old else ()),
    ]


def _selector(spec: Body) -> Iterable[FieldError]:
    selector = spec.get("selector")
    problems = templates.selector_errors(selector)
    yield from problems
    if not problems:
        yield from templates.selector_mismatch(selector, spec["template"])
    if selector is not None and templates.is_empty(selector):
        yield templates.invalid_selector(selector, "empty selector is invalid for daemonset")


def _strategy(strategy: Body) -> Iterable[FieldError]:
    if strategy["type"] == "RollingUpdate":
        yield from _rolling(strategy["rollingUpdate"])
    elif strategy["type"] != "OnDelete":
        shown = templates.strategy_as_go(strategy, "maxUnavailable", "maxSurge")
        yield not_supported("spec.updateStrategy", shown, ("RollingUpdate", "OnDelete"))


def _rolling(rolling: Body) -> Iterable[FieldError]:
    """Either surge or unavailability, not both and not neither."""
    both = (("maxUnavailable", rolling["maxUnavailable"]), ("maxSurge", rolling["maxSurge"]))
    for field, value in both:
        yield from templates.count_or_percent(value, f"{ROLLING}.{field}")
    for field, value in both:
        yield from templates.at_most_all(value, f"{ROLLING}.{field}")
    unavailable, surge = (not templates.is_zero(value) for _, value in both)
    if unavailable and surge:
        yield invalid(f"{ROLLING}.maxSurge", rolling["maxSurge"], "may not be set when maxUnavailable is non-zero")
    elif not unavailable and not surge:
        yield required(f"{ROLLING}.maxUnavailable", "cannot be 0 when maxSurge is 0")
