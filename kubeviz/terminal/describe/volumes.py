"""Volumes of a pod or a template."""

from typing import Any

from ...cluster.changes import Body
from .page import Page

Row = tuple[str, str]
KINDS = {
    "hostPath": "HostPath (bare host directory volume)",
    "emptyDir": "EmptyDir (a temporary directory that shares a pod's lifetime)",
    "secret": "Secret (a volume populated by a Secret)",
    "configMap": "ConfigMap (a volume populated by a ConfigMap)",
    "persistentVolumeClaim": "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    "nfs": "NFS (an NFS mount that lasts the lifetime of a pod)",
    "projected": "Projected (a volume that contains injected data from multiple sources)",
}


def volumes(page: Page, found: list[Body], indent: str) -> None:
    if not found:
        page.line(0, f"{indent}Volumes:", "<none>")
        return
    page.write(0, f"{indent}Volumes:\n")
    for volume in found:
        page.write(1, f"{' ' if indent else ''}{volume['name']}:\n")
        kind = next((k for k in volume if k in KINDS), None)
        if kind is None:
            page.write(1, "<unknown>\n")
            continue
        page.field("Type", KINDS[kind], 2)
        for title, value in _rows(kind, volume[kind] or {}):
            page.field(title, value, 2)


def _rows(kind: str, found: Body) -> list[Row]:
    match kind:
        case "hostPath":
            return [("Path", found.get("path") or ""), ("HostPathType", found.get("type") or "")]
        case "emptyDir":
            return [("Medium", found.get("medium") or ""), ("SizeLimit", str(found.get("sizeLimit") or "<unset>"))]
        case "secret":
            return [("SecretName", found.get("secretName") or ""), ("Optional", _bool(found.get("optional")))]
        case "configMap":
            return [("Name", found.get("name") or ""), ("Optional", _bool(found.get("optional")))]
        case "persistentVolumeClaim":
            return [("ClaimName", found.get("claimName") or ""), ("ReadOnly", _bool(found.get("readOnly")))]
        case "nfs":
            return [("Server", found["server"]), ("Path", found["path"]), ("ReadOnly", _bool(found.get("readOnly")))]
    return [row for source in found.get("sources") or () for row in _projected(source)]


def _projected(source: Body) -> list[Row]:
    if "secret" in source:
        return [
            ("SecretName", source["secret"].get("name") or ""),
            ("Optional", _bool(source["secret"].get("optional"))),
        ]
    if "downwardAPI" in source:
        return [("DownwardAPI", "true")]
    if "configMap" in source:
        found = source["configMap"]
        return [("ConfigMapName", found.get("name") or ""), ("Optional", _bool(found.get("optional")))]
    if "serviceAccountToken" in source:
        return [("TokenExpirationSeconds", str(source["serviceAccountToken"].get("expirationSeconds", 3600)))]
    return []


def _bool(value: Any) -> str:
    return str(bool(value)).lower()
