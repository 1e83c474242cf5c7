"""What is done to a pod: its app's answer to the readiness probe, and its health."""

import shlex
from typing import Any

from ...cluster.apiserver import Transaction
from ...cluster.app import with_field
from ...cluster.objects import APP_ANNOTATION, Pod


def set_ready(tx: Transaction, target: Pod, ready: bool) -> dict[str, Any]:
    return _set(tx, target, "ready", "true" if ready else "false")


def crash(tx: Transaction, target: Pod) -> dict[str, Any]:
    return _set(tx, target, "state", "crash")


def recover(tx: Transaction, target: Pod) -> dict[str, Any]:
    return _set(tx, target, "state", "running")


def _set(tx: Transaction, target: Pod, field: str, value: str) -> dict[str, Any]:
    app = with_field(target.annotations.get(APP_ANNOTATION) or "", field, value).strip()
    tx.patch(target.key, {"metadata": {"annotations": {APP_ANNOTATION: app}}})
    return {"app": shlex.quote(app)}
