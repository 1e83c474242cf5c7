"""IngressClasses."""

from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.field("Controller", obj.spec.get("controller") or "")
    parameters = obj.spec.get("parameters")
    if not parameters:
        return
    page.write(0, "Parameters:\n")
    if parameters.get("apiGroup"):
        page.field("APIGroup", parameters["apiGroup"], 1)
    page.field("Kind", parameters.get("kind"), 1)
    page.field("Name", parameters.get("name"), 1)
