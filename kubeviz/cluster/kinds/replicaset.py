"""ReplicaSet."""

from . import checks, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings


def default(body: Body) -> None:
    body.setdefault("spec", {}).setdefault("replicas", 1)
    workloads.default_template(body)
    body.setdefault("status", {"replicas": 0})


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = checks.non_negative(spec["replicas"], "spec.replicas")
    errors += workloads.validate_selector(spec, "deployment")
    return errors + workloads.validate_template(spec) + workloads.immutable_selector(body, old)
