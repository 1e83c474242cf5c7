"""Environment variables of a container, given or taken from elsewhere (ValidateEnv in pkg/apis/core/validation)."""

import re
from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, invalid, not_supported, required

Body = dict[str, Any]
FIELD_PATHS = ("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
               "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs")  # fmt: skip
RESOURCE_FIELDS = (
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
)


def variables(found: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, variable in enumerate(found):
        name = variable.get("name") or ""
        if not name:
            yield required(f"{path}[{i}].name")
        else:
            yield from each_invalid(f"{path}[{i}].name", name, names.env_name(name))
        if variable.get("valueFrom") is not None:
            yield from _value_from(variable, f"{path}[{i}].valueFrom")


def _value_from(variable: Body, path: str) -> Iterable[FieldError]:
    source = variable["valueFrom"]
    if source.get("fieldRef") is not None:
        yield from _field_ref(source["fieldRef"], f"{path}.fieldRef")
    if source.get("resourceFieldRef") is not None:
        yield from _resource_ref(source["resourceFieldRef"], f"{path}.resourceFieldRef")
    for field in ("configMapKeyRef", "secretKeyRef"):
        if source.get(field) is not None:
            yield from _key_ref(source[field], f"{path}.{field}")
    if not source:
        yield invalid(
            path,
            "",
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
        )
    elif variable.get("value"):
        yield invalid(path, "", "may not be specified when `value` is not empty")
    elif len(source) > 1:
        yield invalid(path, "", "may not have more than one field specified at a time")


def _field_ref(ref: Body, path: str) -> Iterable[FieldError]:
    wanted = ref.get("fieldPath") or ""
    if not wanted:
        yield required(f"{path}.fieldPath")
        return
    if re.fullmatch(r"metadata\.(annotations|labels)\['[^']+'\]", wanted):
        return
    if not re.match(r"(metadata|spec|status)\.", wanted):
        yield invalid(f"{path}.fieldPath", wanted, f"error converting fieldPath: field label not supported: {wanted}")
    elif wanted not in FIELD_PATHS:
        yield not_supported(f"{path}.fieldPath", wanted, FIELD_PATHS)


def _resource_ref(ref: Body, path: str) -> Iterable[FieldError]:
    resource = ref.get("resource") or ""
    if not resource:
        yield required(f"{path}.resource")
    elif resource not in RESOURCE_FIELDS and not resource.startswith(("limits.hugepages-", "requests.hugepages-")):
        yield not_supported(f"{path}.resource", resource, RESOURCE_FIELDS)


def _key_ref(ref: Body, path: str) -> Iterable[FieldError]:
    yield from each_invalid(f"{path}.name", ref.get("name") or "", names.dns_subdomain(ref.get("name") or ""))
    if not ref.get("key"):
        yield required(f"{path}.key")
    else:
        yield from each_invalid(f"{path}.key", ref["key"], names.config_key(ref["key"]))


def sources(found: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, source in enumerate(found):
        here = f"{path}[{i}]"
        if source.get("prefix"):
            yield from each_invalid(f"{here}.prefix", source["prefix"], names.env_name(source["prefix"]))
        given = [field for field in ("configMapRef", "secretRef") if source.get(field) is not None]
        for field in given:
            name = source[field].get("name") or ""
            yield from (
                each_invalid(f"{here}.{field}.name", name, names.dns_subdomain(name))
                if name
                else [required(f"{here}.{field}.name")]
            )
        if not given:
            yield invalid(path, "", "must specify one of: `configMapRef` or `secretRef`")
        elif len(given) > 1:
            yield invalid(path, "", "may not have more than one field specified at a time")
