"""PersistentVolumeClaims."""

from ...cluster.objects import Obj
from ...cluster.tables.persistentvolume import access_modes
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    spec, status = obj.spec, obj.status
    page.head(obj)
    page.field("StorageClass", spec.get("storageClassName") or "")
    page.field("Status", page.phase(obj))
    page.field("Volume", spec.get("volumeName") or "")
    page.marks(obj)
    page.field("Finalizers", page.words(obj.metadata.get("finalizers")))
    bound = bool(spec.get("volumeName"))
    page.field("Capacity", (status.get("capacity") or {}).get("storage", "0") if bound else "")
    page.field("Access Modes", access_modes(status.get("accessModes")) if bound else "")
    if spec.get("volumeMode"):
        page.field("VolumeMode", spec["volumeMode"])
    page.several("Used By", _users(page, obj))


def _users(page: Page, claim: Obj) -> list[str]:
    """The pods that mount the claim."""
    return [pod.name for pod in page.cluster.of_kind("Pod", claim.namespace) if claim.name in _claims(pod)]


def _claims(pod: Obj) -> list[str]:
    found = []
    for volume in pod.spec.get("volumes") or ():
        if "persistentVolumeClaim" in volume:
            found.append(volume["persistentVolumeClaim"].get("claimName") or "")
        elif "ephemeral" in volume:
            found.append(f"{pod.name}-{volume['name']}")
    return found
