"""ConfigMap: rules (ValidateConfigMap in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, too_long

Body = dict[str, Any]
NAME = names.dns_subdomain
MOST_BYTES = 1 << 20


def default(body: Body) -> None:
    """Nothing is filled in."""


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return [*_content(body), *(kept(body, old, "data", "binaryData") if old else ())]


def _content(body: Body) -> Iterable[FieldError]:
    data, binary = body.get("data") or {}, body.get("binaryData") or {}
    for key in sorted(data):
        yield from each_invalid(f"data[{key}]", key, names.config_key(key))
        if key in binary:
            yield invalid(f"data[{key}]", key, "duplicate of key present in binaryData")
    for key in sorted(binary):
        yield from each_invalid(f"binaryData[{key}]", key, names.config_key(key))
    if sum(len(v.encode()) for v in data.values()) + sum(len(v) * 3 // 4 for v in binary.values()) > MOST_BYTES:
        yield too_long("", MOST_BYTES)


def kept(body: Body, old: Body, *content: str) -> Iterable[FieldError]:
    """What was made immutable stays so, with its content."""
    if not old.get("immutable"):
        return
    for field in ("immutable", *content):
        if body.get(field) != old.get(field):
            yield forbidden(field, "field is immutable when `immutable` is set")


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
