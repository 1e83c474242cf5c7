"""Requests and limits of containers and pods (ValidateContainerResourceRequirements in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names, quantities
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_found_value, not_supported, required

Body = dict[str, Any]
OF_CONTAINERS = ("cpu", "ephemeral-storage", "memory")
STANDARD = frozenset(
    (*OF_CONTAINERS, "storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu",
     "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers",
     "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers")
)  # fmt: skip
HUGE_PAGES = "hugepages-"


def validate(resources: Body, path: str, claims: frozenset[str] = frozenset()) -> Iterable[FieldError]:
    limits, requests = resources.get("limits") or {}, resources.get("requests") or {}
    for name, value in sorted(limits.items()):
        yield from _entry(name, str(value), f"{path}.limits[{name}]")
    for name, value in sorted(requests.items()):
        yield from _entry(name, str(value), f"{path}.requests[{name}]")
        yield from _against_limit(name, str(value), limits, path)
    named = {*limits, *requests}
    if any(n.startswith(HUGE_PAGES) for n in named) and not named & {"cpu", "memory"}:
        yield forbidden(path, "HugePages require cpu or memory")
    yield from _claims(resources.get("claims") or (), claims, f"{path}.claims")


def _entry(name: str, value: str, path: str) -> Iterable[FieldError]:
    yield from _name(name, path)
    yield from quantity(name, value, path)
    if name.startswith(HUGE_PAGES) and not _divisible(name, value):
        yield invalid(path, value, f"{value} is not positive integer multiple of {name}")


def _name(name: str, path: str) -> list[FieldError]:
    """A container asks for CPU, memory, storage, huge pages, or what a device plugin named with a domain."""
    errors = each_invalid(path, name, names.qualified_name(name))
    huge = name.startswith(HUGE_PAGES)
    if "/" not in name:
        if not errors and not huge and name not in STANDARD:
            errors.append(invalid(path, name, "must be a standard resource type or fully qualified"))
        if not huge and name not in OF_CONTAINERS:
            errors.append(invalid(path, name, "must be a standard resource for containers"))
    elif not is_native(name) and not is_extended(name):
        errors.append(invalid(path, name, "doesn't follow extended resource name standard"))
    return errors


def is_native(name: str) -> bool:
    return "/" not in name or "kubernetes.io/" in name


def is_extended(name: str) -> bool:
    return not is_native(name) and not name.startswith("requests.") and not names.qualified_name(f"requests.{name}")


def quantity(name: str, value: str, path: str) -> Iterable[FieldError]:
    """Nothing negative; devices are counted in whole numbers."""
    if quantities.is_negative(value):
        yield invalid(path, value, names.NON_NEGATIVE)
    if is_extended(name) and not quantities.is_whole(value):
        yield invalid(path, value, "must be an integer")


def _divisible(name: str, value: str) -> bool:
    size, asked = quantities.parse(name.removeprefix(HUGE_PAGES)), quantities.parse(value)
    if size is None or asked is None or size.nano <= 0:
        return False
    return asked.nano >= 0 and asked.nano % size.nano == 0


def _against_limit(name: str, value: str, limits: Body, path: str) -> Iterable[FieldError]:
    """No request above its limit; of devices and huge pages exactly the limit."""
    shared = is_native(name) and not name.startswith(HUGE_PAGES)
    if name not in limits:
        if not shared:
            yield required(f"{path}.limits", "Limit must be set for non overcommitable resources")
        return
    limit = str(limits[name])
    order = quantities.compare(value, limit)
    if order and not shared:
        yield invalid(f"{path}.requests", value, f"must be equal to {name} limit of {limit}")
    elif order > 0:
        yield invalid(f"{path}.requests", value, f"must be less than or equal to {name} limit of {limit}")


def _claims(found: Iterable[Body], known: frozenset[str], path: str) -> Iterable[FieldError]:
    """Dynamic resources must be claimed by the pod."""
    seen: set[str] = set()
    for i, claim in enumerate(found):
        name = claim.get("name") or ""
        if not name:
            yield required(f"{path}[{i}]")
            continue
        key = f"{name}/{claim['request']}" if claim.get("request") else name
        if key in seen or name in seen:
            yield duplicate(f"{path}[{i}]", name)
        seen.add(key)
        if name not in known:
            listed = f": {', '.join(sorted(known))}" if known else " which is empty"
            error = not_found_value(f"{path}[{i}]", name)
            yield error._replace(
                message=f"{error.message}: must be one of the names in pod.spec.resourceClaims{listed}"
            )


def of_pod(spec: Body, path: str) -> Iterable[FieldError]:
    """Resources of the pod as a whole, which its containers share."""
    resources = spec.get("resources")
    if resources is None:
        return
    if resources.get("claims") is not None:
        yield forbidden(f"{path}.claims", "claims cannot be set for Resources at pod-level")
    for field in ("limits", "requests"):
        for name, value in sorted((resources.get(field) or {}).items()):
            yield from _of_pod(name, str(value), f"{path}.{field}[{name}]")
            if field == "requests":
                yield from _against_limit(name, str(value), resources.get("limits") or {}, path)


def _of_pod(name: str, value: str, path: str) -> Iterable[FieldError]:
    if name not in ("cpu", "memory") and not name.startswith(HUGE_PAGES):
        yield from each_invalid(path, name, names.qualified_name(name)) or [
            not_supported(path, name, ("cpu", "hugepages-", "memory"))
        ]
    yield from quantity(name, value, path)
