"""StorageClasses."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age")
DEFAULT = "storageclass.kubernetes.io/is-default-class"


def is_default(obj: Obj) -> bool:
    return obj.annotations.get(DEFAULT) == "true"


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    body = obj.body
    return (
        obj.name + (" (default)" if is_default(obj) else ""),
        body.get("provisioner") or "",
        body.get("reclaimPolicy") or "Delete",
        body.get("volumeBindingMode") or "Immediate",
        str(bool(body.get("allowVolumeExpansion"))).lower(),
        age(obj, now),
    )
