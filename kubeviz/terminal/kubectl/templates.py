"""Pod templates inside objects: where they are, and copies with a change."""

from collections.abc import Callable
from typing import Any

from ...cluster.changes import Body
from ...cluster.editing import with_value
from ...cluster.objects import Obj

PATHS: dict[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
USUAL = ("spec", "template", "spec")


def pod_spec(body: Body) -> Body | None:
    """The pod spec that an object holds, or None where it holds none."""
    found: Any = body
    for step in PATHS.get(body["kind"], USUAL):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) and "containers" in found else None


def with_pod_spec(obj: Obj, change: Callable[[Body], Body]) -> Body:
    spec = pod_spec(obj.body)
    assert spec is not None
    return with_value(obj.body, PATHS.get(obj.kind, USUAL), change(spec))


def with_containers(spec: Body, names: set[str] | None, change: Callable[[Body], Body]) -> Body:
    """Changes the containers of these names; None means all."""
    changed = dict(spec)
    for key in ("initContainers", "containers"):
        if key in spec and (key == "containers" or names is not None):
            changed[key] = [change(c) if names is None or c["name"] in names else c for c in spec[key]]
    return changed
