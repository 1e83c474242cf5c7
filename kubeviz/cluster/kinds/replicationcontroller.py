"""ReplicationController: the ReplicaSet's forerunner, whose selector is a plain map taken from the template."""

from ..errors import invalid, not_supported, required
from . import checks, pod, workloads
from .checks import Body, Errors

warnings = workloads.template_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    workloads.default_template(body)
    labels = workloads.template_labels(spec)
    if labels and not spec.get("selector"):
        spec["selector"] = dict(labels)
    if labels and not body["metadata"].get("labels"):
        body["metadata"]["labels"] = dict(labels)
    body.setdefault("status", {"replicas": 0})


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"]
    errors = checks.non_negative(spec["replicas"], "spec.replicas")
    if not spec.get("selector"):
        errors.append(required("spec.selector"))
    if not spec.get("template"):
        return [*errors, required("spec.template")]
    labels = workloads.template_labels(spec) or {}
    if spec.get("selector") and not spec["selector"].items() <= labels.items():
        errors.append(invalid("spec.template.metadata.labels", labels or None, "`selector` does not match template `labels`"))
    errors += pod.validate_template(spec["template"], "spec.template")
    restart = spec["template"]["spec"].get("restartPolicy", "Always")
    if restart != "Always":
        errors.append(not_supported("spec.template.spec.restartPolicy", restart, ["Always"]))
    return errors
