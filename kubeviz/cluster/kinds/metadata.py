"""ObjectMeta: names, labels, annotations (apimachinery/pkg/api/validation/objectmeta.go)."""

from collections.abc import Callable
from typing import Any

from ..app import AppError
from ..app import parse as parse_app
from ..errors import FieldError, forbidden, invalid, required
from .checks import Errors, all_invalid, dns_label, dns_subdomain, labels, qualified_name

APP = "kubeviz.dev/app"
MOST_ANNOTATIONS = 256 << 10
# Which kinds are named by a DNS label, not a subdomain.
LABEL_NAMES = {"Service", "Namespace"}
PATH_NAMES = {"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"}


def name_check(kind: str) -> Callable[[str], list[str]]:
    if kind in LABEL_NAMES:
        return dns_label
    if kind in PATH_NAMES:
        return lambda name: [f"may not contain '{bad}'" for bad in ("/", "%") if bad in name]
    return dns_subdomain


def validate(body: dict[str, Any]) -> Errors:
    metadata = body["metadata"]
    check = name_check(body["kind"])
    errors: Errors = []
    generate = metadata.get("generateName") or ""
    if generate:
        errors += all_invalid("metadata.generateName", generate, check(generate.rstrip("-") or generate))
    name = metadata.get("name") or ""
    if not name:
        errors.append(required("metadata.name", "name or generateName is required"))
    else:
        errors += all_invalid("metadata.name", name, check(name))
    errors += labels(metadata.get("labels"), "metadata.labels")
    return errors + annotations(metadata.get("annotations"), "metadata.annotations")


def annotations(found: dict[str, str] | None, field: str) -> Errors:
    errors: Errors = []
    for key in found or {}:
        errors += all_invalid(field, key, qualified_name(key.lower()))
    if sum(len(k) + len(v) for k, v in (found or {}).items()) > MOST_ANNOTATIONS:
        errors.append(FieldError("FieldValueTooLong", field, f"Too long: may not be more than {MOST_ANNOTATIONS} bytes"))
    return errors + app(found, field)


def app(found: dict[str, str] | None, field: str) -> Errors:
    """kubeviz's own annotation says what an app can do."""
    text = (found or {}).get(APP)
    if text is None:
        return []
    try:
        parse_app(text)
    except AppError as error:
        return [FieldError("FieldValueInvalid", f"{field}[{APP}]", f"Invalid value: {error}")]
    return []


def validate_update(body: dict[str, Any], old: dict[str, Any]) -> Errors:
    errors: Errors = []
    for field in ("name", "uid"):
        if body["metadata"].get(field) != old["metadata"].get(field):
            errors.append(invalid(f"metadata.{field}", body["metadata"].get(field), "field is immutable"))
    return errors


__all__ = ["annotations", "forbidden", "validate", "validate_update"]
