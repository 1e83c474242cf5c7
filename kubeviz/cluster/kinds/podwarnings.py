"""What is allowed in a pod and seldom meant (pkg/api/pod/warnings.go)."""

from collections.abc import Iterable, Iterator
from typing import Any

from . import quantities

Body = dict[str, Any]
INTEGER = "must be an integer"
GRACE = "terminationGracePeriodSeconds"
OLD_LABELS = {
    "beta.kubernetes.io/arch": 'deprecated since v1.14; use "kubernetes.io/arch" instead',
    "beta.kubernetes.io/os": 'deprecated since v1.14; use "kubernetes.io/os" instead',
    "failure-domain.beta.kubernetes.io/region": 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
    "failure-domain.beta.kubernetes.io/zone": 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    "beta.kubernetes.io/instance-type": 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
}


def warnings(spec: Body, path: str) -> list[str]:
    """Warnings about a pod's spec, which stands at *path*."""
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
        *_twice(spec.get("hostAliases") or (), "ip", f"{path}.hostAliases"),
        *_twice(spec.get("imagePullSecrets") or (), "name", f"{path}.imagePullSecrets"),
        *(text for where, container in every for text in _container(container, where)),
        *_ports(every),
        *_grace(spec, path),
    ]


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
            value = quantities.amount(str(text)) if text is not None else None
            if value is not None and value % 1:
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
            others = known.setdefault((port.get("containerPort"), port.get("protocol")), [])
            yield from (
                f"{here}: {_overlap(port, other)} with {there}" for there, other in others if _overlap(port, other)
            )
            others.append((here, port))
            if name and named.setdefault(name, (here, where))[1] != where:
                first = named[name][0]
                known_name = f'{here}: duplicate port name "{name}" with {first}'
                yield f"{known_name}, services and probes that select ports by name will use {first}"


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
