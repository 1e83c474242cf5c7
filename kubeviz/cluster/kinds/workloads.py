"""What Deployment, ReplicaSet, StatefulSet, DaemonSet, ReplicationController and Job have in common."""

from ..errors import invalid, not_supported, required
from ..selectors import label_selector_matches
from . import checks, pod
from .checks import Body, Errors


def default_template(body: Body) -> None:
    spec = body.setdefault("spec", {})
    template = spec.get("template")
    if isinstance(template, dict):
        template.setdefault("metadata", {})
        pod.default_spec(template.setdefault("spec", {}))


def template_labels(spec: Body) -> Body | None:
    found: Body | None = ((spec.get("template") or {}).get("metadata") or {}).get("labels")
    return found


def validate_selector(spec: Body, kind: str) -> Errors:
    """A selector is required, must say something, and must match the template's own labels."""
    selector = spec.get("selector")
    if selector is None:
        return [required("spec.selector")]
    errors = checks.label_selector(selector, "spec.selector")
    if not (selector.get("matchLabels") or selector.get("matchExpressions")):
        errors.append(invalid("spec.selector", selector, f"empty selector is invalid for {kind}"))
    if errors and any(".matchExpressions" in e.field for e in errors):
        errors.append(invalid("spec.selector", selector, "invalid label selector"))
    return errors


def validate_template(spec: Body, policies: tuple[str, ...] = ("Always",)) -> Errors:
    template = spec.get("template")
    if template is None:
        return [required("spec.template")]
    errors: Errors = []
    selector = spec.get("selector") or {}
    sound = not checks.label_selector(selector, "") and (selector.get("matchLabels") or selector.get("matchExpressions"))
    if sound and not label_selector_matches(selector, template_labels(spec) or {}):
        errors.append(invalid("spec.template.metadata.labels", template_labels(spec), "`selector` does not match template `labels`"))
    errors += pod.validate_template(template, "spec.template")
    restart = (template.get("spec") or {}).get("restartPolicy", "Always")
    if restart not in policies and restart in ("Always", "OnFailure", "Never"):
        errors.append(not_supported("spec.template.spec.restartPolicy", restart, list(policies)))
    return errors


def immutable_selector(body: Body, old: Body | None) -> Errors:
    if old is None or body["spec"].get("selector") == old["spec"].get("selector"):
        return []
    return [invalid("spec.selector", body["spec"].get("selector"), "field is immutable")]


def template_warnings(body: Body) -> list[str]:
    return pod.warnings(body, (body["spec"].get("template") or {}).get("spec") or {}, "spec.template.spec")
