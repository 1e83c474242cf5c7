"""Volumes of a pod: only as far as a pod without storage needs them (ValidateVolumes in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, required

Body = dict[str, Any]
FILE_MODE = 0o644
WITH_MODE = ("configMap", "secret", "downwardAPI", "projected")


def default(volumes: Iterable[Body]) -> None:
    """A volume that names no source is an emptyDir."""
    for volume in volumes:
        if set(volume) <= {"name"}:
            volume["emptyDir"] = {}
        for source in WITH_MODE:
            if volume.get(source) is not None:
                volume[source].setdefault("defaultMode", FILE_MODE)
        if volume.get("hostPath") is not None:
            volume["hostPath"].setdefault("type", "")


def validate(volumes: Iterable[Body], path: str) -> Iterable[FieldError]:
    seen: set[str] = set()
    for i, volume in enumerate(volumes):
        here, name = f"{path}[{i}]", volume.get("name") or ""
        sources = [field for field in volume if field != "name"]
        for extra in sources[1:]:
            yield forbidden(f"{here}.{extra}", "may not specify more than 1 volume type")
        yield from _source(volume, sources[0] if sources else "", here)
        if not name:
            yield required(f"{here}.name")
        else:
            yield from each_invalid(f"{here}.name", name, names.dns_label(name))
            if name in seen:
                yield duplicate(f"{here}.name", name)
            seen.add(name)


def _source(volume: Body, source: str, path: str) -> Iterable[FieldError]:
    needed = {
        "configMap": "name",
        "secret": "secretName",
        "hostPath": "path",
        "persistentVolumeClaim": "claimName",
    }
    if source in needed and not volume[source].get(needed[source]):
        yield required(f"{path}.{source}.{needed[source]}")
