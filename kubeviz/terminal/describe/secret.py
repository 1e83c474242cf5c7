"""Secrets: how long each value is, never what it is."""

from ...cluster.objects import Obj
from .configmap import size
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.write(0, f"\nType:\t{obj.body.get('type') or 'Opaque'}\n")
    page.write(0, "\nData\n====\n")
    for key, value in sorted((obj.body.get("data") or {}).items()):
        page.field(key, f"{size(value)} bytes")
