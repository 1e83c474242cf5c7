"""ConfigMaps and Secrets that a pod needs before its containers can start (pkg/kubelet: makeEnvironmentVariables,
pkg/volume/configmap, secret, projected). What is optional may be missing."""

from collections.abc import Iterator
from typing import NamedTuple

from ..cluster.changes import Body
from ..cluster.objects import Pod
from ..cluster.state import Cluster

ENV = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))
ENV_KEYS = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))
PROJECTED = (("configMap", "ConfigMap"), ("secret", "Secret"))


class Need(NamedTuple):
    """A ConfigMap or Secret, and those of its keys that are asked for."""

    kind: str
    name: str
    keys: tuple[str, ...] = ()


def unset(cluster: Cluster, pod: Pod) -> dict[str, str]:
    """Of each container that cannot be made for lack of a value, why."""
    found = {}
    for container in pod.spec["containers"]:
        why = next((why for need in _of_container(container) if (why := _lacking(cluster, pod, need, False))), "")
        if why:
            found[container["name"]] = why
    return found


def unmounted(cluster: Cluster, pod: Pod) -> tuple[str, str] | None:
    """The first volume that cannot be filled, and why."""
    for name, need in _of_volumes(pod):
        if why := _lacking(cluster, pod, need, True):
            return name, why
    return None


def needs(pod: Pod) -> set[tuple[str, str]]:
    """Kind and name of all that is needed."""
    listed = [need for container in pod.spec["containers"] for need in _of_container(container)]
    listed += [need for _, need in _of_volumes(pod)]
    return {(need.kind, need.name) for need in listed}


def _of_container(container: Body) -> Iterator[Need]:
    for source in container.get("envFrom") or ():
        yield from _named(source, ENV)
    for entry in container.get("env") or ():
        yield from _named(entry.get("valueFrom") or {}, ENV_KEYS)


def _named(source: Body, fields: tuple[tuple[str, str], ...]) -> Iterator[Need]:
    for field, kind in fields:
        found = source.get(field)
        if found and not found.get("optional"):
            keys = (found["key"],) if "key" in found else tuple(i["key"] for i in found.get("items") or ())
            yield Need(kind, found.get("name") or found.get("secretName") or "", keys)


def _of_volumes(pod: Pod) -> Iterator[tuple[str, Need]]:
    for volume in pod.spec.get("volumes") or ():
        for source in (volume, *((volume.get("projected") or {}).get("sources") or ())):
            for need in _named(source, PROJECTED):
                yield volume["name"], need


def _lacking(cluster: Cluster, pod: Pod, need: Need, mounted: bool) -> str:
    """In the kubelet's words; "" where all is there."""
    found = cluster.get(need.kind, pod.namespace, need.name)
    if found is None:
        return f'{need.kind.lower()} "{need.name}" not found'
    there = {
        *(found.body.get("data") or ()),
        *(found.body.get("binaryData") or ()),
        *(found.body.get("stringData") or ()),
    }
    key = next((key for key in need.keys if key not in there), "")
    if not key:
        return ""
    if mounted:
        return f"references non-existent {'config' if need.kind == 'ConfigMap' else 'secret'} key: {key}"
    return f"couldn't find key {key} in {need.kind} {pod.namespace}/{need.name}"
