"""What is allowed in a pod and seldom meant (pkg/api/pod/warnings.go)."""

from collections.abc import Iterable, Iterator
from typing import Any

from .. import names, quantities
from . import scheduling

Body = dict[str, Any]
INTEGER = "must be an integer"
SYSCTLS = 'non-functional in v1.11+; use the "sysctls" field instead'
OLD_ANNOTATIONS = {
    "scheduler.alpha.kubernetes.io/critical-pod": 'non-functional in v1.16+; use the "priorityClassName" field instead',
    "security.alpha.kubernetes.io/sysctls": SYSCTLS,
    "security.alpha.kubernetes.io/unsafe-sysctls": SYSCTLS,
}
OLD_VOLUMES = {
    "photonPersistentDisk": "deprecated in v1.11, non-functional in v1.16+",
    "gitRepo": "deprecated in v1.11, and disabled by default in v1.33+",
    "scaleIO": "deprecated in v1.16, non-functional in v1.22+",
    "flocker": "deprecated in v1.22, non-functional in v1.25+",
    "storageos": "deprecated in v1.22, non-functional in v1.25+",
    "quobyte": "deprecated in v1.22, non-functional in v1.25+",
    "glusterfs": "deprecated in v1.25, non-functional in v1.26+",
    "cephfs": "deprecated in v1.28, non-functional in v1.31+",
    "rbd": "deprecated in v1.28, non-functional in v1.31+",
}
SECCOMP = "seccomp.security.alpha.kubernetes.io/pod"
SECCOMP_OF = "seccomp.security.alpha.kubernetes.io/"
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
NO_SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead'
SHOWN = {"storageos": "storageOS"}
GRACE = "terminationGracePeriodSeconds"
OLD_LABELS = {
    "beta.kubernetes.io/arch": 'deprecated since v1.14; use "kubernetes.io/arch" instead',
    "beta.kubernetes.io/os": 'deprecated since v1.14; use "kubernetes.io/os" instead',
    "failure-domain.beta.kubernetes.io/region": 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
    "failure-domain.beta.kubernetes.io/zone": 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    "beta.kubernetes.io/instance-type": 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
}


def warnings(metadata: Body, spec: Body, at: str = "") -> list[str]:
    """Warnings about a pod, or about the template that stands at *at*."""
    path, annotations = _join(at, "spec"), _join(at, "metadata.annotations")
    every = [
        (f"{path}.{field}[{i}]", container)
        for field in ("initContainers", "containers")
        for i, container in enumerate(spec.get(field) or ())
    ]
    return [
        *(
            f"{path}.nodeSelector[{k}]: {OLD_LABELS[k]}"
            for k in sorted(spec.get("nodeSelector") or ())
            if k in OLD_LABELS
        ),
        *_affinity(spec, path),
        *_spread(spec, path),
        *(
            f"{annotations}[{k}]: {text}"
            for k, text in OLD_ANNOTATIONS.items()
            if k in (metadata.get("annotations") or {})
        ),
        *_volumes(spec.get("volumes") or (), path),
        *_twice(spec.get("hostAliases") or (), "ip", f"{path}.hostAliases"),
        *_twice(spec.get("imagePullSecrets") or (), "name", f"{path}.imagePullSecrets"),
        *(
            f'{path}.imagePullSecrets[{i}].name: invalid empty name ""'
            for i, secret in enumerate(spec.get("imagePullSecrets") or ())
            if not secret.get("name")
        ),
        *_profiles(metadata.get("annotations") or {}, spec, annotations),
        *(text for where, container in every for text in _container(container, where)),
        *_ports(every),
        *_grace(spec, path),
        *_addresses(spec, path),
    ]


def _profiles(found: Body, spec: Body, path: str) -> Iterator[str]:
    """Annotations that became fields of the security contexts."""
    whole = spec.get("securityContext") or {}
    if SECCOMP in found and whole.get("seccompProfile") is None:
        yield f"{path}[{SECCOMP}]: {NO_SECCOMP}"
    for container in (*(spec.get("initContainers") or ()), *(spec.get("containers") or ())):
        context, name = container.get("securityContext") or {}, container.get("name") or ""
        if f"container.{SECCOMP_OF}{name}" in found and context.get("seccompProfile") is None:
            yield f"{path}[container.{SECCOMP_OF}{name}]: {NO_SECCOMP}"
        armored = context.get("appArmorProfile") is not None or whole.get("appArmorProfile") is not None
        if APP_ARMOR + name in found and not armored:
            yield f'{path}[{APP_ARMOR}{name}]: deprecated since v1.30; use the "appArmorProfile" field instead'


def _join(at: str, field: str) -> str:
    return f"{at}.{field}" if at else field


def _affinity(spec: Body, path: str) -> Iterator[str]:
    """Labels that nodes no longer bear, in the terms of nodeAffinity."""
    found = (spec.get("affinity") or {}).get("nodeAffinity") or {}
    here = f"{path}.affinity.nodeAffinity"
    hard = (found.get(scheduling.HARD) or {}).get("nodeSelectorTerms") or ()
    terms = [(f"{here}.{scheduling.HARD}.nodeSelectorTerms[{i}]", term) for i, term in enumerate(hard)]
    soft = found.get(scheduling.SOFT) or ()
    terms += [(f"{here}.{scheduling.SOFT}[{i}].preference", t.get("preference") or {}) for i, t in enumerate(soft)]
    for where, term in terms:
        for i, requirement in enumerate(term.get("matchExpressions") or ()):
            key = requirement.get("key")
            if key in OLD_LABELS:
                yield f"{where}.matchExpressions[{i}].key: {key} is {OLD_LABELS[key]}"


def _spread(spec: Body, path: str) -> Iterator[str]:
    for i, rule in enumerate(spec.get("topologySpreadConstraints") or ()):
        here, key = f"{path}.topologySpreadConstraints[{i}]", rule.get("topologyKey")
        if key in OLD_LABELS:
            yield f"{here}.topologyKey: {key} is {OLD_LABELS[key]}"
        if rule.get("labelSelector") is None:
            yield f"{here}.labelSelector: a null labelSelector results in matching no pod"


def _volumes(found: Iterable[Body], path: str) -> Iterator[str]:
    for i, volume in enumerate(found):
        for plugin, text in OLD_VOLUMES.items():
            if volume.get(plugin) is not None:
                yield f"{path}.volumes[{i}].{SHOWN.get(plugin, plugin)}: {text}"


def _addresses(spec: Body, path: str) -> Iterator[str]:
    for i, server in enumerate((spec.get("dnsConfig") or {}).get("nameservers") or ()):
        yield from names.ip_warnings(server, f"{path}.dnsConfig.nameservers[{i}]")
    for i, alias in enumerate(spec.get("hostAliases") or ()):
        yield from names.ip_warnings(alias.get("ip") or "", f"{path}.hostAliases[{i}].ip")


def _twice(items: Iterable[Body], key: str, path: str) -> Iterator[str]:
    seen: set[str] = set()
    for i, item in enumerate(items):
        value = item.get(key) or ""
        if value in seen:
            yield f'{path}[{i}].{key}: duplicate {key} "{value}"'
        seen.add(value)


def _grace(spec: Body, path: str) -> Iterator[str]:
    if (spec.get(GRACE) or 0) < 0:
        yield f"{path}.{GRACE}: must be >= 0; negative values are invalid and will be treated as 1"


def _container(container: Body, where: str) -> Iterator[str]:
    resources = container.get("resources") or {}
    for name in ("memory", "ephemeral-storage"):
        for field in ("limits", "requests"):
            text = (resources.get(field) or {}).get(name)
            if text is not None and not quantities.is_whole(str(text)):
                yield f'{where}.resources.{field}[{name}]: fractional byte value "{text}" is invalid, {INTEGER}'
    yield from _environment(container.get("env") or (), where)


def _environment(variables: Iterable[Body], where: str) -> Iterator[str]:
    """A second definition that builds on the first is meant; any other hides it."""
    seen: set[str] = set()
    for i, variable in enumerate(variables):
        name, value = variable.get("name") or "", variable.get("value") or ""
        builds = f"$({name})" in value and value != f"$({name})" and variable.get("valueFrom") is None
        if name in seen and not builds:
            yield f'{where}.env[{i}]: hides previous definition of "{name}", which may be dropped when using apply'
        seen.add(name)


def _ports(every: list[tuple[str, Body]]) -> Iterator[str]:
    """One port declared twice in a pod, and one name declared in two containers."""
    known: dict[tuple[Any, Any], list[tuple[str, Body]]] = {}
    named: dict[str, tuple[str, str]] = {}
    for where, container in every:
        for i, port in enumerate(container.get("ports") or ()):
            here, name = f"{where}.ports[{i}]", port.get("name") or ""
            if port.get("hostIP") and not port.get("hostPort"):
                yield f"{here}: hostIP set without hostPort: {_port_as_go(port)}"
            others = known.setdefault((port.get("containerPort"), port.get("protocol")), [])
            yield from (
                f"{here}: {_overlap(port, other)} with {there}" for there, other in others if _overlap(port, other)
            )
            others.append((here, port))
            if name and named.setdefault(name, (here, where))[1] != where:
                first = named[name][0]
                known_name = f'{here}: duplicate port name "{name}" with {first}'
                yield f"{known_name}, services and probes that select ports by name will use {first}"


def _port_as_go(port: Body) -> str:
    """Go's %+v of a container port."""
    values = {
        "Name": port.get("name") or "",
        "HostPort": 0,
        "ContainerPort": port.get("containerPort") or 0,
        "Protocol": port.get("protocol") or "",
        "HostIP": port.get("hostIP"),
    }
    return f"{{{' '.join(f'{name}:{value}' for name, value in values.items())}}}"


def _overlap(one: Body, other: Body) -> str:
    """How two definitions of one container port stand to each other; nothing when they do not collide."""
    ips, ports = (
        [p.get(field) or default for p in (one, other)] for field, default in (("hostIP", ""), ("hostPort", 0))
    )
    if ips[0] == ips[1] and ports[0] == ports[1]:
        return "duplicate port definition"
    if 0 in ports:
        return "overlapping port definition"
    if ports[0] == ports[1] and "" in ips:
        return "dangerously ambiguous port definition"
    return ""
