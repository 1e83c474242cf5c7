"""kubectl's dialect of JSONPath (k8s.io/client-go/util/jsonpath): text with `{…}` that asks the object.

`parse(text)` gives a template; `execute(template, data)` the text it prints. Both raise JsonPathError.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_VALUES = 1_000_000
"""More values than this looked at by one template is a mistake (or an attack)."""


class JsonPathError(Exception):
    pass


class Text(NamedTuple):
    text: str


class Field(NamedTuple):
    name: str


class Wildcard(NamedTuple):
    pass


class Recursive(NamedTuple):
    pass


class Word(NamedTuple):
    """`range`, `end`, or a word that means nothing."""

    name: str


class Slice(NamedTuple):
    start: int | None
    stop: int | None
    step: int | None
    single: bool
    """One index was given: the stop is the one after it."""


class Union(NamedTuple):
    members: tuple["Path", ...]


class Filter(NamedTuple):
    left: "Path"
    operator: str
    right: "Path"


class Literal(NamedTuple):
    value: Any


Node = Text | Field | Wildcard | Recursive | Word | Slice | Union | Filter | Literal
Path = tuple[Node, ...]
Part = Text | Path
Template = tuple[Part, ...]

_SLICE = re.compile(r"(-?\d*)(:-?\d*)?(:-?\d*)?")
_COMPARISON = re.compile(r"([^!<>=]+)([!<>=]+)(.+)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?[\d.]+")
_FIELD = re.compile(r"(?:\\.|[^\\.,\[\]$@{}\s])*", re.DOTALL)
_WORD = re.compile(r"\w+")


def parse(text: str) -> Template:
    parts: list[Part] = []
    at = 0
    while at < len(text):
        start = text.find("{", at)
        if start < 0:
            parts.append(Text(text[at:]))
            break
        if start > at:
            parts.append(Text(text[at:start]))
        path, at = _action(text, start + 1)
        parts.append(path)
    return tuple(parts)


def relaxed(text: str) -> Template:
    """The path of --sort-by and custom-columns: braces and the first dot may be left out."""
    found = re.fullmatch(r"\{\.?([^{}]+)\}|\.?([^{}]+)", text.strip())
    if found is None:
        raise JsonPathError(
            "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"
        )
    return parse("{." + (found[1] or found[2]) + "}")


def _action(text: str, at: int) -> tuple[Path, int]:
    """The nodes up to the closing brace, and the place after it."""
    nodes: list[Node] = []
    while True:
        if at >= len(text) or text[at] in "\n\r":
            raise JsonPathError("unclosed action")
        if text[at] == "}":
            return tuple(nodes), at + 1
        at = _node(text, at, nodes)


def _node(text: str, at: int, nodes: list[Node]) -> int:
    """Reads one node; returns where the next begins."""
    here = text[at]
    if text.startswith("[?(", at):
        return _filter(text, at + 3, nodes)
    if text.startswith("..", at):
        return _recursive(text, at + 2, nodes)
    if here in " @$":
        return at + 1
    if here == "[":
        return _array(text, at, nodes)
    if here in "\"'":
        return _quoted(text, at, nodes)
    if here == ".":
        return _field(text, at + 1, nodes)
    number = _NUMBER.match(text, at)
    if number:
        nodes.append(_number(number[0]))
        return number.end()
    word = _WORD.match(text, at)
    if word is None:
        raise JsonPathError(f"unrecognized character in action: U+{ord(here):04X} {here!r}")
    nodes.append(Literal(word[0] == "true") if word[0] in ("true", "false") else Word(word[0]))
    return word.end()


def _number(text: str) -> Literal:
    try:
        return Literal(float(text) if "." in text else int(text))
    except ValueError:
        raise JsonPathError(f"cannot parse number {text}") from None


def _recursive(text: str, at: int, nodes: list[Node]) -> int:
    if nodes and isinstance(nodes[-1], Recursive):
        raise JsonPathError("invalid multiple recursive descent")
    nodes.append(Recursive())
    return _field(text, at, nodes) if _WORD.match(text, at) else at


def _field(text: str, at: int, nodes: list[Node]) -> int:
    found = _FIELD.match(text, at)
    assert found is not None
    name = found[0]
    nodes.append(Wildcard() if name == "*" else Field(name.replace("\\", "")))
    return found.end()


def _quoted(text: str, at: int, nodes: list[Node]) -> int:
    quote, end = text[at], at + 1
    while end < len(text) and text[end] != quote:
        end += 2 if text[end] == "\\" else 1
    if end >= len(text):
        raise JsonPathError("unterminated quoted string")
    nodes.append(Text(_unquoted(text[at + 1 : end])))
    return end + 1


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), text, flags=re.DOTALL)


def _array(text: str, at: int, nodes: list[Node]) -> int:
    end = text.find("]", at)
    if end < 0 or "\n" in text[at:end]:
        raise JsonPathError("unterminated array")
    nodes += _index(text[at + 1 : end])
    return end + 1


def _index(text: str) -> list[Node]:
    members = text.split(",")
    if len(members) > 1:
        return [Union(tuple(tuple(_index(m.strip(" "))) for m in members))]
    if len(text) > 1 and text[0] == text[-1] == "'" and "'" not in text[1:-1]:
        return list(_action(f".{text[1:-1]}}}", 0)[0])
    found = _SLICE.fullmatch(":" if text == "*" else text)
    if found is None:
        raise JsonPathError(f"invalid array index {text}")
    start, stop, step = (int(v.lstrip(":")) if v and v.lstrip(":") not in ("", "-") else None for v in found.groups())
    if found[2] is None:
        return [Slice(start or 0, (start or 0) + 1, step, True)]
    return [Slice(start, stop, step, False)]


def _filter(text: str, at: int, nodes: list[Node]) -> int:
    end, quote = at, ""
    while end < len(text) and (quote or text[end] != ")"):
        if text[end] in "\"'" and text[end - 1] != "\\" and quote in ("", text[end]):
            quote = "" if quote else text[end]
        end += 1
    if end >= len(text):
        raise JsonPathError("unterminated filter")
    if text[end + 1 : end + 2] != "]":
        raise JsonPathError("unclosed array expect ]")
    inside = text[at:end]
    found = _COMPARISON.fullmatch(inside)
    if found is None:
        nodes.append(Filter(_action(inside + "}", 0)[0], "exists", ()))
    else:
        nodes.append(Filter(_action(found[1] + "}", 0)[0], found[2], _action(found[3] + "}", 0)[0]))
    return end + 2


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
