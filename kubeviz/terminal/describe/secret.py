"""Secrets: how long each value is, never what it is."""

from ...cluster.objects import Obj
from .configmap import size
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.write(0, f"\nType:\t{obj.body.get('type') or 'Opaque'}\n")
    page.write(0, "\nData\n====\n")
    lengths = {key: size(value) for key, value in (obj.body.get("data") or {}).items()}
    lengths |= {key: len(value.encode()) for key, value in (obj.body.get("stringData") or {}).items()}
    for key, length in sorted(lengths.items()):
        page.field(key, f"{length} bytes")
