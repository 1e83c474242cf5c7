"""What every object's metadata must be, on creation and afterwards (apimachinery/pkg/api/validation/objectmeta.go)."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from . import names
from .errors import FieldError, each_invalid, forbidden, invalid, required, too_long

Body = dict[str, Any]
NameCheck = Callable[[str], tuple[str, ...]]
IMMUTABLE = "field is immutable"
MOST_ANNOTATION_BYTES = 256 * 1024
PATH = r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+"


def validate(metadata: Body, namespaced: bool, name_check: NameCheck, path: str = "metadata") -> list[FieldError]:
    """Errors in the order in which the API server finds them: names, namespace, labels, annotations, owners."""
    return [
        *_names(metadata, name_check, path),
        *_namespace(metadata, namespaced, path),
        *labels(metadata.get("labels"), f"{path}.labels"),
        *annotations(metadata.get("annotations"), f"{path}.annotations"),
        *_owners(metadata.get("ownerReferences") or (), f"{path}.ownerReferences"),
        *_finalizers(metadata.get("finalizers") or (), f"{path}.finalizers"),
    ]


def _names(metadata: Body, check: NameCheck, path: str) -> Iterable[FieldError]:
    prefix, name = metadata.get("generateName") or "", metadata.get("name") or ""
    if prefix:
        yield from each_invalid(f"{path}.generateName", prefix, check(_masked(prefix)))
    if name:
        yield from each_invalid(f"{path}.name", name, check(name))
    else:
        yield required(f"{path}.name", "name or generateName is required")


def _masked(prefix: str) -> str:
    """The generated name goes on behind a trailing dash, so that one is no mistake."""
    return prefix[:-1] + "a" if len(prefix) > 1 and prefix.endswith("-") else prefix


def _namespace(metadata: Body, namespaced: bool, path: str) -> Iterable[FieldError]:
    namespace = metadata.get("namespace") or ""
    if namespaced and not namespace:
        yield required(f"{path}.namespace")
    elif namespaced:
        yield from each_invalid(f"{path}.namespace", namespace, names.dns_label(namespace))
    elif namespace:
        yield forbidden(f"{path}.namespace", "not allowed on this type")


def labels(found: dict[str, str] | None, path: str) -> list[FieldError]:
    """Keys are qualified names, values at most 63 bytes."""
    errors: list[FieldError] = []
    for key, value in sorted((found or {}).items()):
        errors += each_invalid(path, key, names.qualified_name(key))
        errors += each_invalid(path, value, names.label_value(value))
    return errors


def annotations(found: dict[str, str] | None, path: str) -> list[FieldError]:
    """Keys are qualified names of either case; together with the values at most 256 KiB."""
    errors: list[FieldError] = []
    for key in sorted(found or ()):
        errors += each_invalid(path, key, names.qualified_name(key.lower()))
    if sum(len(k.encode()) + len(v.encode()) for k, v in (found or {}).items()) > MOST_ANNOTATION_BYTES:
        errors.append(too_long(path, MOST_ANNOTATION_BYTES))
    return errors


def _owners(owners: Iterable[Body], path: str) -> Iterable[FieldError]:
    """Each owner is named fully, and at most one of them is the controller."""
    controller = ""
    for i, owner in enumerate(owners):
        here = f"{path}[{i}]"
        for field in ("apiVersion", "kind", "name", "uid"):
            if not owner.get(field):
                value = owner.get(field) or ""
                yield invalid(
                    f"{here}.{field}",
                    value,
                    "version must not be empty" if field == "apiVersion" else "must not be empty",
                )
        if owner.get("apiVersion") == "v1" and owner.get("kind") == "Event":
            yield invalid(here, owner, "/v1, Kind=Event is disallowed from being an owner")
        if owner.get("controller"):
            named = f"{owner.get('kind', '')}/{owner.get('name', '')}"
            if controller:
                text = 'Only one reference can have Controller set to true. Found "true" in references for'
                yield invalid(path, [_in_order(o) for o in owners], f"{text} {controller} and {named}")
            controller = controller or named


def _in_order(owner: Body) -> Body:
    """As Go's structure has it."""
    fields = ("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion")
    return {field: owner[field] for field in fields if field in owner}


def _finalizers(found: Iterable[str], path: str) -> Iterable[FieldError]:
    for i, name in enumerate(found):
        yield from finalizer(name, path, f"{path}[{i}]")


def finalizer(name: str, path: str, item: str) -> Iterable[FieldError]:
    """One of the server's own, or a name with a domain."""
    yield from each_invalid(path, name, names.qualified_name(name))
    if "/" not in name and name not in ("orphan", "foregroundDeletion", "kubernetes"):
        yield invalid(item, name, "name is neither a standard finalizer name nor is it fully qualified")


def validate_update(metadata: Body, old: Body, path: str = "metadata") -> list[FieldError]:
    """Name, namespace, uid and creation time never change; what is going is not held by anything new."""
    errors = list(_new_finalizers(metadata, old, path))
    for field in ("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"):
        errors += immutable(metadata.get(field), old.get(field), f"{path}.{field}")
    return errors


def _new_finalizers(metadata: Body, old: Body, path: str) -> Iterable[FieldError]:
    new = sorted(set(metadata.get("finalizers") or ()) - set(old.get("finalizers") or ()))
    if new and old.get("deletionTimestamp"):
        listed = ", ".join(names.quoted(name) for name in new)
        text = "no new finalizers can be added if the object is being deleted, found new finalizers"
        yield forbidden(f"{path}.finalizers", f"{text} []string{{{listed}}}")


def immutable(new: Any, old: Any, path: str) -> list[FieldError]:
    return [] if new == old else [invalid(path, new, IMMUTABLE)]


def domain_prefixed_path(value: str, path: str) -> list[FieldError]:
    """A domain, a slash and a path, such as k8s.io/ingress-nginx (IsDomainPrefixedPath)."""
    domain, _, rest = value.partition("/")
    if not value:
        return [required(path)]
    if not domain or not rest:
        return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')]
    errors = each_invalid(path, domain, names.dns_subdomain(domain))
    if not re.fullmatch(PATH, rest):
        errors.append(invalid(path, rest, f"Invalid path (regex used for validation is '{PATH}')"))
    return errors


def label_selector(selector: Body | None, path: str) -> list[FieldError]:
    """A metav1.LabelSelector (apimachinery/pkg/apis/meta/v1/validation)."""
    errors: list[FieldError] = []
    if not selector:
        return errors
    errors += labels(selector.get("matchLabels"), f"{path}.matchLabels")
    for i, requirement in enumerate(selector.get("matchExpressions") or ()):
        errors += _requirement(requirement, f"{path}.matchExpressions[{i}]")
    return errors


def _requirement(requirement: Body, path: str) -> Iterable[FieldError]:
    operator, values = requirement.get("operator") or "", requirement.get("values") or []
    if operator in ("In", "NotIn"):
        if not values:
            yield required(f"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'")
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            yield forbidden(f"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
    else:
        yield invalid(f"{path}.operator", operator, "not a valid selector operator")
    yield from each_invalid(
        f"{path}.key", requirement.get("key") or "", names.qualified_name(requirement.get("key") or "")
    )
    for i, value in enumerate(values):
        yield from each_invalid(f"{path}.values[{i}]", value, names.label_value(value))
