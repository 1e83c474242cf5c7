"""Namespaces."""

from ...cluster.objects import Obj
from . import limitrange, resourcequota
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.field("Status", obj.status.get("phase") or "")
    resourcequota.of_namespace(page, obj.name)
    limitrange.of_namespace(page, obj.name)
