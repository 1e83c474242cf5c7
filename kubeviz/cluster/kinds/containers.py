"""Containers of a pod: ports, environment, probes, mounts (pkg/apis/core/validation, pkg/api/pod/warnings.go)."""

import re
from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import (
    FieldError,
    duplicate,
    each_invalid,
    forbidden,
    invalid,
    not_found_value,
    not_supported,
    required,
)
from . import quantities

Body = dict[str, Any]
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
ACTIONS = ("exec", "httpGet", "tcpSocket", "grpc")
PULL_POLICIES = ("Always", "IfNotPresent", "Never")
PROTOCOLS = ("SCTP", "TCP", "UDP")
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


def default(container: Body) -> None:
    container.setdefault("resources", {})
    container.setdefault("terminationMessagePath", "/dev/termination-log")
    container.setdefault("terminationMessagePolicy", "File")
    if not container.get("imagePullPolicy"):
        container["imagePullPolicy"] = _pull_policy(container.get("image") or "")
    for port in container.get("ports") or ():
        port.setdefault("protocol", "TCP")
        for field in ("name", "hostPort"):
            if not port.get(field):
                port.pop(field, None)
    for field in PROBES:
        if container.get(field) is not None:
            _default_probe(container[field])
    for variable in container.get("env") or ():
        if "value" in variable and not variable["value"]:
            del variable["value"]
        if (variable.get("valueFrom") or {}).get("fieldRef") is not None:
            variable["valueFrom"]["fieldRef"].setdefault("apiVersion", "v1")


def _pull_policy(image: str) -> str:
    """`latest`, said or meant, is pulled always; a digest or another tag only when it is not there."""
    name, digest, _ = image.rpartition("/")[2].partition("@")
    tag = name.partition(":")[2]
    return "Always" if tag == "latest" or not (tag or digest) else "IfNotPresent"


def _default_probe(probe: Body) -> None:
    for field, value in (
        ("timeoutSeconds", 1),
        ("periodSeconds", 10),
        ("successThreshold", 1),
        ("failureThreshold", 3),
    ):
        if not probe.get(field):
            probe[field] = value
    if probe.get("httpGet") is not None:
        if not probe["httpGet"].get("path"):
            probe["httpGet"]["path"] = "/"
        probe["httpGet"].setdefault("scheme", "HTTP")
    if probe.get("grpc") is not None:
        probe["grpc"].setdefault("service", "")


def validate_all(spec: Body, volumes: set[Any], path: str) -> list[FieldError]:
    """Containers first, then init containers; no two of them share a name."""
    errors: list[FieldError] = []
    found = spec.get("containers") or []
    if not found:
        errors.append(required(f"{path}.containers"))
    seen: set[str] = set()
    for field in ("containers", "initContainers"):
        if field == "initContainers":
            errors += _host_port_conflicts(found, f"{path}.containers")
        for i, container in enumerate(spec.get(field) or ()):
            errors += _container(container, seen, volumes, field == "initContainers", f"{path}.{field}[{i}]")
    return errors


def _container(container: Body, seen: set[str], volumes: set[Any], init: bool, path: str) -> Iterable[FieldError]:
    name, image = container.get("name") or "", container.get("image") or ""
    if not name:
        yield required(f"{path}.name")
    else:
        yield from each_invalid(f"{path}.name", name, names.dns_label(name))
        if name in seen:
            yield duplicate(f"{path}.name", name)
        seen.add(name)
    if not image:
        yield required(f"{path}.image")
    elif image != image.strip():
        yield invalid(f"{path}.image", image, "must not have leading or trailing whitespace")
    if container.get("terminationMessagePolicy") not in ("File", "FallbackToLogsOnError"):
        yield not_supported(
            f"{path}.terminationMessagePolicy",
            container.get("terminationMessagePolicy"),
            ("FallbackToLogsOnError", "File"),
        )
    yield from _ports(container.get("ports") or (), f"{path}.ports")
    yield from _env(container.get("env") or (), f"{path}.env")
    yield from _env_from(container.get("envFrom") or (), f"{path}.envFrom")
    yield from _mounts(container.get("volumeMounts") or (), volumes, f"{path}.volumeMounts")
    if container.get("imagePullPolicy") not in PULL_POLICIES:
        yield not_supported(f"{path}.imagePullPolicy", container.get("imagePullPolicy"), PULL_POLICIES)
    yield from quantities.validate_requirements(container.get("resources") or {}, f"{path}.resources")
    yield from _probes(container, init and container.get("restartPolicy") != "Always", path)


def _ports(ports: Iterable[Body], path: str) -> Iterable[FieldError]:
    seen: set[str] = set()
    for i, port in enumerate(ports):
        here, name, number = f"{path}[{i}]", port.get("name") or "", port.get("containerPort") or 0
        if name:
            complaints = names.port_name(name)
            yield from each_invalid(f"{here}.name", name, complaints)
            if not complaints and name in seen:
                yield duplicate(f"{here}.name", name)
            seen.add(name)
        if not number:
            yield required(f"{here}.containerPort")
        else:
            yield from each_invalid(f"{here}.containerPort", number, names.port_number(number))
        if port.get("hostPort"):
            yield from each_invalid(f"{here}.hostPort", port["hostPort"], names.port_number(port["hostPort"]))
        protocol = port.get("protocol") or ""
        if protocol not in PROTOCOLS:
            yield (not_supported(f"{here}.protocol", protocol, PROTOCOLS) if protocol else required(f"{here}.protocol"))


def _host_port_conflicts(containers: Iterable[Body], path: str) -> Iterable[FieldError]:
    """One port of the host serves one container (checkHostPortConflicts)."""
    seen: set[str] = set()
    for i, container in enumerate(containers):
        for j, port in enumerate(container.get("ports") or ()):
            if not port.get("hostPort"):
                continue
            key = f"{port.get('protocol')}/{port.get('hostIP') or ''}/{port['hostPort']}"
            if key in seen:
                yield duplicate(f"{path}[{i}].ports[{j}].hostPort", key)
            seen.add(key)


def _env(variables: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, variable in enumerate(variables):
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
    if ref.get("name"):
        yield from each_invalid(f"{path}.name", ref["name"], names.dns_subdomain(ref["name"]))
    if not ref.get("key"):
        yield required(f"{path}.key")
    else:
        yield from each_invalid(f"{path}.key", ref["key"], names.config_key(ref["key"]))


def _env_from(sources: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, source in enumerate(sources):
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
            yield invalid(here, "", "must specify one of: `configMapRef` or `secretRef`")
        elif len(given) > 1:
            yield invalid(here, "", "may not have more than one field specified at a time")


def _mounts(mounts: Iterable[Body], volumes: set[Any], path: str) -> Iterable[FieldError]:
    seen: set[str] = set()
    for i, mount in enumerate(mounts):
        here, name, where = f"{path}[{i}]", mount.get("name") or "", mount.get("mountPath") or ""
        if not name:
            yield required(f"{here}.name")
        if name not in volumes:
            yield not_found_value(f"{here}.name", name)
        if not where:
            yield required(f"{here}.mountPath")
        if where in seen:
            yield invalid(f"{here}.mountPath", where, "must be unique")
        seen.add(where)
        if ".." in (mount.get("subPath") or "").split("/"):
            yield invalid(f"{here}.subPath", mount["subPath"], "must not contain '..'")


def _probes(container: Body, init: bool, path: str) -> Iterable[FieldError]:
    for field in ("lifecycle", *PROBES):
        if container.get(field) is None:
            continue
        if init:
            yield forbidden(f"{path}.{field}", "may not be set for init containers without restartPolicy=Always")
        elif field != "lifecycle":
            yield from _probe(container[field], field, f"{path}.{field}")


def _probe(probe: Body, field: str, path: str) -> Iterable[FieldError]:
    yield from _action(probe, path)
    for name in (
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ):
        if (probe.get(name) or 0) < 0:
            yield invalid(f"{path}.{name}", probe[name], names.NON_NEGATIVE)
    if (probe.get("terminationGracePeriodSeconds") or 1) <= 0:
        yield invalid(
            f"{path}.terminationGracePeriodSeconds",
            probe["terminationGracePeriodSeconds"],
            "must be greater than 0",
        )
    if field == "readinessProbe" and probe.get("terminationGracePeriodSeconds") is not None:
        yield invalid(
            f"{path}.terminationGracePeriodSeconds",
            probe["terminationGracePeriodSeconds"],
            "must not be set for readinessProbes",
        )
    if field != "readinessProbe" and probe.get("successThreshold") != 1:
        yield invalid(f"{path}.successThreshold", probe.get("successThreshold") or 0, "must be 1")


def _action(probe: Body, path: str) -> Iterable[FieldError]:
    given = [action for action in ACTIONS if probe.get(action) is not None]
    for extra in given[1:]:
        yield forbidden(f"{path}.{extra}", "may not specify more than 1 handler type")
    if not given:
        yield required(path, "must specify a handler type")
        return
    action, found = given[0], probe[given[0]]
    if action == "exec" and not found.get("command"):
        yield required(f"{path}.exec.command")
    if action in ("httpGet", "tcpSocket", "grpc"):
        yield from _action_port(found.get("port") or 0, f"{path}.{action}.port")
    if action == "httpGet" and found.get("scheme") not in ("HTTP", "HTTPS"):
        yield not_supported(f"{path}.httpGet.scheme", found.get("scheme"), ("HTTP", "HTTPS"))


def _action_port(port: int | str, path: str) -> list[FieldError]:
    return each_invalid(path, port, names.port_name(port) if isinstance(port, str) else names.port_number(port))


def warnings(spec: Body, path: str) -> list[str]:
    """Duplicates that are allowed and seldom meant."""
    found: list[str] = []
    every = [
        (f"{path}.{field}[{i}]", c)
        for field in ("initContainers", "containers")
        for i, c in enumerate(spec.get(field) or ())
    ]
    for where, container in every:
        found += _env_warnings(container.get("env") or (), where)
    return [*found, *_port_warnings(every)]


def _env_warnings(variables: Iterable[Body], where: str) -> Iterable[str]:
    seen: dict[str, str] = {}
    for i, variable in enumerate(variables):
        name, value = variable.get("name") or "", variable.get("value") or ""
        if name in seen and f"$({name})" not in value:
            yield f'{where}.env[{i}]: hides previous definition of "{name}", which may be dropped when using apply'
        seen[name] = value


def _port_warnings(every: list[tuple[str, Body]]) -> Iterable[str]:
    numbers: dict[tuple[Any, ...], str] = {}
    named: dict[str, tuple[str, str]] = {}
    for where, container in every:
        own: dict[tuple[Any, ...], str] = {}
        for i, port in enumerate(container.get("ports") or ()):
            here = f"{where}.ports[{i}]"
            key = (
                port.get("containerPort"),
                port.get("protocol"),
                port.get("hostIP") or "",
                port.get("hostPort") or 0,
            )
            if key in own:
                yield f"{here}: duplicate port definition with {own[key]}"
            elif key in numbers:
                yield f"{here}: duplicate port definition with {numbers[key]}"
            own.setdefault(key, here)
            name = port.get("name") or ""
            if name and name in named and named[name][1] != where:
                first = named[name][0]
                known = f'{here}: duplicate port name "{name}" with {first}'
                yield f"{known}, services and probes that select ports by name will use {first}"
            elif name:
                named.setdefault(name, (here, where))
        numbers = {**own, **numbers}
