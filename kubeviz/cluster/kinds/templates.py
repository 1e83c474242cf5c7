"""What all workloads share: the pod template, and the selector that must match its labels."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, forbidden, invalid, not_supported
from ..metadata import IMMUTABLE, annotations, label_selector, labels
from ..selectors import label_selector_matches
from . import podannotations, podspec, podwarnings
from .pod import app_annotation

Body = dict[str, Any]
PATH = "spec.template"
POD_NAMES = "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior"
MISMATCH = "`selector` does not match template `labels`"


def default(body: Body) -> None:
    template = body["spec"].setdefault("template", {})
    template.setdefault("metadata", {})
    podspec.default(template.setdefault("spec", {}))


def validate(template: Body, claims: Iterable[str] = ()) -> list[FieldError]:
    """ValidatePodTemplateSpec; *claims* are volumes that a StatefulSet's claim templates provide."""
    metadata, spec = template.get("metadata") or {}, template.get("spec") or {}
    with_claims = {
        **spec,
        "volumes": [*(spec.get("volumes") or ()), *({"name": c, "emptyDir": {}} for c in claims)],
    }
    return [
        *labels(metadata.get("labels"), f"{PATH}.labels"),
        *annotations(metadata.get("annotations"), f"{PATH}.annotations"),
        *podannotations.validate(metadata, spec, f"{PATH}.annotations"),
        *app_annotation(metadata, f"{PATH}.metadata"),
        *podspec.validate(with_claims if claims else spec, f"{PATH}.spec"),
        *podspec.template_only(template, PATH),
    ]


def long_running(template: Body, kind: str) -> Iterable[FieldError]:
    """Pods that are to run for ever restart always and have no deadline."""
    spec = template.get("spec") or {}
    if spec.get("restartPolicy") != "Always":
        yield not_supported(f"{PATH}.spec.restartPolicy", spec.get("restartPolicy"), ("Always",))
    if spec.get("activeDeadlineSeconds") is not None:
        yield forbidden(f"{PATH}.spec.activeDeadlineSeconds", f"activeDeadlineSeconds in {kind} is not Supported")


def selector_mismatch(selector: Body | None, template: Body) -> list[FieldError]:
    """No selector selects nothing, an empty one everything (LabelSelectorAsSelector)."""
    found = (template.get("metadata") or {}).get("labels")
    matched = selector is not None and label_selector_matches(selector, found or {})
    return [] if matched else [invalid(f"{PATH}.metadata.labels", found, MISMATCH)]


def is_empty(selector: Body) -> bool:
    return not selector.get("matchLabels") and not selector.get("matchExpressions")


def invalid_selector(selector: Body | None, message: str) -> FieldError:
    """An error that shows the selector; empty parts are left out, as the API server's JSON does."""
    shown = None if selector is None else {field: value for field, value in selector.items() if value}
    return invalid("spec.selector", shown, message)


def selector_errors(selector: Body | None) -> list[FieldError]:
    return label_selector(selector, "spec.selector")


def selector_kept(spec: Body, old: Body) -> list[FieldError]:
    now = spec.get("selector")
    return [] if now == old.get("selector") else [invalid_selector(now, IMMUTABLE)]


def non_negative(spec: Body, field: str, path: str = "spec") -> list[FieldError]:
    value = spec.get(field)
    return [invalid(f"{path}.{field}", value, names.NON_NEGATIVE)] if value is not None and value < 0 else []


def count_or_percent(value: int | str, path: str) -> list[FieldError]:
    if isinstance(value, str):
        return [invalid(path, value, text) for text in names.percent(value)]
    return [invalid(path, value, names.NON_NEGATIVE)] if value < 0 else []


def at_most_all(value: int | str, path: str) -> list[FieldError]:
    too_much = isinstance(value, str) and not names.percent(value) and int(value[:-1]) > 100
    return [invalid(path, value, "must not be greater than 100%")] if too_much else []


def is_zero(value: int | str) -> bool:
    if isinstance(value, str):
        return bool(names.percent(value)) or int(value[:-1]) == 0
    return value == 0


def strategy_as_go(strategy: Body, *fields: str) -> Body:
    """A strategy as the API server prints its Go structure: field names begin with capitals."""
    rolling = strategy.get("rollingUpdate")
    shown = None if rolling is None else {f[0].upper() + f[1:]: rolling.get(f) for f in fields}
    return {"Type": strategy.get("type") or "", "RollingUpdate": shown}


def warnings(body: Body, old: Body | None = None) -> list[str]:
    """Of the template, unless an update left the spec alone; and of a new workload's name."""
    if old is not None and old["spec"] == body["spec"]:
        return []
    template = body["spec"]["template"]
    return podwarnings.warnings(template.get("metadata") or {}, template.get("spec") or {}, PATH)


def named_warnings(body: Body, old: Body | None = None) -> list[str]:
    """Pods are called after their workload; what is no DNS label is no good host name."""
    problems = names.dns_label(body["metadata"].get("name") or "") if old is None else ()
    surprise = f"{POD_NAMES}; a DNS label is recommended: [{' '.join(problems)}]"
    return [*([surprise] if problems else ()), *warnings(body, old)]
