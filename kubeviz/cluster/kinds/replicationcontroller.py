"""ReplicationController: defaults and rules (ValidateReplicationControllerSpec in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, invalid, required
from ..selectors import matches
from . import templates
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
warnings = templates.named_warnings


def default(body: Body) -> None:
    """The template's labels are its selector and its own labels where these are missing."""
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    if "template" in spec:
        templates.default(body)
    found = (spec.get("template") or {}).get("metadata", {}).get("labels") or {}
    if found and not spec.get("selector"):
        spec["selector"] = dict(found)
    if found and not body["metadata"].get("labels"):
        body["metadata"]["labels"] = dict(found)
    body.setdefault("status", {"replicas": 0})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *non_negative(spec, "minReadySeconds"),
        *_selector(spec),
        *non_negative(spec, "replicas"),
        *_template(spec),
    ]


def _template(spec: Body) -> Iterable[FieldError]:
    if "template" not in spec:
        yield required("spec.template")
        return
    yield from _mismatch(spec)
    yield from templates.validate(spec["template"])
    yield from templates.long_running(spec["template"], "ReplicationController")


def _selector(spec: Body) -> Iterable[FieldError]:
    if not spec.get("selector"):
        yield required("spec.selector")


def _mismatch(spec: Body) -> Iterable[FieldError]:
    found = spec["template"]["metadata"].get("labels")
    if not matches(spec.get("selector") or {}, found or {}):
        yield invalid("spec.template.metadata.labels", found, templates.MISMATCH)
