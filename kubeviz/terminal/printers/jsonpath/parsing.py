"""From the text of a template to its nodes (client-go/util/jsonpath/parser.go)."""

import re

from .nodes import (
    Field,
    Filter,
    JsonPathError,
    Literal,
    Node,
    Part,
    Path,
    Recursive,
    Slice,
    Template,
    Text,
    Union,
    Wildcard,
    Word,
)

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
