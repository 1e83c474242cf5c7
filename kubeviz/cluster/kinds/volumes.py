"""Volumes of a pod (ValidateVolumes in pkg/apis/core/validation): not simulated, but their form is checked."""

from collections.abc import Callable, Iterable
from typing import Any

from .. import names, quantities
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required
from . import environment
from .defaults import fill

Body = dict[str, Any]
FILE_MODE = 0o644
WITH_MODE = ("configMap", "secret", "downwardAPI", "projected")
ONE_TYPE = "may not specify more than 1 volume type"
MODE_TEXT = "must be a number between 0 and 0777 (octal), both inclusive"
HOST_PATH_TYPES = ("", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket")
ORDER = (
    "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi",
    "glusterfs", "flocker", "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc",
    "flexVolume", "configMap", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk",
    "storageos", "projected", "scaleIO", "csi", "ephemeral", "image",
)  # fmt: skip
"""In which the API server looks for them."""
SHOWN = {"cephfs": "cephFS", "downwardAPI": "downwarAPI"}
"""How the API server's message spells some of them."""
NEEDED = {
    "gitRepo": ("repository",),
    "awsElasticBlockStore": ("volumeID",),
    "glusterfs": ("endpoints", "path"),
    "persistentVolumeClaim": ("claimName",),
    "rbd": ("monitors", "image"),
    "cinder": ("volumeID",),
    "cephfs": ("monitors",),
    "flexVolume": ("driver",),
    "azureFile": ("secretName", "shareName"),
    "vsphereVolume": ("volumePath",),
    "photonPersistentDisk": ("pdID",),
    "portworxVolume": ("volumeID",),
    "azureDisk": ("diskName", "diskURI"),
    "csi": ("driver",),
}
DOWNWARD_FIELDS = ("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid")
TOKEN_SECONDS = 3600


def default(volumes: Iterable[Body]) -> None:
    """A volume that names no source is an emptyDir."""
    for volume in volumes:
        if set(volume) <= {"name"}:
            volume["emptyDir"] = {}
        for source in WITH_MODE:
            if volume.get(source) is not None:
                volume[source].setdefault("defaultMode", FILE_MODE)
        if volume.get("hostPath") is not None:
            volume["hostPath"].setdefault("type", "")
        if volume.get("image") is not None:
            fill(volume["image"], "pullPolicy", _pull_policy(volume["image"]))
        _default_projections(volume)


def _pull_policy(image: Body) -> str:
    from .containers import pull_policy

    return pull_policy(image.get("reference") or "")


def _default_projections(volume: Body) -> None:
    projected = (volume.get("projected") or {}).get("sources") or ()
    for source in projected:
        if source.get("serviceAccountToken") is not None:
            source["serviceAccountToken"].setdefault("expirationSeconds", TOKEN_SECONDS)
    for downward in (volume.get("downwardAPI"), *(source.get("downwardAPI") for source in projected)):
        for item in (downward or {}).get("items") or ():
            if item.get("fieldRef") is not None:
                fill(item["fieldRef"], "apiVersion", "v1")


def validate(volumes: Iterable[Body], path: str) -> tuple[list[FieldError], dict[str, Body]]:
    """The errors, and the volumes without any, which alone can be mounted."""
    errors: list[FieldError] = []
    sound: dict[str, Body] = {}
    for i, volume in enumerate(volumes):
        found = [*_sources(volume, f"{path}[{i}]"), *_name(volume, sound, f"{path}[{i}].name")]
        if not found:
            sound[volume["name"]] = volume
        errors += found
    return errors, sound


def _name(volume: Body, known: dict[str, Body], path: str) -> list[FieldError]:
    name = volume.get("name") or ""
    errors = each_invalid(path, name, names.dns_label(name)) if name else [required(path)]
    return [*errors, duplicate(path, name)] if name in known else errors


def _sources(volume: Body, path: str) -> Iterable[FieldError]:
    given = [source for source in ORDER if volume.get(source) is not None]
    if not given:
        yield required(path, "must specify a volume type")
        return
    yield from _source(given[0], volume[given[0]], path)
    yield from (forbidden(f"{path}.{SHOWN.get(extra, extra)}", ONE_TYPE) for extra in given[1:])


def _source(kind: str, source: Body, path: str) -> Iterable[FieldError]:
    here = f"{path}.{kind}"
    if kind in _CHECKS:
        yield from _CHECKS[kind](source, here)
    for field in NEEDED.get(kind, ()):
        if not source.get(field):
            yield required(f"{here}.{field}")


def _empty_dir(source: Body, path: str) -> Iterable[FieldError]:
    if source.get("sizeLimit") is not None and quantities.is_negative(source["sizeLimit"]):
        yield forbidden(f"{path}.sizeLimit", "SizeLimit field must be a valid resource quantity")


def _host_path(source: Body, path: str) -> Iterable[FieldError]:
    where = source.get("path") or ""
    if not where:
        yield required(f"{path}.path")
        return
    yield from each_invalid(f"{path}.path", where, names.no_backsteps(where))
    if source["type"] not in HOST_PATH_TYPES:
        yield not_supported(f"{path}.type", source["type"], HOST_PATH_TYPES)


def _disk(source: Body, path: str) -> Iterable[FieldError]:
    path = path.rpartition(".")[0] + ".persistentDisk"
    if not source.get("pdName"):
        yield required(f"{path}.pdName")
    if not 0 <= (source.get("partition") or 0) <= 255:
        yield invalid(f"{path}.partition", source["partition"], "must be between 1 and 255, inclusive")


def _nfs(source: Body, path: str) -> Iterable[FieldError]:
    for field in ("server", "path"):
        if not source.get(field):
            yield required(f"{path}.{field}")
    where = source.get("path") or ""
    if not where.startswith("/"):
        yield invalid(f"{path}.path", where, "must be an absolute path")


def _iscsi(source: Body, path: str) -> Iterable[FieldError]:
    for field in ("targetPortal", "iqn"):
        if not source.get(field):
            yield required(f"{path}.{field}")
    if not 0 <= (source.get("lun") or 0) <= 255:
        yield invalid(f"{path}.lun", source["lun"], "must be between 0 and 255, inclusive")


def _fibre_channel(source: Body, path: str) -> Iterable[FieldError]:
    if not source.get("targetWWNs") and not source.get("wwids"):
        yield required(f"{path}.targetWWNs", "must specify either targetWWNs or wwids, but not both")


def _files(name: str) -> Callable[[Body, str], Iterable[FieldError]]:
    """A ConfigMap or Secret as files; *name* is the field that names it."""

    def check(source: Body, path: str) -> Iterable[FieldError]:
        if not source.get(name):
            yield required(f"{path}.{name}")
        yield from _mode(source, "defaultMode", path)
        for i, item in enumerate(source.get("items") or ()):
            yield from _key_to_path(item, f"{path}.items[{i}]")

    return check


def _mode(source: Body, field: str, path: str) -> Iterable[FieldError]:
    mode = source.get(field)
    if mode is not None and not 0 <= mode <= 0o777:
        yield invalid(f"{path}.{field}", mode, MODE_TEXT)


def _key_to_path(item: Body, path: str) -> Iterable[FieldError]:
    for field in ("key", "path"):
        if not item.get(field):
            yield required(f"{path}.{field}")
    where = item.get("path") or ""
    yield from each_invalid(f"{path}.path", where, names.file_path(where))
    yield from _mode(item, "mode", path)


def _downward(source: Body, path: str) -> Iterable[FieldError]:
    yield from _mode(source, "defaultMode", path)
    for item in source.get("items") or ():
        yield from _downward_file(item, path)


def _downward_file(item: Body, path: str) -> Iterable[FieldError]:
    where = item.get("path") or ""
    if not where:
        yield required(f"{path}.path")
    yield from each_invalid(f"{path}.path", where, names.file_path(where))
    field, resource = item.get("fieldRef"), item.get("resourceFieldRef")
    if field is not None:
        yield from environment.field_ref(field, f"{path}.fieldRef", DOWNWARD_FIELDS)
        if resource is not None:
            yield invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")
    elif resource is not None:
        yield from environment.resource_ref(resource, f"{path}.resourceFieldRef", in_volume=True)
    else:
        yield required(path, "one of fieldRef and resourceFieldRef is required")
    yield from _mode(item, "mode", path)


def _projected(source: Body, path: str) -> Iterable[FieldError]:
    yield from _mode(source, "defaultMode", path)
    taken: set[str] = set()
    for i, projection in enumerate(source.get("sources") or ()):
        yield from _projection(projection, f"{path}.sources[{i}]", path, taken)


def _projection(source: Body, path: str, whole: str, taken: set[str]) -> Iterable[FieldError]:
    for kind in ("secret", "configMap"):
        found = source.get(kind)
        if found is not None:
            if not found.get("name"):
                yield required(f"{path}.{kind}.name")
            for i, item in enumerate(found.get("items") or ()):
                yield from _key_to_path(item, f"{path}.{kind}.items[{i}]")
                yield from _unique(item.get("path"), found.get("name") or "", whole, taken)
    for item in (source.get("downwardAPI") or {}).get("items") or ():
        yield from _downward_file(item, f"{path}.downwardAPI")
        yield from _unique(item.get("path"), item.get("path"), whole, taken)
    if source.get("serviceAccountToken") is not None:
        yield from _token(source["serviceAccountToken"], f"{path}.serviceAccountToken", whole)
    if sum(value is not None for value in source.values()) > 1:
        yield forbidden(path, "may not specify more than 1 volume type per source")


def _unique(where: str | None, shown: Any, whole: str, taken: set[str]) -> Iterable[FieldError]:
    if where and where in taken:
        yield invalid(whole, shown, "conflicting duplicate paths")
    taken.add(where or "")


def _token(token: Body, path: str, whole: str) -> Iterable[FieldError]:
    seconds, where = token["expirationSeconds"], token.get("path") or ""
    if seconds < 600:
        yield invalid(f"{path}.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")
    if seconds > 1 << 32:
        yield invalid(f"{path}.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds")
    if not where:
        yield required(f"{whole}.path")
    else:
        yield from each_invalid(f"{whole}.path", where, names.file_path(where))


_CHECKS: dict[str, Callable[[Body, str], Iterable[FieldError]]] = {
    "emptyDir": _empty_dir,
    "hostPath": _host_path,
    "gcePersistentDisk": _disk,
    "secret": _files("secretName"),
    "configMap": _files("name"),
    "nfs": _nfs,
    "iscsi": _iscsi,
    "fc": _fibre_channel,
    "downwardAPI": _downward,
    "projected": _projected,
}
