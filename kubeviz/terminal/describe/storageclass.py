"""StorageClasses."""

from ...cluster.objects import Obj
from ...cluster.tables.columns import labels
from ...cluster.tables.storageclass import is_default
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    body = obj.body
    page.field("Name", obj.name)
    page.field("IsDefaultClass", "Yes" if is_default(obj) else "No")
    page.field("Annotations", labels(obj.annotations))
    page.field("Provisioner", body.get("provisioner") or "")
    page.field("Parameters", labels(body.get("parameters")))
    page.field("AllowVolumeExpansion", body.get("allowVolumeExpansion", "<unset>"))
    options = body.get("mountOptions") or ()
    page.write(0, "MountOptions:\n" if options else "MountOptions:\t<none>\n")
    for option in options:
        page.write(1, f"{option}\n")
    for title, key in (("ReclaimPolicy", "reclaimPolicy"), ("VolumeBindingMode", "volumeBindingMode")):
        if body.get(key):
            page.field(title, body[key])
