"""Environment variables of a container, as it got them when it started."""

import re

from ..cluster.links import service_variables
from ..cluster.objects import Pod
from ..cluster.state import Cluster

REFERENCE = re.compile(r"\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")


def variables(cluster: Cluster, pod: Pod, container: int = 0) -> dict[str, str]:
    """Service variables first, then envFrom, then env, each of which may override the ones before (kubelet order)."""
    spec = pod.spec["containers"][container]
    found = dict(service_variables(cluster, pod))
    for source in spec.get("envFrom") or ():
        found |= _from_source(cluster, pod, source)
    for entry in spec.get("env") or ():
        value = _value(cluster, pod, entry, found)
        if value is not None:
            found[entry["name"]] = value
    return found


def _from_source(cluster: Cluster, pod: Pod, source: dict[str, object]) -> dict[str, str]:
    reference = source.get("configMapRef")
    data = _config_map(cluster, pod, reference["name"]) if isinstance(reference, dict) else {}
    prefix = source.get("prefix") or ""
    return {f"{prefix}{key}": value for key, value in data.items()}


def _config_map(cluster: Cluster, pod: Pod, name: str) -> dict[str, str]:
    found = cluster.get("ConfigMap", pod.namespace, name)
    return (found.body.get("data") or {}) if found else {}


def _value(cluster: Cluster, pod: Pod, entry: dict[str, object], known: dict[str, str]) -> str | None:
    source = entry.get("valueFrom")
    if not isinstance(source, dict):
        return _substitute(str(entry.get("value") or ""), known)[0]
    if "configMapKeyRef" in source:
        reference = source["configMapKeyRef"]
        return _config_map(cluster, pod, reference["name"]).get(reference["key"])
    if "fieldRef" in source:
        return _field(pod, source["fieldRef"]["fieldPath"])
    return None


def _field(pod: Pod, path: str) -> str | None:
    """The downward API's fields of a pod."""
    simple = {
        "metadata.name": pod.name,
        "metadata.namespace": pod.namespace,
        "metadata.uid": pod.uid,
        "spec.nodeName": pod.node,
        "spec.serviceAccountName": pod.spec.get("serviceAccountName") or "default",
        "status.hostIP": pod.status.get("hostIP"),
        "status.podIP": pod.ip,
    }
    if path in simple:
        return simple[path]
    section, _, key = path.partition("['")
    values = {"metadata.labels": pod.labels, "metadata.annotations": pod.annotations}.get(section, {})
    return values.get(key.rstrip("']"))


def expand(cluster: Cluster, pod: Pod, text: str) -> tuple[str, list[str]]:
    """*text* with each $(NAME) replaced; a name that the container does not have stays as it is, and is listed."""
    if "$(" not in text:
        return text, []
    return _substitute(text, variables(cluster, pod))


def _substitute(text: str, known: dict[str, str]) -> tuple[str, list[str]]:
    missing: list[str] = []

    def one(match: re.Match[str]) -> str:
        if match[1] not in known:
            missing.append(match[1])
            return match[0]
        return known[match[1]]

    return REFERENCE.sub(one, text.replace("$$", "\0")).replace("\0", "$"), missing
