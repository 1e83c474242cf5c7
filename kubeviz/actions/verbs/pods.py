"""What is done to a pod: its app's answer to the readiness probe, and its health."""

import json
import re
from typing import Any

from ...cluster import safe_yaml
from ...cluster.apiserver import Transaction
from ...cluster.objects import APP_ANNOTATION, Pod


def set_ready(tx: Transaction, target: Pod, ready: bool) -> dict[str, Any]:
    return _set(tx, target, "ready", "true" if ready else "false")


def crash(tx: Transaction, target: Pod) -> dict[str, Any]:
    return _set(tx, target, "state", "crash")


def recover(tx: Transaction, target: Pod) -> dict[str, Any]:
    return _set(tx, target, "state", "running")


def _set(tx: Transaction, target: Pod, field: str, value: str) -> dict[str, Any]:
    app = with_field(target.annotations.get(APP_ANNOTATION) or "", field, value)
    tx.patch(target.key, {"metadata": {"annotations": {APP_ANNOTATION: app}}})
    return {"app": app.strip()}


def with_field(app: str, field: str, value: str) -> str:
    """The annotation with one top-level field set; its other lines and comments stay."""
    if app.lstrip().startswith("{"):
        return json.dumps({**safe_yaml.load(app), field: safe_yaml.load(value)}, ensure_ascii=False)
    line = f"{field}: {value}"
    changed, count = re.subn(rf"(?m)^{field}:(?:.*)$(?:\n[ \t]+.*$)*", line, app)
    if count:
        return changed
    return f"{app}{'' if not app or app.endswith(chr(10)) else chr(10)}{line}\n"
