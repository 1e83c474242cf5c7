"""Job: its selector is made from its own uid, and its template must say when to stop restarting."""

from ..errors import invalid, not_supported, required
from . import checks, pod, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    if spec.get("completions") is None and spec.get("parallelism") is None:
        spec["completions"] = 1
    spec.setdefault("parallelism", 1)
    spec.setdefault("backoffLimit", 6)
    spec.setdefault("completionMode", "NonIndexed")
    spec.setdefault("suspend", False)
    workloads.default_template(body)


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors: Errors = []
    for field in ("parallelism", "completions", "backoffLimit", "activeDeadlineSeconds"):
        errors += checks.non_negative(spec.get(field), f"spec.{field}")
    if not spec.get("template"):
        return [*errors, required("spec.template")]
    errors += pod.validate_template(spec["template"], "spec.template")
    restart = spec["template"]["spec"].get("restartPolicy")
    if restart == "Always":
        errors.append(required("spec.template.spec.restartPolicy", 'valid values: "OnFailure", "Never"'))
    elif restart not in ("OnFailure", "Never"):
        errors.append(not_supported("spec.template.spec.restartPolicy", restart, ["OnFailure", "Never"]))
    if old is not None and spec["template"] != old["spec"]["template"]:
        errors.append(invalid("spec.template", spec["template"], "field is immutable"))
    return errors
