"""PersistentVolumes."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import UNKNOWN, Column, age

COLUMNS = (
    *map(Column, ("Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass")),
    *map(Column, ("VolumeAttributesClass", "Reason", "Age")),
    Column("VolumeMode", 1),
)
SHORT = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"}


def access_modes(modes: list[str] | None) -> str:
    return ",".join(short for mode, short in SHORT.items() if mode in (modes or ()))


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    spec, claim = obj.spec, obj.spec.get("claimRef") or {}
    return (
        obj.name,
        str((spec.get("capacity") or {}).get("storage", "")),
        access_modes(spec.get("accessModes")),
        spec.get("persistentVolumeReclaimPolicy") or "Retain",
        "Terminating" if obj.terminating else obj.status.get("phase") or "",
        f"{claim['namespace']}/{claim['name']}" if claim else "",
        spec.get("storageClassName") or "",
        spec.get("volumeAttributesClassName") or "<unset>",
        obj.status.get("reason") or "",
        age(obj, now),
        spec.get("volumeMode") or UNKNOWN,
    )
