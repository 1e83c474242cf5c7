"""Job: defaults (pkg/apis/batch/v1/defaults.go) and rules (pkg/apis/batch/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, not_supported, required
from ..metadata import immutable
from . import templates
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
COUNTS = ("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished")
FIXED = (
    "selector",
    "template",
    "completionMode",
    "podFailurePolicy",
    "backoffLimitPerIndex",
    "managedBy",
    "successPolicy",
)
warnings = templates.warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    if "completions" not in spec and "parallelism" not in spec:
        spec["completions"] = 1
    for field, value in (
        ("parallelism", 1),
        ("backoffLimit", 6),
        ("completionMode", "NonIndexed"),
        ("suspend", False),
    ):
        spec.setdefault(field, value)
    spec.setdefault("podReplacementPolicy", "Failed" if "podFailurePolicy" in spec else "TerminatingOrFailed")
    templates.default(body)
    body.setdefault("status", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *(error for field in COUNTS for error in non_negative(spec, field)),
        *_selector(spec),
        *_mode(spec),
        *templates.validate(spec["template"]),
        *_restart_policy(spec["template"]["spec"]),
        *(_unchanged(spec, old["spec"]) if old else ()),
    ]


def _selector(spec: Body) -> Iterable[FieldError]:
    """The server makes a Job's selector, unless manualSelector says that the user does."""
    if spec.get("selector") is None:
        return
    if not spec.get("manualSelector"):
        yield templates.invalid_selector(spec["selector"], "`selector` not auto-generated")
    else:
        yield from templates.selector_errors(spec["selector"])
        yield from templates.selector_mismatch(spec["selector"], spec["template"])


def _mode(spec: Body) -> Iterable[FieldError]:
    if spec["completionMode"] not in ("Indexed", "NonIndexed"):
        yield not_supported("spec.completionMode", spec["completionMode"], ("NonIndexed", "Indexed"))
    elif spec["completionMode"] == "Indexed" and spec.get("completions") is None:
        yield required("spec.completions", "when completion mode is Indexed")


def _restart_policy(spec: Body) -> Iterable[FieldError]:
    """`Always`, also where it is only the default, contradicts a Job that is to end."""
    path, policy = "spec.template.spec.restartPolicy", spec["restartPolicy"]
    if policy == "Always":
        yield required(path, 'valid values: "OnFailure", "Never"')
    elif policy not in ("OnFailure", "Never"):
        yield not_supported(path, policy, ("OnFailure", "Never"))


def _unchanged(spec: Body, old: Body) -> Iterable[FieldError]:
    fields = FIXED if spec["completionMode"] == "Indexed" else ("completions", *FIXED)
    for field in fields:
        yield from immutable(spec.get(field), old.get(field), f"spec.{field}")
