"""ReplicaSet: defaults and rules (ValidateReplicaSetSpec in pkg/apis/apps/validation)."""

from typing import Any

from .. import names
from ..errors import FieldError
from . import templates
from .deployment import selector_and_template
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
warnings = templates.named_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    spec.setdefault("replicas", 1)
    templates.default(body)
    body.setdefault("status", {"replicas": 0})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    """The empty selector's message says `deployment` here too: so does the API server."""
    spec = body["spec"]
    return [
        *non_negative(spec, "replicas"),
        *non_negative(spec, "minReadySeconds"),
        *selector_and_template(spec, "deployment"),
        *(templates.selector_kept(spec, old["spec"]) if old else ()),
    ]
