"""Volumes of a pod or a template, and the source of a PersistentVolume."""

from collections.abc import Callable
from typing import Any

from ...cluster.changes import Body
from ...cluster.tables.columns import labels
from ...cluster.tables.persistentvolume import access_modes
from .page import Page

Row = tuple[str, str]
UNSET = "<unset>"


def _bool(value: Any) -> str:
    return str(bool(value)).lower()


def _plain(*rows: str) -> Callable[[Body], list[Row]]:
    """`Title key` text, `Title key?` a switch, `Title key#` a number."""

    def shown(found: Body) -> list[Row]:
        return [(title, _value(found, key)) for title, key in (row.split() for row in rows)]

    return shown


def _value(found: Body, key: str) -> str:
    if key.endswith("?"):
        return _bool(found.get(key[:-1]))
    return str(found.get(key[:-1]) or 0) if key.endswith("#") else str(found.get(key) or "")


def _empty_dir(found: Body) -> list[Row]:
    return [("Medium", found.get("medium") or ""), ("SizeLimit", str(found.get("sizeLimit") or UNSET))]


def _csi(found: Body) -> list[Row]:
    rows = _plain("Driver driver", "FSType fsType", "ReadOnly readOnly?")(found)
    if "volumeHandle" in found:
        rows.insert(2, ("VolumeHandle", found["volumeHandle"]))
    return [*rows, ("VolumeAttributes", labels(found.get("volumeAttributes")))]


def _ephemeral(found: Body) -> list[Row]:
    template = found.get("volumeClaimTemplate") or {}
    spec, metadata = template.get("spec") or {}, template.get("metadata") or {}
    return [
        ("StorageClass", spec.get("storageClassName") or ""),
        ("Volume", spec.get("volumeName") or ""),
        ("Labels", labels(metadata.get("labels"))),
        ("Annotations", labels(metadata.get("annotations"))),
        ("Capacity", ""),
        ("Access Modes", access_modes(spec.get("accessModes")) if spec.get("volumeName") else ""),
        *([("VolumeMode", spec["volumeMode"])] if spec.get("volumeMode") else []),
    ]


def _projected(found: Body) -> list[Row]:
    return [row for source in found.get("sources") or () for row in _projection(source)]


def _projection(source: Body) -> list[Row]:
    if "downwardAPI" in source:
        return [("DownwardAPI", "true")]
    if "serviceAccountToken" in source:
        return [("TokenExpirationSeconds", str(source["serviceAccountToken"].get("expirationSeconds", 3600)))]
    for key, title in (("secret", "SecretName"), ("configMap", "ConfigMapName")):
        if key in source:
            return _plain(f"{title} name", "Optional optional?")(source[key])
    return []


DISK = ("FSType fsType", "Partition partition#", "ReadOnly readOnly?")
KINDS: dict[str, tuple[str, Callable[[Body], list[Row]]]] = {
    "hostPath": ("HostPath (bare host directory volume)", _plain("Path path", "HostPathType type")),
    "emptyDir": ("EmptyDir (a temporary directory that shares a pod's lifetime)", _empty_dir),
    "gcePersistentDisk": (
        "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)", _plain("PDName pdName", *DISK)),
    "awsElasticBlockStore": (
        "AWSElasticBlockStore (a Persistent Disk resource in AWS)", _plain("VolumeID volumeID", *DISK)),
    "gitRepo": ("GitRepo (a volume that is pulled from git when the pod is created)",
                _plain("Repository repository", "Revision revision")),
    "secret": ("Secret (a volume populated by a Secret)", _plain("SecretName secretName", "Optional optional?")),
    "configMap": ("ConfigMap (a volume populated by a ConfigMap)", _plain("Name name", "Optional optional?")),
    "nfs": ("NFS (an NFS mount that lasts the lifetime of a pod)",
            _plain("Server server", "Path path", "ReadOnly readOnly?")),
    "glusterfs": ("Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
                  _plain("EndpointsName endpoints", "Path path", "ReadOnly readOnly?")),
    "persistentVolumeClaim": (
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        _plain("ClaimName claimName", "ReadOnly readOnly?")),
    "ephemeral": (
        "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
        _ephemeral),
    "downwardAPI": ("DownwardAPI (a volume populated by information about the pod)", _plain()),
    "azureDisk": ("AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
                  _plain("DiskName diskName", "DiskURI diskURI", "Kind kind", "FSType fsType",
                         "CachingMode cachingMode", "ReadOnly readOnly?")),
    "azureFile": ("AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
                  _plain("SecretName secretName", "ShareName shareName", "ReadOnly readOnly?")),
    "vsphereVolume": ("vSphereVolume (a Persistent Disk resource in vSphere)",
                      _plain("VolumePath volumePath", "FSType fsType", "StoragePolicyName storagePolicyName")),
    "portworxVolume": ("PortworxVolume (a Portworx Volume resource)", _plain("VolumeID volumeID")),
    "projected": ("Projected (a volume that contains injected data from multiple sources)", _projected),
    "csi": ("CSI (a Container Storage Interface (CSI) volume source)", _csi),
    "local": ("LocalVolume (a persistent volume backed by local storage on a node)", _plain("Path path")),
    "image": ("Image (a container image or OCI artifact)",
              _plain("Reference reference", "PullPolicy pullPolicy")),
}  # fmt: skip


def volumes(page: Page, found: list[Body], indent: str) -> None:
    if not found:
        page.line(0, f"{indent}Volumes:", "<none>")
        return
    page.write(0, f"{indent}Volumes:\n")
    for volume in found:
        page.write(1, f"{' ' if indent else ''}{volume['name']}:\n")
        source(page, volume)


def source(page: Page, found: Body) -> None:
    """What a volume is made of."""
    kind = next((key for key in found if key in KINDS), None)
    if kind is None:
        page.write(1, "<unknown>\n")
        return
    words, rows = KINDS[kind]
    page.field("Type", words, 2)
    for title, value in rows(found[kind] or {}):
        page.field(title, value, 2)
    if kind == "downwardAPI":
        _items(page, (found[kind] or {}).get("items") or ())


def _items(page: Page, found: list[Body] | tuple[()]) -> None:
    page.write(2, "Items:\n")
    for item in found:
        ref = (item.get("fieldRef") or {}).get("fieldPath") or (item.get("resourceFieldRef") or {}).get("resource")
        page.write(3, f"{ref} -> {item['path']}\n")
