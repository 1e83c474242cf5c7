"""Environment variables of a container, as it got them when it started (pkg/kubelet: makeEnvironmentVariables)."""

import re
from typing import Any

from ..cluster import links
from ..cluster.objects import Pod
from ..cluster.state import Cluster
from . import downward

Body = dict[str, Any]
REFERENCE = re.compile(r"\$(?:\$|\(([^)]*)\))")
"""`$(NAME)`, or `$$`, which stands for one `$` (third_party/forked/golang/expansion)."""


def variables(cluster: Cluster, pod: Pod, container: int = 0) -> dict[str, str]:
    """Service variables first, then envFrom, then env, each of which may override the ones before."""
    spec = pod.spec["containers"][container]
    found = links.service_variables(cluster, pod)
    for source in spec.get("envFrom") or ():
        found |= _from_source(cluster, pod, source)
    for entry in spec.get("env") or ():
        value = _value(cluster, pod, spec, entry, found)
        if value is not None:
            found[entry["name"]] = value
    return found


def _from_source(cluster: Cluster, pod: Pod, source: Body) -> dict[str, str]:
    prefix = source.get("prefix") or ""
    for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
        if field in source:
            data = links.data(cluster, pod, kind, source[field].get("name") or "")
            return {f"{prefix}{key}": value for key, value in data.items()}
    return {}


def _value(cluster: Cluster, pod: Pod, container: Body, entry: Body, known: dict[str, str]) -> str | None:
    """None where an optional reference leads nowhere: the variable is then not set at all."""
    source = entry.get("valueFrom")
    if not source:
        return _substitute(str(entry.get("value") or ""), known)[0]
    for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        if field in source:
            return links.data(cluster, pod, kind, source[field].get("name") or "").get(source[field]["key"])
    if "fieldRef" in source:
        return downward.field(pod, source["fieldRef"]["fieldPath"])
    if "resourceFieldRef" in source:
        return downward.resource(cluster, pod, container, source["resourceFieldRef"])
    return None


def expand(cluster: Cluster, pod: Pod, text: str) -> tuple[str, list[str]]:
    """*text* with each $(NAME) replaced; a name that the container does not have stays as it is, and is listed."""
    if "$(" not in text:
        return text, []
    return _substitute(text, variables(cluster, pod))


def _substitute(text: str, known: dict[str, str]) -> tuple[str, list[str]]:
    missing: list[str] = []

    def one(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return "$"
        if name not in known:
            missing.append(name)
            return match[0]
        return known[name]

    return REFERENCE.sub(one, text), missing
