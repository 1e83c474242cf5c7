"""Nodes."""

from datetime import datetime
from typing import Any

from ..objects import Node
from .columns import NONE, UNKNOWN, age, of

COLUMNS = of(
    "Name", "Status", "Roles", "Age", "Version",
    wide=("Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"),
)  # fmt: skip
ROLE_PREFIX, ROLE = "node-role.kubernetes.io/", "kubernetes.io/role"


def status(node: Node) -> str:
    """Ready, NotReady or Unknown, and whether it takes new pods."""
    ready = node.condition("Ready")
    found = "Ready" if ready == "True" else "NotReady" if ready else "Unknown"
    return found + (",SchedulingDisabled" if node.spec.get("unschedulable") else "")


def roles(node: Node) -> str:
    found = {key.removeprefix(ROLE_PREFIX) for key in node.labels if key.startswith(ROLE_PREFIX)}
    found.add(node.labels.get(ROLE, ""))
    return ",".join(sorted(found - {""})) or NONE


def cells(node: Node, now: datetime) -> tuple[Any, ...]:
    info = node.status.get("nodeInfo") or {}
    architecture = f" ({info['architecture']})" if info.get("architecture") else ""
    kernel = info.get("kernelVersion")
    return (
        node.name,
        status(node),
        roles(node),
        age(node, now),
        info.get("kubeletVersion") or "",
        node.internal_ip or NONE,
        node.external_ip or NONE,
        info.get("osImage") or UNKNOWN,
        f"{kernel}{architecture}" if kernel else UNKNOWN,
        info.get("containerRuntimeVersion") or UNKNOWN,
    )
