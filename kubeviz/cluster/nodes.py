"""From YAML nodes to plain values, remembering the line of every field."""

from typing import Any

import yaml

from .scalars import value_of

MERGE = "tag:yaml.org,2002:merge"
Lines = dict[str, int]


class NodeError(ValueError):
    """A node that stands for no JSON value; `line` counts from 1, `field` is the path of the field."""

    def __init__(self, message: str, line: int, field: str) -> None:
        super().__init__(message)
        self.line, self.field = line, field


def line_of(node: Any) -> int:
    return int(node.start_mark.line) + 1


def is_empty(node: Any) -> bool:
    """A document of comments only, or of nothing."""
    return node is None or (isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~"))


def entry(node: Any, key: str) -> Any:
    """The node under a key of a mapping, or None."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def build(node: Any, lines: Lines, keep_last: bool = False, path: str = "") -> Any:
    """The value of a node. A key given twice is refused, or, as kubectl has it, the last one wins. Raises NodeError."""
    lines.setdefault(path, line_of(node))
    if isinstance(node, yaml.SequenceNode):
        return [build(child, lines, keep_last, f"{path}[{i}]") for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, lines, keep_last, path)
    return value_of(node)


def _mapping(node: Any, lines: Lines, keep_last: bool, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag == MERGE:
            merged = {**_merged(value_node, path), **merged}
            continue
        if not isinstance(key_node, yaml.ScalarNode):
            raise NodeError("a key must be a name", line_of(key_node), path)
        where = f"{path}.{key_node.value}" if path else key_node.value
        if key_node.value in found and not keep_last:
            raise NodeError(f'key "{key_node.value}" already set in map', line_of(key_node), where)
        found[key_node.value] = build(value_node, lines, keep_last, where)
        lines[where] = line_of(key_node)
    return {**merged, **found}


def _merged(node: Any, path: str) -> dict[str, Any]:
    """What `<<` brings in: a mapping or several, the first of which wins."""
    merged: dict[str, Any] = {}
    for source in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if not isinstance(source, yaml.MappingNode):
            raise NodeError("map merge requires map or sequence of maps as the value", line_of(source), path)
        merged = {**build(source, {}, True), **merged}
    return merged
