"""Kinds without a description of their own: every field, as it stands (the generic describer)."""

import re
from typing import Any

from ...cluster.objects import Obj
from ..printers.yamls import public
from .page import Page

HIDDEN = ("managedFields", "name", "namespace", "labels", "annotations")


def describe(page: Page, obj: Obj) -> None:
    page.field("Name", obj.name)
    page.field("Namespace", obj.namespace)
    page.marks(obj)
    body = public(obj)
    _fields(page, 0, {**body, "metadata": {k: v for k, v in obj.metadata.items() if k not in HIDDEN}})


def _fields(page: Page, level: int, fields: dict[str, Any]) -> None:
    for key, value in sorted(fields.items()):
        if isinstance(value, dict):
            page.write(level, f"{title(key)}:\n")
            _fields(page, level + 1, value)
        elif isinstance(value, list):
            page.write(level, f"{title(key)}:\n")
            for item in value:
                _item(page, level + 1, item)
        else:
            page.field(title(key), _scalar(value), level)


def _item(page: Page, level: int, item: Any) -> None:
    if isinstance(item, dict):
        _fields(page, level, item)
    else:
        page.write(level, f"{_scalar(item)}\n")


def _scalar(value: Any) -> str:
    return "<nil>" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def title(field: str) -> str:
    """creationTimestamp -> Creation Timestamp"""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", field)
    return (words[:1].upper() + words[1:]).replace("Uid", "UID").replace("Api Version", "API Version")
