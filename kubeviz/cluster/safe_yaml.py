"""YAML from strangers: every document is measured before it is built.

PyYAML's C loader crashes the process on 30,000 nested brackets, and a few lines of aliases can stand for
gigabytes. So the events are counted first: depth, and the size of the document with its aliases written out.
"""

from collections.abc import Iterator
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MOST_DEPTH = 50
MOST_NODES = 100_000


class YamlError(ValueError):
    """No YAML, or more of it than we take. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def check(text: str, most_nodes: int = MOST_NODES) -> None:
    """Raises YamlError for what is no YAML, too deep, or too large once aliases are written out.

    Depth is bounded while events stream in, so that the nesting never reaches a recursive builder.
    """
    try:
        _measure(_events(text), most_nodes)
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
    except yaml.YAMLError as error:
        raise YamlError(" ".join(str(error).split())) from None


def _events(text: str) -> Iterator[Any]:
    """The pure Python parser keeps its own stack and cannot be crashed; the C one is used for plain depth."""
    depth = _bracket_depth(text)
    if depth > MOST_DEPTH * 4:
        raise YamlError(f"brackets are nested more than {MOST_DEPTH} deep")
    return iter(yaml.parse(text, Loader=Loader))


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _measure(events: Iterator[Any], most_nodes: int) -> None:
    sizes: dict[str, int] = {}
    stack: list[tuple[str | None, int]] = []
    total = 0
    for event in events:
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            stack.append((event.anchor, total))
            if len(stack) > MOST_DEPTH:
                raise YamlError(f"nested more than {MOST_DEPTH} deep", *_place(event))
            total += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            anchor, before = stack.pop()
            if anchor:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise YamlError(f"alias *{event.anchor} stands inside what it names", *_place(event))
            total += sizes[event.anchor]
        if total > most_nodes:
            raise YamlError(f"more than {most_nodes:,} values once aliases are written out", *_place(event))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _located(error: yaml.MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    message = error.problem or error.context or "not YAML"
    return YamlError(message, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)


def load(text: str, most_nodes: int = MOST_NODES) -> Any:
    """One document as plain values. Raises YamlError."""
    check(text, most_nodes)
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 - CSafeLoader
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None


def compose(text: str, most_nodes: int = MOST_NODES) -> list[Any]:
    """Every document as a tree of nodes with their places; None for an empty one. Raises YamlError."""
    check(text, most_nodes)
    try:
        return list(yaml.compose_all(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
