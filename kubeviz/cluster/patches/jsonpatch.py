"""JSON patch (RFC 6902): a list of operations on places named by JSON pointers (RFC 6901)."""

import copy
from collections.abc import Callable
from typing import Any

Doc = Any


class PatchError(ValueError):
    """An operation that cannot be done; nothing was changed."""


def apply(body: Doc, operations: Any) -> Doc:
    """A copy of *body* after all operations. Raises PatchError."""
    if not isinstance(operations, list):
        raise PatchError("a JSON patch is a list of operations")
    doc = copy.deepcopy(body)
    for operation in operations:
        doc = _apply_one(doc, operation)
    return doc


def _apply_one(doc: Doc, operation: Any) -> Doc:
    name = operation.get("op") if isinstance(operation, dict) else None
    if name not in _OPERATIONS:
        raise PatchError(f"Unexpected kind: {name}")
    return _OPERATIONS[name](doc, operation)


def _path(operation: dict[str, Any], field: str = "path") -> list[str]:
    """The pointer's parts: ~1 stands for a slash, ~0 for a tilde."""
    pointer = operation.get(field)
    if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
        raise PatchError(f'"{field}" must be a path that begins with "/"')
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _value(operation: dict[str, Any]) -> Any:
    if "value" not in operation:
        raise PatchError(f'"{operation["op"]}" needs a "value"')
    return copy.deepcopy(operation["value"])


def _index(part: str, length: int) -> int:
    """A place in a list. Raises PatchError where there is none."""
    if not (part.isascii() and part.isdigit()) or int(part) >= length:
        raise PatchError(f"no element {part}")
    return int(part)


def _step(doc: Doc, part: str) -> Doc:
    if isinstance(doc, list):
        return doc[_index(part, len(doc))]
    if isinstance(doc, dict) and part in doc:
        return doc[part]
    raise PatchError(f"no value at {part}")


def _get(doc: Doc, path: list[str]) -> Doc:
    for part in path:
        doc = _step(doc, part)
    return doc


def _put(doc: Doc, path: list[str], value: Any) -> Doc:
    if not path:
        return value
    parent, last = _get(doc, path[:-1]), path[-1]
    if isinstance(parent, list):
        parent.insert(len(parent) if last == "-" else _index(last, len(parent) + 1), value)
    elif isinstance(parent, dict):
        parent[last] = value
    else:
        raise PatchError(f"nothing can be added under {last}")
    return doc


def _take(doc: Doc, path: list[str]) -> Doc:
    if not path:
        raise PatchError("the whole object cannot be removed")
    parent, last = _get(doc, path[:-1]), path[-1]
    _step(parent, last)
    return parent.pop(int(last) if isinstance(parent, list) else last)


def _add(doc: Doc, operation: dict[str, Any]) -> Doc:
    return _put(doc, _path(operation), _value(operation))


def _remove(doc: Doc, operation: dict[str, Any]) -> Doc:
    _take(doc, _path(operation))
    return doc


def _replace(doc: Doc, operation: dict[str, Any]) -> Doc:
    path, value = _path(operation), _value(operation)
    if path:
        _take(doc, path)
    return _put(doc, path, value)


def _move(doc: Doc, operation: dict[str, Any]) -> Doc:
    origin, target = _path(operation, "from"), _path(operation)
    if target[: len(origin)] == origin and target != origin:
        raise PatchError("nothing can be moved into itself")
    return _put(doc, target, _take(doc, origin))


def _copy(doc: Doc, operation: dict[str, Any]) -> Doc:
    return _put(doc, _path(operation), copy.deepcopy(_get(doc, _path(operation, "from"))))


def _test(doc: Doc, operation: dict[str, Any]) -> Doc:
    if _get(doc, _path(operation)) != operation.get("value"):
        raise PatchError(f"testing value {operation['path']} failed: test failed")
    return doc


_OPERATIONS: dict[str, Callable[[Doc, dict[str, Any]], Doc]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
