"""--sort-by: by a field of the objects (k8s.io/kubectl/pkg/cmd/get/sorter.go)."""

import re
from functools import cmp_to_key
from typing import Any

from ...cluster.objects import Obj
from ..printers import jsonpath
from .errors import KubectlError


def ordered(objects: list[Obj], path: str) -> list[Obj]:
    """Objects without the field come first; texts with numbers in them sort as people would."""
    try:
        template = jsonpath.relaxed(path)
        values = [jsonpath.find(template, obj.body) for obj in objects]
    except jsonpath.JsonPathError as error:
        raise KubectlError(str(error)) from None
    firsts = [found[0][0] if found and found[0] else None for found in values]
    if objects and all(v is None for v in firsts):
        shown = "".join(("{.", path.strip("{}").lstrip("."), "}"))
        raise KubectlError(f'couldn\'t find any field with path "{shown}" in the list of objects')
    key_of = cmp_to_key(_compare)
    return [objects[i] for i in sorted(range(len(objects)), key=lambda i: key_of(firsts[i]))]


def _compare(left: Any, right: Any) -> int:
    if left is None or right is None:
        return (left is not None) - (right is not None)
    a, b = key(left), key(right)
    return (a > b) - (a < b)


def key(value: Any) -> tuple[Any, ...]:
    if isinstance(value, bool | int | float):
        return (0, value)
    if isinstance(value, dict | list):
        return (2, jsonpath.go_json(value))
    parts = re.split(r"(\d+)", str(value))
    return (1, tuple((1, int(p), "") if p.isdigit() else (0, 0, p) for p in parts if p))
