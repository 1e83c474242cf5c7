"""Namespace: defaults and rules (pkg/apis/core)."""

from typing import Any

from .. import names
from ..errors import FieldError

Body = dict[str, Any]
NAME = names.dns_label


def default(body: Body) -> None:
    """The label with its own name lets selectors find a namespace by name."""
    name = body["metadata"].get("name")
    if name:
        body["metadata"].setdefault("labels", {})["kubernetes.io/metadata.name"] = name
    body.setdefault("spec", {}).setdefault("finalizers", ["kubernetes"])
    body.setdefault("status", {}).setdefault("phase", "Active")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return []


def warnings(body: Body) -> list[str]:
    return []
