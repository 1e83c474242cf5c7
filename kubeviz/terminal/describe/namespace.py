"""Namespaces."""

from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.field("Status", obj.status.get("phase") or "")
    page.write(0, "\nNo resource quota.\n")
    page.write(0, "\nNo LimitRange resource.\n")
