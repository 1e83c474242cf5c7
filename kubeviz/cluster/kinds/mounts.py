"""Where a container sees the pod's volumes (ValidateVolumeMounts and -Devices in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_found_value, not_supported, required

Body = dict[str, Any]
PROPAGATION = ("Bidirectional", "HostToContainer", "None")
READ_ONLY = ("Disabled", "Enabled", "IfPossible")
PRIVILEGED_ONLY = "Bidirectional mount propagation is available only to privileged containers"
BLOCK_ONLY = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"


def validate(container: Body, volumes: dict[str, Body], path: str) -> Iterable[FieldError]:
    mounts, devices = container.get("volumeMounts") or (), container.get("volumeDevices") or ()
    seen: set[str] = set()
    for i, mount in enumerate(mounts):
        yield from _mount(mount, volumes, seen, f"{path}.volumeMounts[{i}]")
        yield from _overlap(mount, "mountPath", devices, "devicePath", "volumeDevices", f"{path}.volumeMounts[{i}]")
        yield from _inside(mount, container, f"{path}.volumeMounts", i)
    named: set[str] = set()
    pathed: set[str] = set()
    for i, device in enumerate(devices):
        yield from _device(device, volumes, named, pathed, f"{path}.volumeDevices[{i}]")
        yield from _overlap(device, "devicePath", mounts, "mountPath", "volumeMounts", f"{path}.volumeDevices[{i}]")


def _mount(mount: Body, volumes: dict[str, Body], seen: set[str], path: str) -> Iterable[FieldError]:
    name, where = mount.get("name") or "", mount.get("mountPath") or ""
    if not name:
        yield required(f"{path}.name")
    if name not in volumes:
        yield not_found_value(f"{path}.name", name)
    if not where:
        yield required(f"{path}.mountPath")
    if where in seen:
        yield invalid(f"{path}.mountPath", where, "must be unique")
    seen.add(where)


def _overlap(
    one: Body, field: str, others: Iterable[Body], other_field: str, what: str, path: str
) -> Iterable[FieldError]:
    """A volume is a file system or a device in a container, not both."""
    name, where = one.get("name") or "", one.get(field) or ""
    if any((o.get("name") or "") == name for o in others):
        yield invalid(f"{path}.name", name, f"must not already exist in {what}")
    if any((o.get(other_field) or "") == where for o in others):
        yield invalid(f"{path}.{field}", where, f"must not already exist as a path in {what}")


def _inside(mount: Body, container: Body, path: str, i: int) -> Iterable[FieldError]:
    """Only part of a volume; the API server names some of these fields without the mount's number."""
    sub_path, expression = mount.get("subPath") or "", mount.get("subPathExpr") or ""
    yield from each_invalid(f"{path}.subPath", sub_path, names.descending_path(sub_path))
    if sub_path and expression:
        yield invalid(f"{path}[{i}].subPathExpr", expression, "subPathExpr and subPath are mutually exclusive")
    yield from each_invalid(f"{path}.subPathExpr", expression, names.descending_path(expression))
    yield from _propagation(mount.get("mountPropagation"), container, f"{path}.mountPropagation")
    yield from _recursive(mount, f"{path}.recursiveReadOnly")


def _propagation(mode: str | None, container: Body, path: str) -> Iterable[FieldError]:
    if mode is not None and mode not in PROPAGATION:
        yield not_supported(path, mode, PROPAGATION)
    if mode == "Bidirectional" and not (container.get("securityContext") or {}).get("privileged"):
        yield forbidden(path, PRIVILEGED_ONLY)


def _recursive(mount: Body, path: str) -> Iterable[FieldError]:
    mode = mount.get("recursiveReadOnly")
    if mode in (None, "Disabled"):
        return
    if mode not in READ_ONLY:
        yield not_supported(path, mode, READ_ONLY)
        return
    if not mount.get("readOnly"):
        yield forbidden(path, "may only be specified when readOnly is true")
    if mount.get("mountPropagation") not in (None, "None"):
        yield forbidden(path, "may only be specified when mountPropagation is None or not specified")


def _device(
    device: Body, volumes: dict[str, Body], named: set[str], pathed: set[str], path: str
) -> Iterable[FieldError]:
    name, where = device.get("name") or "", device.get("devicePath") or ""
    if not name:
        yield required(f"{path}.name")
    if name in named:
        yield invalid(f"{path}.name", name, "must be unique")
    volume = volumes.get(name)
    if volume is None:
        yield not_found_value(f"{path}.name", name)
    elif volume.get("persistentVolumeClaim") is None and volume.get("ephemeral") is None:
        yield invalid(f"{path}.name", name, BLOCK_ONLY)
    if not where:
        yield required(f"{path}.devicePath")
    if where in pathed:
        yield invalid(f"{path}.devicePath", where, "must be unique")
    if where and names.no_backsteps(where):
        yield invalid(f"{path}.devicePath", where, "can not contain backsteps ('..')")
    else:
        pathed.add(where)
    named.add(name)
