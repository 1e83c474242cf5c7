"""YAML from strangers: every document is measured before it is built.

PyYAML's C loader crashes the process on 30,000 nested brackets, and a few lines of aliases can stand for
gigabytes. libyaml's events come from a state machine that neither can hurt; so they are counted first: depth,
and the size of a document with its aliases written out.
"""

from collections.abc import Iterable
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MOST_DEPTH = 50
MOST_NODES = 100_000
"""Values of one document that uses aliases; without them the size of the text is the limit."""
_STARTS = yaml.MappingStartEvent | yaml.SequenceStartEvent
_ENDS = yaml.MappingEndEvent | yaml.SequenceEndEvent


class YamlError(ValueError):
    """No YAML, or more of it than we take. `line` and `column` count from 1.

    `go` is what kubectl's parser says instead: other words, or another line.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1, go: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.go = go or f"line {line}: {message}"


def compose(text: str) -> list[Any]:
    """Every document as a tree of nodes with their places; None for an empty one. Raises YamlError."""
    try:
        _measure(yaml.parse(text, Loader=Loader))
        return list(yaml.compose_all(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
    except yaml.reader.ReaderError as error:
        raise YamlError(
            f"control characters are not allowed (#x{ord(_character(error)):04x})", *_line(text, error)
        ) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlError(" ".join(str(error).split())) from None


def _character(error: Any) -> str:
    return error.character if isinstance(error.character, str) else chr(error.character)


def _line(text: str, error: Any) -> tuple[int, int]:
    before = text[: error.position]
    return before.count("\n") + 1, error.position - before.rfind("\n")


def load(text: str) -> Any:
    """One document as plain values. Raises YamlError."""
    try:
        _measure(yaml.parse(text, Loader=Loader))
        return yaml.load(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError(" ".join(str(error).split())) from None


class _Size:
    """How large one document is so far, with what each anchor stands for written out at each alias."""

    def __init__(self) -> None:
        self.total = 0
        self.aliased = False
        self.anchors: dict[str, int] = {}
        self.open: list[tuple[str | None, int]] = []

    def count(self, event: Any) -> None:
        if isinstance(event, _STARTS):
            self._begin(event)
        elif isinstance(event, _ENDS):
            anchor, before = self.open.pop()
            if anchor:
                self.anchors[anchor] = self.total - before
        elif isinstance(event, yaml.ScalarEvent):
            self.total += 1
            if event.anchor:
                self.anchors[event.anchor] = 1
        elif isinstance(event, yaml.AliasEvent):
            self._repeat(event)
        if self.aliased and self.total > MOST_NODES:
            raise YamlError(f"more than {MOST_NODES:,} values once aliases are written out", *_place(event))

    def _begin(self, event: Any) -> None:
        self.open.append((event.anchor, self.total))
        if len(self.open) > MOST_DEPTH:
            raise YamlError(f"nested more than {MOST_DEPTH} deep", *_place(event))
        self.total += 1

    def _repeat(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            problem = f"alias *{event.anchor} names nothing that stands before it"
            raise YamlError(problem, *_place(event), go=f"unknown anchor '{event.anchor}' referenced")
        self.aliased = True
        self.total += self.anchors[event.anchor]


def _measure(events: Iterable[Any]) -> None:
    size = _Size()
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            size = _Size()
        size.count(event)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _located(error: yaml.MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    message = error.problem or error.context or "not YAML"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError(message, line, column, _as_go_says(error, message))


def _as_go_says(error: yaml.MarkedYAMLError, message: str) -> str:
    """Go's parser (yaml.v2, `fail`) names the line before the one at fault, unless its scanner found the fault."""
    marks = (error.problem_mark, error.context_mark)
    line = next((mark.line for mark in marks if mark is not None and mark.line), 0)
    if line and isinstance(error, yaml.scanner.ScannerError):
        line += 1
    return f"line {line}: {message}" if line else message
