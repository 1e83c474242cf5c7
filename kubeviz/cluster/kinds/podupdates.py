"""What may change about a pod that exists (ValidatePodUpdate in pkg/apis/core/validation)."""

import copy
from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, required
from . import podspec, scheduling

Body = dict[str, Any]
UPDATABLE = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"  # noqa: E501
GRACE, DEADLINE = "terminationGracePeriodSeconds", "activeDeadlineSeconds"
CHECKED_APART = ("tolerations", DEADLINE, "schedulingGates")


def validate(spec: Body, old: Body) -> list[FieldError]:
    errors: list[FieldError] = []
    for field in ("containers", "initContainers"):
        if len(spec.get(field) or ()) != len(old.get(field) or ()):
            return [*errors, forbidden(f"spec.{field}", "pod updates may not add or remove containers")]
        errors += _images(spec.get(field) or (), f"spec.{field}")
    deadline = list(_deadline(spec.get(DEADLINE), old.get(DEADLINE)))
    if deadline and spec.get(DEADLINE) is not None:
        return [*errors, *deadline]
    errors += [*deadline, *_tolerations(spec, old), *_gates(spec, old)]
    if _fixed(spec, old) != _fixed(old, old):
        errors.append(forbidden("spec", f"pod updates may not change fields other than {UPDATABLE}\n"))
    return errors


def _images(containers: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, container in enumerate(containers):
        image, here = container.get("image") or "", f"{path}[{i}].image"
        if not image:
            yield required(here)
        if image != image.strip():
            yield invalid(here, image, "must not have leading or trailing whitespace")


def _deadline(new: int | None, old: int | None) -> Iterable[FieldError]:
    """A deadline may be set once and then only come nearer."""
    path = f"spec.{DEADLINE}"
    if new is None:
        if old is not None:
            yield invalid(path, None, "must not update from a positive integer to nil value")
    elif names.between(new, 0, (1 << 31) - 1):
        yield from each_invalid(path, new, names.between(new, 0, (1 << 31) - 1))
    elif old is not None and old < new:
        yield invalid(path, new, "must be less than or equal to previous value")


def _tolerations(spec: Body, old: Body) -> Iterable[FieldError]:
    """Tolerations may be added; of one that was there only the seconds may change."""
    new = spec.get("tolerations") or []
    now = [_without_seconds(toleration) for toleration in new]
    if not all(_without_seconds(toleration) in now for toleration in old.get("tolerations") or ()):
        yield forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")
    else:
        yield from scheduling.tolerations(new, "spec.tolerations")


def _without_seconds(toleration: Body) -> Body:
    return {k: v for k, v in toleration.items() if k != "tolerationSeconds"}


def _gates(spec: Body, old: Body) -> Iterable[FieldError]:
    known = {gate.get("name") for gate in old.get("schedulingGates") or ()}
    for i, gate in enumerate(spec.get("schedulingGates") or ()):
        if gate.get("name") not in known:
            text = f"only deletion is allowed, but found new scheduling gate '{gate.get('name') or ''}'"
            yield forbidden(f"spec.schedulingGates[{i}].name", text)


def _fixed(spec: Body, old: Body) -> Body:
    """What is left of *spec* without what may change. A pod at a gate may still be steered to other nodes."""
    rest = copy.deepcopy({k: v for k, v in spec.items() if k not in CHECKED_APART})
    for container in podspec.all_containers(rest):
        container.pop("image", None)
    if old.get(GRACE, 0) < 0 and rest.get(GRACE) in (1, old[GRACE]):
        rest.pop(GRACE)
    if old.get("schedulingGates"):
        rest.pop("nodeSelector", None)
        (rest.get("affinity") or {}).pop("nodeAffinity", None)
        rest = {k: v for k, v in rest.items() if k != "affinity" or v}
    return rest
