"""Deployment (pkg/apis/apps/validation ValidateDeployment)."""

from ..errors import FieldError, forbidden, invalid, printed
from . import checks, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    spec.setdefault("revisionHistoryLimit", 10)
    spec.setdefault("progressDeadlineSeconds", 600)
    strategy = spec.setdefault("strategy", {}) or {}
    spec["strategy"] = strategy
    strategy.setdefault("type", "RollingUpdate")
    if strategy["type"] == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {}) or {}
        strategy["rollingUpdate"] = rolling
        rolling.setdefault("maxUnavailable", "25%")
        rolling.setdefault("maxSurge", "25%")
    workloads.default_template(body)


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = checks.non_negative(spec["replicas"], "spec.replicas")
    errors += workloads.validate_selector(spec, "deployment")
    errors += workloads.validate_template(spec)
    errors += _strategy(spec["strategy"])
    errors += checks.non_negative(spec.get("minReadySeconds"), "spec.minReadySeconds")
    errors += checks.non_negative(spec.get("revisionHistoryLimit"), "spec.revisionHistoryLimit")
    return errors + workloads.immutable_selector(body, old)


def _strategy(strategy: Body) -> Errors:
    rolling = strategy.get("rollingUpdate")
    if strategy["type"] == "Recreate":
        return [forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")] if rolling else []
    if strategy["type"] != "RollingUpdate":
        shown = printed({"Type": strategy["type"], "RollingUpdate": rolling})
        return [FieldError("FieldValueNotSupported", "spec.strategy", f'Unsupported value: {shown}: supported values: "Recreate", "RollingUpdate"')]
    field = "spec.strategy.rollingUpdate"
    errors = checks.int_or_percent(rolling["maxUnavailable"], f"{field}.maxUnavailable")
    errors += checks.int_or_percent(rolling["maxSurge"], f"{field}.maxSurge")
    if not errors and _zero(rolling["maxUnavailable"]) and _zero(rolling["maxSurge"]):
        errors.append(invalid(f"{field}.maxUnavailable", rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0"))
    return errors


def _zero(value: int | str) -> bool:
    return int(str(value).rstrip("%")) == 0
