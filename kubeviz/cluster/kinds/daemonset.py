"""DaemonSet."""

from . import checks, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("revisionHistoryLimit", 10)
    strategy = spec.setdefault("updateStrategy", {})
    strategy.setdefault("type", "RollingUpdate")
    if strategy["type"] == "RollingUpdate":
        rolling = strategy.setdefault("rollingUpdate", {})
        rolling.setdefault("maxSurge", 0)
        rolling.setdefault("maxUnavailable", 1)
    workloads.default_template(body)


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = workloads.validate_selector(spec, "daemonset")
    errors += workloads.validate_template(spec)
    errors += checks.one_of(spec["updateStrategy"]["type"], ("OnDelete", "RollingUpdate"), "spec.updateStrategy.type")
    return errors + workloads.immutable_selector(body, old)
