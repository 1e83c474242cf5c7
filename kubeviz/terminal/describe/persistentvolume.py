"""PersistentVolumes."""

from ...cluster.changes import Body
from ...cluster.objects import Obj
from ...cluster.tables.persistentvolume import access_modes
from .page import Page
from .volumes import source

PLUGINS = ("capacity", "accessModes", "claimRef")


def describe(page: Page, obj: Obj) -> None:
    spec, claim = obj.spec, obj.spec.get("claimRef")
    page.field("Name", obj.name)
    page.marks(obj)
    page.field("Finalizers", page.words(obj.metadata.get("finalizers")))
    page.field("StorageClass", spec.get("storageClassName") or "")
    page.field("Status", page.phase(obj))
    page.field("Claim", f"{claim.get('namespace')}/{claim.get('name')}" if claim else "")
    page.field("Reclaim Policy", spec.get("persistentVolumeReclaimPolicy") or "")
    page.field("Access Modes", access_modes(spec.get("accessModes")))
    if spec.get("volumeMode"):
        page.field("VolumeMode", spec["volumeMode"])
    page.field("Capacity", (spec.get("capacity") or {}).get("storage") or "0")
    _node_affinity(page, (spec.get("nodeAffinity") or {}).get("required"))
    page.field("Message", obj.status.get("message") or "")
    page.write(0, "Source:\n")
    source(page, {key: value for key, value in spec.items() if key not in PLUGINS})


def _node_affinity(page: Page, required: Body | None) -> None:
    if not required:
        page.field("Node Affinity", "<none>")
        return
    page.write(0, "Node Affinity:\t\n")
    page.write(1, "Required Terms:\t\n")
    for i, term in enumerate(required.get("nodeSelectorTerms") or ()):
        for j, wanted in enumerate(term.get("matchExpressions") or ()):
            values = f" [{', '.join(wanted.get('values') or ())}]" if wanted.get("values") else ""
            text = f"{wanted['key']} {wanted['operator'].lower()}{values}"
            page.line(2, "" if j else f"Term {i}:", text)
