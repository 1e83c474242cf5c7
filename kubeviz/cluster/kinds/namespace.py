"""Namespace."""

from .checks import Body


def default(body: Body) -> None:
    """Every namespace bears its own name as a label, so that policies can select it."""
    metadata = body["metadata"]
    labels = metadata.get("labels") or {}
    if metadata.get("name"):
        metadata["labels"] = {**labels, "kubernetes.io/metadata.name": metadata["name"]}
    body["spec"] = {**(body.get("spec") or {}), "finalizers": ["kubernetes"]}
    body.setdefault("status", {"phase": "Active"})
