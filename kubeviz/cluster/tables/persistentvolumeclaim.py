"""PersistentVolumeClaims."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import UNKNOWN, age, of
from .persistentvolume import access_modes

COLUMNS = of(
    "Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass", "VolumeAttributesClass", "Age",
    wide=("VolumeMode",),
)  # fmt: skip


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    spec, bound = obj.spec, bool(obj.spec.get("volumeName"))
    return (
        obj.name,
        "Terminating" if obj.terminating else obj.status.get("phase") or "",
        spec.get("volumeName") or "",
        str((obj.status.get("capacity") or {}).get("storage", "")) if bound else "",
        access_modes(obj.status.get("accessModes")) if bound else "",
        spec.get("storageClassName") or "",
        spec.get("volumeAttributesClassName") or "<unset>",
        age(obj, now),
        spec.get("volumeMode") or UNKNOWN,
    )
