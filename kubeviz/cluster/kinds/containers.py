"""Containers of a pod: ports, environment, probes, mounts (pkg/apis/core/validation, pkg/api/pod/warnings.go)."""

from collections.abc import Iterable, Iterator
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
from . import environment, quantities

Body = dict[str, Any]
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
ACTIONS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
MESSAGE_POLICIES = ("File", "FallbackToLogsOnError")
PULL_POLICIES = ("Always", "IfNotPresent", "Never")
PROTOCOLS = ("SCTP", "TCP", "UDP")


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


def validate_all(spec: Body, volumes: set[Any], path: str) -> Iterator[FieldError]:
    """Containers, then init containers; no two of them share a name."""
    found = spec.get("containers") or []
    seen: set[str] = set()
    if not found:
        yield required(f"{path}.containers")
    for i, container in enumerate(found):
        here = f"{path}.containers[{i}]"
        yield from _common(container, volumes, here)
        yield from _unique_name(container, seen, here)
        yield from _probes(container, here)
        if container.get("restartPolicy") is not None:
            yield forbidden(f"{here}.restartPolicy", "may not be set for non-init containers")
    yield from _host_port_conflicts(found, f"{path}.containers")
    for i, container in enumerate(spec.get("initContainers") or ()):
        yield from _init_container(container, volumes, seen, f"{path}.initContainers[{i}]")


def _unique_name(container: Body, seen: set[str], path: str) -> Iterator[FieldError]:
    name = container.get("name") or ""
    if name in seen:
        yield duplicate(f"{path}.name", name)
    seen.add(name)


def _init_container(container: Body, volumes: set[Any], seen: set[str], path: str) -> Iterator[FieldError]:
    """With restartPolicy Always it is a sidecar, which may have probes."""
    yield from _common(container, volumes, path)
    policy = container.get("restartPolicy")
    if policy not in (None, "Always"):
        yield not_supported(f"{path}.restartPolicy", policy, ("Always",))
    yield from _unique_name(container, seen, path)
    if policy == "Always":
        yield from _probes(container, path)
        return
    for field in ("lifecycle", *PROBES):
        if container.get(field) is not None:
            yield forbidden(f"{path}.{field}", "may not be set for init containers without restartPolicy=Always")


def _common(container: Body, volumes: set[Any], path: str) -> Iterator[FieldError]:
    name = container.get("name") or ""
    if not name:
        yield required(f"{path}.name")
    else:
        yield from each_invalid(f"{path}.name", name, names.dns_label(name))
    if not container.get("image"):
        yield required(f"{path}.image")
    if container["terminationMessagePolicy"] not in MESSAGE_POLICIES:
        yield not_supported(f"{path}.terminationMessagePolicy", container["terminationMessagePolicy"], MESSAGE_POLICIES)
    yield from _ports(container.get("ports") or (), f"{path}.ports")
    yield from environment.variables(container.get("env") or (), f"{path}.env")
    yield from environment.sources(container.get("envFrom") or (), f"{path}.envFrom")
    yield from _mounts(container.get("volumeMounts") or (), volumes, f"{path}.volumeMounts")
    if container["imagePullPolicy"] not in PULL_POLICIES:
        yield not_supported(f"{path}.imagePullPolicy", container["imagePullPolicy"], PULL_POLICIES)
    yield from quantities.validate_requirements(container.get("resources") or {}, f"{path}.resources")


def image_spaces(spec: Body, path: str) -> Iterator[FieldError]:
    """Only a pod's image is held to this; a template's may be padded."""
    for field in ("containers", "initContainers"):
        for i, container in enumerate(spec.get(field) or ()):
            image = container.get("image") or ""
            if image != image.strip():
                yield invalid(f"{path}.{field}[{i}].image", image, "must not have leading or trailing whitespace")


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
        sub_path = mount.get("subPath") or ""
        if sub_path.startswith("/"):
            yield invalid(f"{path}.subPath", sub_path, "must be a relative path")
        if ".." in sub_path.split("/"):
            yield invalid(f"{path}.subPath", sub_path, "must not contain '..'")


def _probes(container: Body, path: str) -> Iterable[FieldError]:
    for hook in ("postStart", "preStop"):
        found = (container.get("lifecycle") or {}).get(hook)
        if found is not None:
            yield from _action(found, f"{path}.lifecycle.{hook}")
    for field in PROBES:
        if container.get(field) is not None:
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
    if action == "httpGet" and found.get("scheme", "HTTP") not in ("HTTP", "HTTPS"):
        yield not_supported(f"{path}.httpGet.scheme", found.get("scheme"), ("HTTP", "HTTPS"))


def _action_port(port: int | str, path: str) -> list[FieldError]:
    return each_invalid(path, port, names.port_name(port) if isinstance(port, str) else names.port_number(port))
