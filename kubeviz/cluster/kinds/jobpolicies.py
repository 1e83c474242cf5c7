"""When a Job gives up, when it counts as done, when it replaces a pod (pkg/apis/batch/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, invalid, not_supported, required, too_many
from . import indexruns

Body = dict[str, Any]
ACTIONS = ("Count", "FailIndex", "FailJob", "Ignore")
OPERATORS = ("In", "NotIn")
STATUSES = ("False", "True", "Unknown")
MOST_RULES, MOST_PATTERNS, MOST_CODES = 20, 20, 255
CONTAINERS = "must be one of the container or initContainer names in the pod template"


def validate(spec: Body) -> list[FieldError]:
    return [*_failure(spec), *_success(spec), *_replacement(spec)]


def _listed(values: Iterable[str]) -> str:
    """Go's %q of a list of strings."""
    quoted = '" "'.join(values)
    return f'["{quoted}"]'


def _failure(spec: Body) -> Iterable[FieldError]:
    policy = spec.get("podFailurePolicy")
    if policy is None:
        return
    rules, path = policy.get("rules") or [], "spec.podFailurePolicy.rules"
    if len(rules) > MOST_RULES:
        yield too_many(path, len(rules), MOST_RULES)
    pod = spec["template"]["spec"]
    named = {c.get("name") for field in ("containers", "initContainers") for c in pod.get(field) or ()}
    for i, rule in enumerate(rules):
        yield from _failure_rule(rule, spec, named, f"{path}[{i}]")


def _failure_rule(rule: Body, spec: Body, containers: set[Any], path: str) -> Iterable[FieldError]:
    action, codes, conditions = rule.get("action") or "", rule.get("onExitCodes"), rule.get("onPodConditions") or []
    if not action:
        yield required(f"{path}.action", f"valid values: {_listed(ACTIONS)}")
    elif action == "FailIndex":
        if spec.get("backoffLimitPerIndex") is None:
            yield invalid(f"{path}.action", action, "requires the backoffLimitPerIndex to be set")
    elif action not in ACTIONS:
        yield not_supported(f"{path}.action", action, ACTIONS)
    if codes is not None:
        yield from _exit_codes(codes, containers, f"{path}.onExitCodes")
    yield from _conditions(conditions, f"{path}.onPodConditions")
    if (codes is not None) == bool(conditions):
        text = "specifying both OnExitCodes and OnPodConditions is not supported"
        missing = "specifying one of OnExitCodes and OnPodConditions is required"
        yield FieldError("FieldValueInvalid", path, f"Invalid value: {text if conditions else missing}")


def _exit_codes(found: Body, containers: set[Any], path: str) -> Iterable[FieldError]:
    operator, values = found.get("operator") or "", found.get("values") or []
    yield from _one_of(operator, OPERATORS, f"{path}.operator")
    if found.get("containerName") is not None and found["containerName"] not in containers:
        yield invalid(f"{path}.containerName", found["containerName"], CONTAINERS)
    if not values:
        yield invalid(f"{path}.values", found.get("values"), "at least one value is required")
    elif len(values) > MOST_CODES:
        yield too_many(f"{path}.values", len(values), MOST_CODES)
    for i, value in enumerate(values):
        if operator == "In" and value == 0:
            yield invalid(f"{path}.values[{i}]", value, "must not be 0 for the In operator")
        if value in values[:i]:
            yield duplicate(f"{path}.values[{i}]", value)
    if values != sorted(values):
        yield invalid(f"{path}.values", values, "must be ordered")


def _conditions(found: list[Body], path: str) -> Iterable[FieldError]:
    if len(found) > MOST_PATTERNS:
        yield too_many(path, len(found), MOST_PATTERNS)
    for i, pattern in enumerate(found):
        kind = pattern.get("type") or ""
        yield from each_invalid(f"{path}[{i}].type", kind, names.qualified_name(kind))
        yield from _one_of(pattern.get("status") or "True", STATUSES, f"{path}[{i}].status")


def _one_of(value: str, allowed: tuple[str, ...], path: str) -> Iterable[FieldError]:
    if not value:
        yield required(path, f"valid values: {_listed(allowed)}")
    elif value not in allowed:
        yield not_supported(path, value, allowed)


def _success(spec: Body) -> Iterable[FieldError]:
    policy, path = spec.get("successPolicy"), "spec.successPolicy"
    if policy is None:
        return
    rules = policy.get("rules") or []
    if spec["completionMode"] != "Indexed":
        yield invalid(path, {"Rules": rules}, "requires indexed completion mode")
        return
    if not rules:
        text = "at least one rules must be specified when the successPolicy is specified"
        yield required(f"{path}.rules", text)
    elif len(rules) > MOST_RULES:
        yield too_many(f"{path}.rules", len(rules), MOST_RULES)
    for i, rule in enumerate(rules):
        yield from _success_rule(rule, spec.get("completions") or 0, f"{path}.rules[{i}]")


def _success_rule(rule: Body, completions: int, path: str) -> Iterable[FieldError]:
    count, indexes = rule.get("succeededCount"), rule.get("succeededIndexes")
    if count is None and indexes is None:
        yield required(path, "at least one of succeededCount or succeededIndexes must be specified")
    total = indexruns.total(indexes or "", completions)
    if isinstance(total, str):
        yield invalid(f"{path}.succeededIndexes", indexes, f"error parsing succeededIndexes: {total}")
        total = 0
    if count is None:
        return
    if count < 0:
        yield invalid(f"{path}.succeededCount", count, names.NON_NEGATIVE)
    if count > completions:
        text = f"must be less than or equal to {completions} (the number of specified completions)"
        yield invalid(f"{path}.succeededCount", count, text)
    if indexes is not None and count > total:
        what = "the number of indexes in the specified succeededIndexes field"
        yield invalid(f"{path}.succeededCount", count, f"must be less than or equal to {total} ({what})")


def _replacement(spec: Body) -> Iterable[FieldError]:
    """With a failure policy a pod is replaced only once it has failed."""
    policy = spec["podReplacementPolicy"]
    allowed = ("Failed",) if spec.get("podFailurePolicy") is not None else ("Failed", "TerminatingOrFailed")
    if policy not in allowed:
        yield not_supported("spec.podReplacementPolicy", policy, allowed)
