"""Environment variables of a container, given or taken from elsewhere (ValidateEnv in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names, quantities
from ..errors import FieldError, each_invalid, invalid, not_supported, required

Body = dict[str, Any]
FIELD_PATHS = ("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
               "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs")  # fmt: skip
CONVERTIBLE = (*FIELD_PATHS, "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName",
               "status.phase", "spec.host")  # fmt: skip
HUGE_PAGES = ("limits.hugepages-", "requests.hugepages-")
BYTES = ("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei")
UNITS = {"memory": "memory", "ephemeral-storage": "local ephemeral storage", "hugepages": "hugepages"}
ONE_SOURCE = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
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
        yield from field_ref(source["fieldRef"], f"{path}.fieldRef", FIELD_PATHS)
    if source.get("resourceFieldRef") is not None:
        yield from resource_ref(source["resourceFieldRef"], f"{path}.resourceFieldRef")
    for field in ("configMapKeyRef", "secretKeyRef"):
        if source.get(field) is not None:
            yield from _key_ref(source[field], f"{path}.{field}")
    if source.get("fileKeyRef") is not None:
        yield from _file_ref(source["fileKeyRef"], f"{path}.fileKeyRef")
    if not source:
        yield invalid(path, "", ONE_SOURCE)
    elif variable.get("value"):
        yield invalid(path, "", "may not be specified when `value` is not empty")
    elif len(source) > 1:
        yield invalid(path, "", "may not have more than one field specified at a time")


def field_ref(ref: Body, path: str, allowed: tuple[str, ...]) -> Iterable[FieldError]:
    """A field of the pod itself; one label or annotation is named in brackets."""
    version, wanted = ref.get("apiVersion") or "", ref.get("fieldPath") or ""
    if not version or not wanted:
        yield required(f"{path}.fieldPath" if version else f"{path}.apiVersion")
        return
    base, bracket, key = wanted.removesuffix("']").partition("['") if wanted.endswith("']") else (wanted, "", "")
    subscripted = bool(base and bracket)
    problem = _unknown_field(version, wanted, base, subscripted)
    if problem:
        yield invalid(f"{path}.fieldPath", wanted, f"error converting fieldPath: {problem}")
    elif subscripted:
        name = key.lower() if base == "metadata.annotations" else key
        yield from each_invalid(path, name, names.qualified_name(name))
    elif wanted not in allowed:
        shown = "spec.nodeName" if wanted == "spec.host" else wanted
        if shown not in allowed:
            yield not_supported(f"{path}.fieldPath", shown, allowed)


def _unknown_field(version: str, wanted: str, base: str, subscripted: bool) -> str:
    """What ConvertDownwardAPIFieldLabel complains about."""
    if version != "v1":
        return f"unsupported pod version: {version}"
    if subscripted:
        known = base in ("metadata.annotations", "metadata.labels")
        return "" if known else f"field label does not support subscript: {wanted}"
    return "" if wanted in CONVERTIBLE else f"field label not supported: {wanted}"


def resource_ref(ref: Body, path: str, in_volume: bool = False) -> Iterable[FieldError]:
    """A container's own request or limit, in a unit."""
    resource = ref.get("resource") or ""
    if in_volume and not ref.get("containerName"):
        yield required(f"{path}.containerName")
    elif not resource:
        yield required(f"{path}.resource")
    elif resource not in RESOURCE_FIELDS and not resource.startswith(HUGE_PAGES):
        yield not_supported(f"{path}.resource", resource, RESOURCE_FIELDS)
    divisor = ref.get("divisor")
    if divisor is not None and quantities.compare(divisor, "0") != 0:
        yield from _divisor(resource, quantities.canonical(str(divisor)), f"{path}.divisor")


def _divisor(resource: str, divisor: str, path: str) -> Iterable[FieldError]:
    what = "hugepages" if resource.startswith(HUGE_PAGES) else resource.partition(".")[2]
    if what == "cpu":
        if divisor not in ("1m", "1"):
            yield invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource")
    elif what in UNITS and divisor not in BYTES:
        listed = ", ".join(BYTES)
        yield invalid(path, resource, f"only divisor's values {listed} are supported with the {UNITS[what]} resource")


def _file_ref(ref: Body, path: str) -> Iterable[FieldError]:
    """A variable from a file that another container wrote."""
    for field, check in (("volumeName", names.dns_label), ("path", names.descending_path), ("key", names.env_name)):
        value = ref.get(field) or ""
        yield from each_invalid(f"{path}.{field}", value, check(value)) if value else [required(f"{path}.{field}")]


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
