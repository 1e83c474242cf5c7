"""ConfigMaps."""

import base64

from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    page.write(0, "\nData\n====\n")
    for key, value in sorted((obj.body.get("data") or {}).items()):
        page.write(0, f"{key}:\n----\n{value}\n\n")
    page.write(0, "\nBinaryData\n====\n")
    for key, value in sorted((obj.body.get("binaryData") or {}).items()):
        page.write(0, f"{key}: {size(value)} bytes\n")
    page.write(0, "\n")


def size(encoded: str) -> int:
    try:
        return len(base64.b64decode(encoded))
    except ValueError:
        return len(encoded)
