"""From nodes and an object to values, and from values to text (client-go/util/jsonpath/jsonpath.go)."""

import json
from collections.abc import Iterator
from typing import Any

from .nodes import (
    Field,
    Filter,
    JsonPathError,
    Literal,
    Node,
    Path,
    Recursive,
    Slice,
    Template,
    Text,
    Union,
    Wildcard,
    Word,
)

MOST_VALUES = 1_000_000
"""More values than this looked at by one template is a mistake (or an attack)."""


class _Run:
    """One execution: whether keys may be missing, and how much has been looked at."""

    def __init__(self, allow_missing: bool) -> None:
        self.allow_missing = allow_missing
        self.looked = 0

    def count(self, values: list[Any]) -> list[Any]:
        self.looked += len(values) + 1
        if self.looked > MOST_VALUES:
            raise JsonPathError(f"the template looks at more than {MOST_VALUES:,} values")
        return values

    def results(self, parts: Template, data: Any) -> Iterator[list[Any]]:
        """What each part finds; a range repeats what stands between it and its `end` for every value."""
        at = 0
        while at < len(parts):
            part = parts[at]
            if isinstance(part, Text):
                yield [part.text]
            elif part and part[0] == Word("range"):
                end = _end(parts, at)
                for value in self.walk(part[1:], [data]):
                    yield from self.results(parts[at + 1 : end], value)
                at = end
            elif part == (Word("end"),):
                raise JsonPathError("not in range, nothing to end")
            else:
                yield self.walk(part, [data])
            at += 1

    def walk(self, path: Path, values: list[Any]) -> list[Any]:
        for node in path:
            values = self.count(self.step(node, values))
        return values

    def step(self, node: Node, values: list[Any]) -> list[Any]:
        match node:
            case Text(text):
                return [text]
            case Literal(value):
                return [value]
            case Field(name):
                return self.field(name, values)
            case Wildcard():
                return [child for value in values for child in _children(value)]
            case Recursive():
                return [found for value in values for found in self.descend(value)]
            case Slice():
                return [item for value in values if value is not None for item in _sliced(node, value)]
            case Union(members):
                return [item for member in members for item in self.walk(member, values)]
            case Filter():
                return [item for value in values for item in self.filtered(node, value)]
            case Word(name):
                raise JsonPathError(f"unrecognized identifier {name}")

    def field(self, name: str, values: list[Any]) -> list[Any]:
        if not name:
            return values
        found = [value[name] for value in values if isinstance(value, dict) and name in value]
        if not found and not self.allow_missing:
            raise JsonPathError(f"{name} is not found")
        return found

    def descend(self, value: Any) -> Iterator[Any]:
        children = _children(value)
        if children:
            self.count(children)
            yield value
            for child in children:
                yield from self.descend(child)

    def filtered(self, node: Filter, value: Any) -> Iterator[Any]:
        if not isinstance(value, list):
            raise JsonPathError(f"{_go(value)} is not array or slice and cannot be filtered")
        for item in value:
            if self.keeps(node, item):
                yield item

    def keeps(self, node: Filter, item: Any) -> bool:
        lenient = _Run(True)
        lefts = self.count(lenient.walk(node.left, [item]))
        if node.operator == "exists" or not lefts:
            return bool(lefts)
        rights = self.count(lenient.walk(node.right, [item]))
        if not rights:
            return False
        if len(lefts) > 1 or len(rights) > 1:
            raise JsonPathError("can only compare one element at a time")
        return _compare(lefts[0], node.operator, rights[0])


def _end(parts: Template, at: int) -> int:
    """The place of the `end` that belongs to the range at *at*; without one, the end of the template."""
    depth = 0
    for i in range(at, len(parts)):
        part = parts[i]
        if not isinstance(part, Text) and part:
            depth += (part[0] == Word("range")) - (part == (Word("end"),))
        if depth == 0:
            return i
    return len(parts)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value[key] for key in sorted(value)]
    return value if isinstance(value, list) else []


def _sliced(node: Slice, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise JsonPathError(f"{_go(value)} is not array or slice")
    length = len(value)
    start, stop = node.start or 0, length if node.stop is None else node.stop
    start += length if start < 0 else 0
    if stop < 0 or (stop == 0 and node.single):
        stop += length
    if start == stop:
        return []
    for index, place in ((start, start), (stop, stop - 1)):
        if index < 0 or place >= length:
            raise JsonPathError(f"array index out of bounds: index {place}, length {length}")
    if start > stop:
        raise JsonPathError(f"starting index {start} is greater than ending index {stop}")
    if node.step is not None and node.step <= 0:
        raise JsonPathError("step must be > 0")
    return value[start : stop : node.step or 1]


def _compare(left: Any, operator: str, right: Any) -> bool:
    numbers = (int, float)
    same = type(left) is type(right) or all(isinstance(v, numbers) and not isinstance(v, bool) for v in (left, right))
    if operator not in ("<", ">", "==", "!=", "<=", ">="):
        raise JsonPathError(f"unrecognized filter operator {operator}")
    if not same:
        raise JsonPathError("incompatible types for comparison")
    match operator:
        case "==":
            return bool(left == right)
        case "!=":
            return bool(left != right)
    if not isinstance(left, str | int | float) or isinstance(left, bool):
        raise JsonPathError("invalid type for comparison")
    if operator == "<":
        return left < right
    if operator == ">":
        return left > right
    return left <= right if operator == "<=" else left >= right


def go_json(value: Any) -> str:
    """encoding/json: keys sorted, no spaces, <, > and & escaped."""
    text = json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _go(value: Any) -> str:
    return go_json(value) if isinstance(value, dict | list) else text_of(value)


def text_of(value: Any) -> str:
    """A value as it is printed."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    return go_json(value) if isinstance(value, dict | list) else str(value)


def find(template: Template, data: Any, allow_missing: bool = True) -> list[list[Any]]:
    """The values each part finds."""
    return list(_Run(allow_missing).results(template, data))


def execute(template: Template, data: Any, allow_missing: bool = True) -> str:
    return "".join(" ".join(map(text_of, found)) for found in find(template, data, allow_missing))
