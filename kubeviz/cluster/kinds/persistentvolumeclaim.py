"""PersistentVolumeClaim: defaults and rules (ValidatePersistentVolumeClaimSpec). Nothing provides a volume here."""

from collections.abc import Iterable
from typing import Any

from .. import names, quantities
from ..errors import FieldError, each_invalid, invalid, not_supported, required
from ..metadata import label_selector
from .defaults import fill

Body = dict[str, Any]
NAME = names.dns_subdomain
MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")


def default(body: Body) -> None:
    body.setdefault("spec", {}).setdefault("volumeMode", "Filesystem")
    fill(body.setdefault("status", {}), "phase", "Pending")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_modes(spec.get("accessModes") or ()),
        *label_selector(spec.get("selector"), "spec.selector"),
        *_storage(((spec.get("resources") or {}).get("requests") or {}).get("storage")),
        *_class(spec.get("storageClassName")),
        *_volume_mode(spec["volumeMode"]),
    ]


def _modes(modes: Iterable[str]) -> Iterable[FieldError]:
    if not modes:
        yield required("spec.accessModes", "at least 1 access mode is required")
    for mode in modes:
        if mode not in MODES:
            yield not_supported("spec.accessModes", mode, MODES)


def _storage(size: Any) -> Iterable[FieldError]:
    path = "spec.resources[storage]"
    if size is None:
        yield required(path)
    elif quantities.compare(size, "0") <= 0:
        yield invalid(path, str(size), "must be greater than zero")


def _class(name: str | None) -> list[FieldError]:
    return each_invalid("spec.storageClassName", name, names.dns_subdomain(name)) if name else []


def _volume_mode(mode: str) -> Iterable[FieldError]:
    if mode not in ("Block", "Filesystem"):
        yield not_supported("spec.volumeMode", mode, ("Block", "Filesystem"))


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
