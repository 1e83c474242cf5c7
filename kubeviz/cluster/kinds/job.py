"""Job: defaults (pkg/apis/batch/v1/defaults.go) and rules (pkg/apis/batch/validation)."""

import copy
from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, invalid, not_supported, required, too_long
from ..metadata import domain_prefixed_path, immutable
from ..selectors import label_selector_matches
from . import jobpolicies, templates
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
COUNTS = (
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
)
FIXED = ("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy")
MOST_INDEXES = 100_000
UID_LABEL, NAME_LABEL = "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"
OLD_UID_LABEL, OLD_NAME_LABEL = "controller-uid", "job-name"
warnings = templates.named_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    if "completions" not in spec and "parallelism" not in spec:
        spec["completions"] = 1
    for field, value in (
        ("parallelism", 1),
        ("backoffLimit", 6 if "backoffLimitPerIndex" not in spec else 2147483647),
        ("completionMode", "NonIndexed"),
        ("suspend", False),
    ):
        spec.setdefault(field, value)
    spec.setdefault("podReplacementPolicy", "Failed" if "podFailurePolicy" in spec else "TerminatingOrFailed")
    templates.default(body)
    body.setdefault("status", {})


def generate_selector(body: Body) -> None:
    """The Job's own uid tells its pods apart, unless manualSelector says that the user does (batch/job/strategy.go)."""
    spec, metadata = body["spec"], body["metadata"]
    if spec.get("manualSelector"):
        return
    labels = spec["template"]["metadata"].setdefault("labels", {})
    for label in (OLD_NAME_LABEL, NAME_LABEL):
        labels.setdefault(label, metadata.get("name") or "")
    for label in (OLD_UID_LABEL, UID_LABEL):
        labels.setdefault(label, metadata.get("uid") or "")
    spec.setdefault("selector", {}).setdefault("matchLabels", {}).setdefault(UID_LABEL, metadata.get("uid") or "")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *(_generated(body) if old is None else ()),
        *(error for field in COUNTS for error in non_negative(spec, field)),
        *_failed_indexes(spec),
        *_manager(spec),
        *_mode(spec),
        *jobpolicies.validate(spec),
        *templates.validate(spec["template"]),
        *_restart_policy(spec),
        *_selector(spec),
        *(_unchanged(spec, old["spec"]) if old else _host_names(body)),
    ]


def _generated(body: Body) -> Iterable[FieldError]:
    """Labels of the user's own must not stand in the way of the generated selector."""
    spec, metadata = body["spec"], body["metadata"]
    if spec.get("manualSelector") or spec.get("selector") is None:
        return
    expected = {
        OLD_UID_LABEL: metadata.get("uid") or "",
        OLD_NAME_LABEL: metadata.get("name") or "",
        UID_LABEL: metadata.get("uid") or "",
        NAME_LABEL: metadata.get("name") or "",
    }
    labels = spec["template"]["metadata"].get("labels") or {}
    for label, value in expected.items():
        if labels.get(label) != value:
            yield invalid(f"spec.template.metadata.labels[{label}]", labels, f"must be '{value}'")
    if not templates.selector_errors(spec["selector"]) and not label_selector_matches(spec["selector"], expected):
        yield templates.invalid_selector(spec["selector"], "`selector` not auto-generated")


def _failed_indexes(spec: Body) -> Iterable[FieldError]:
    if spec.get("maxFailedIndexes") is not None and spec.get("backoffLimitPerIndex") is None:
        yield required("spec.backoffLimitPerIndex", "when maxFailedIndexes is specified")


def _manager(spec: Body) -> Iterable[FieldError]:
    manager = spec.get("managedBy")
    if manager is not None:
        yield from domain_prefixed_path(manager, "spec.managedBy")
        if len(manager) > 63:
            yield too_long("spec.managedBy", 63)


def _mode(spec: Body) -> Iterable[FieldError]:
    mode, failed = spec["completionMode"], spec.get("maxFailedIndexes")
    if mode == "Indexed":
        yield from _indexed(spec)
    elif mode == "NonIndexed":
        for field in ("backoffLimitPerIndex", "maxFailedIndexes"):
            if spec.get(field) is not None:
                yield invalid(f"spec.{field}", spec[field], "requires indexed completion mode")
    else:
        yield not_supported("spec.completionMode", mode, ("NonIndexed", "Indexed"))
    if mode == "Indexed" and failed is not None:
        if spec.get("completions") is not None and failed > spec["completions"]:
            yield invalid("spec.maxFailedIndexes", failed, "must be less than or equal to completions")
        if failed > MOST_INDEXES:
            yield invalid("spec.maxFailedIndexes", failed, f"must be less than or equal to {MOST_INDEXES}")


def _indexed(spec: Body) -> Iterable[FieldError]:
    if spec.get("completions") is None:
        yield required("spec.completions", "when completion mode is Indexed")
    if (spec.get("parallelism") or 0) > MOST_INDEXES:
        text = f"must be less than or equal to {MOST_INDEXES} when completion mode is Indexed"
        yield invalid("spec.parallelism", spec["parallelism"], text)


def _restart_policy(spec: Body) -> Iterable[FieldError]:
    """`Always`, also where it is only the default, contradicts a Job that is to end."""
    path, policy = "spec.template.spec.restartPolicy", spec["template"]["spec"]["restartPolicy"]
    if policy == "Always":
        yield required(path, 'valid values: "OnFailure", "Never"')
    elif policy not in ("OnFailure", "Never"):
        yield not_supported(path, policy, ("OnFailure", "Never"))
    elif spec.get("podFailurePolicy") is not None and policy != "Never":
        yield invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')


def _selector(spec: Body) -> Iterable[FieldError]:
    selector = spec.get("selector")
    if selector is None:
        yield required("spec.selector")
    problems = templates.selector_errors(selector)
    yield from problems or templates.selector_mismatch(selector, spec["template"])


def _host_names(body: Body) -> Iterable[FieldError]:
    """Pods of an Indexed Job are called after it and their number; that must be a host name."""
    spec, name = body["spec"], body["metadata"].get("name") or ""
    if spec["completionMode"] == "Indexed" and (spec.get("completions") or 0) > 0:
        longest = f"{name}-{spec['completions'] - 1}"
        if names.dns_label(longest):
            yield invalid("metadata.name", name, f"will not able to create pod with invalid DNS label: {longest}")


def _unchanged(spec: Body, old: Body) -> Iterable[FieldError]:
    yield from _completions(spec, old)
    yield from immutable(spec.get("selector"), old.get("selector"), "spec.selector")
    before = _steered(old["template"], spec["template"]) if old.get("suspend") else old["template"]
    yield from immutable(spec["template"], before, "spec.template")
    for field in FIXED:
        yield from immutable(spec.get(field), old.get(field), f"spec.{field}")


def _steered(old: Body, new: Body) -> Body:
    """The old template with what may change while a Job is suspended: where its pods run, and their labels."""
    spec, wanted = copy.deepcopy(old["spec"]), new["spec"]
    for field in ("nodeSelector", "tolerations", "schedulingGates"):
        _take(spec, wanted, field)
    affinity = spec.setdefault("affinity", {})
    _take(affinity, wanted.get("affinity") or {}, "nodeAffinity")
    if not affinity and not wanted.get("affinity"):
        _take(spec, wanted, "affinity")
    metadata = {**old.get("metadata", {})}
    for field in ("annotations", "labels"):
        _take(metadata, new.get("metadata") or {}, field)
    return {**old, "metadata": metadata, "spec": spec}


def _take(into: Body, source: Body, field: str) -> None:
    into.pop(field, None)
    if field in source:
        into[field] = source[field]


def _completions(spec: Body, old: Body) -> Iterable[FieldError]:
    """An Indexed Job may grow or shrink as long as all of its pods run at once."""
    new = spec.get("completions")
    if spec["completionMode"] != "Indexed":
        yield from immutable(new, old.get("completions"), "spec.completions")
    elif new != old.get("completions") and new != spec.get("parallelism"):
        yield invalid("spec.completions", new, "can only be modified in tandem with spec.parallelism")
