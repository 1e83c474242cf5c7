"""Namespace: defaults and rules (pkg/apis/core)."""

from typing import Any

from .. import names
from ..errors import FieldError
from ..metadata import finalizer

Body = dict[str, Any]
NAME = names.dns_label


def default(body: Body) -> None:
    """The label with its own name lets selectors find a namespace by name."""
    name = body["metadata"].get("name")
    if name:
        body["metadata"].setdefault("labels", {})["kubernetes.io/metadata.name"] = name
    finalizers = body.setdefault("spec", {}).setdefault("finalizers", [])
    if "kubernetes" not in finalizers:
        finalizers.append("kubernetes")
    body.setdefault("status", {}).setdefault("phase", "Active")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    if old is not None:
        return []
    path = "spec.finalizers"
    return [error for name in body["spec"]["finalizers"] for error in finalizer(name, path, path)]


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
