"""Containers of a pod: defaults and rules (validateContainers in pkg/apis/core/validation)."""

from collections.abc import Iterable, Iterator
from typing import Any

from .. import names
from ..errors import (
    FieldError,
    duplicate,
    each_invalid,
    forbidden,
    invalid,
    not_supported,
    required,
)
from . import environment, mounts, probes, resources, security
from .defaults import fill

Body = dict[str, Any]
RESTART_POLICIES = ("Always", "Never", "OnFailure")
RESIZE_POLICIES = ("NotRequired", "RestartContainer")
MESSAGE_POLICIES = ("File", "FallbackToLogsOnError")
PULL_POLICIES = ("Always", "IfNotPresent", "Never")
PROTOCOLS = ("SCTP", "TCP", "UDP")


def default(container: Body) -> None:
    container.setdefault("resources", {})
    fill(container, "terminationMessagePath", "/dev/termination-log")
    fill(container, "terminationMessagePolicy", "File")
    fill(container, "imagePullPolicy", pull_policy(container.get("image") or ""))
    for port in container.get("ports") or ():
        fill(port, "protocol", "TCP")
        for field in ("name", "hostPort"):
            if not port.get(field):
                port.pop(field, None)
    probes.default(container)
    for variable in container.get("env") or ():
        if "value" in variable and not variable["value"]:
            del variable["value"]
        if (variable.get("valueFrom") or {}).get("fieldRef") is not None:
            fill(variable["valueFrom"]["fieldRef"], "apiVersion", "v1")


def pull_policy(image: str) -> str:
    """`latest`, said or meant, is pulled always; a digest or another tag only when it is not there."""
    name, digest, _ = image.rpartition("/")[2].partition("@")
    tag = name.partition(":")[2]
    return "Always" if tag == "latest" or not (tag or digest) else "IfNotPresent"


def validate_all(spec: Body, volumes: dict[str, Body], path: str) -> Iterator[FieldError]:
    """Containers, then init containers; no two of them share a name."""
    found = spec.get("containers") or []
    if not found:
        yield required(f"{path}.containers")
    seen: set[str] = set()
    for i, container in enumerate(found):
        here, name = f"{path}.containers[{i}]", container.get("name") or ""
        yield from _common(container, spec, volumes, here)
        if name in seen:
            yield duplicate(f"{here}.name", name)
        seen.add(name)
        yield from probes.validate(container, spec["terminationGracePeriodSeconds"], here)
        yield from _restart_policy(container, here)
    yield from _host_port_conflicts(found, f"{path}.containers")
    for i, container in enumerate(spec.get("initContainers") or ()):
        yield from _init_container(container, spec, volumes, seen, f"{path}.initContainers[{i}]")


def _restart_policy(container: Body, path: str) -> Iterator[FieldError]:
    """A container may restart otherwise than its pod."""
    policy = container.get("restartPolicy")
    if policy is None:
        if container.get("restartPolicyRules"):
            yield required(f"{path}.restartPolicy", "must specify restartPolicy when restart rules are used")
    elif policy not in RESTART_POLICIES:
        yield not_supported(f"{path}.restartPolicy", policy, RESTART_POLICIES)


def _init_container(
    container: Body, spec: Body, volumes: dict[str, Body], seen: set[str], path: str
) -> Iterator[FieldError]:
    """With restartPolicy Always it is a sidecar, which may have probes."""
    name = container.get("name") or ""
    yield from _common(container, spec, volumes, path)
    yield from _restart_policy(container, path)
    if name in seen:
        yield duplicate(f"{path}.name", name)
    elif name:
        seen.add(name)
    yield from _host_port_conflicts([container], path.rpartition("[")[0])
    if container.get("restartPolicy") == "Always":
        yield from probes.validate(container, spec["terminationGracePeriodSeconds"], path)
        return
    for field in ("lifecycle", *probes.PROBES):
        if container.get(field) is not None:
            yield forbidden(f"{path}.{field}", "may not be set for init containers without restartPolicy=Always")


def _common(container: Body, spec: Body, volumes: dict[str, Body], path: str) -> Iterator[FieldError]:
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
    yield from mounts.validate(container, volumes, path)
    if container["imagePullPolicy"] not in PULL_POLICIES:
        yield not_supported(f"{path}.imagePullPolicy", container["imagePullPolicy"], PULL_POLICIES)
    claims = frozenset(claim.get("name") or "" for claim in spec.get("resourceClaims") or ()) - {""}
    yield from resources.validate(container.get("resources") or {}, f"{path}.resources", claims)
    yield from _resize_policy(container.get("resizePolicy") or (), spec, f"{path}.resizePolicy")
    yield from security.of_container(container, f"{path}.securityContext", spec.get("hostUsers") is not False)


def _resize_policy(found: Iterable[Body], spec: Body, path: str) -> Iterator[FieldError]:
    """What becomes of the container when its CPU or memory is changed while it runs."""
    seen: set[str] = set()
    for i, policy in enumerate(found):
        name, restart = policy.get("resourceName") or "", policy.get("restartPolicy") or ""
        if name in seen:
            yield duplicate(f"{path}[{i}]", name)
        seen.add(name)
        for value, allowed in ((name, ("cpu", "memory")), (restart, RESIZE_POLICIES)):
            if value not in allowed:
                yield not_supported(path, value, allowed) if value else required(path)
        if spec.get("restartPolicy") == "Never" and restart != "NotRequired":
            yield invalid(path, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'")


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
