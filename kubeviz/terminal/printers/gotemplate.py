"""`-o go-template`: the part of Go's text/template that kubectl users write.

Actions: fields and variables of the object, range/else/end, if/else if/else/end, with, `$x :=`, pipelines, and the
functions and, or, not, eq, ne, lt, le, gt, ge, index, len, print, printf, println, exists, base64decode.
"""

import base64
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ...cluster.changes import Body
from ..kubectl.errors import KubectlError
from .columns import go

MOST_NODES = 200_000


class TemplateError(Exception):
    pass


class Block(NamedTuple):
    """range, if or with: what is asked, what stands in it, what stands after `else`."""

    keyword: str
    asked: str
    inside: list[Any]
    otherwise: list[Any]


class Action(NamedTuple):
    pipeline: str


_ACTION = re.compile(r"\{\{(-\s)?\s*(.*?)\s*(\s-)?\}\}", re.DOTALL)
_TOKEN = re.compile(r'\s*("(?:\\.|[^"\\])*"|`[^`]*`|-?\d+(?:\.\d+)?|[|()]|:=|=|,|\$?[\w.]*[\w.]|\$|\.)')
CHAIN = "~"
"""Marks a field of what stands in the parentheses before it: (index .a 0).b"""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


def printer(template: str) -> Callable[[Body], str]:
    if not template:
        raise KubectlError("template format specified but no template given")
    try:
        nodes = _parse(template)
    except TemplateError as error:
        raise KubectlError(f"error parsing template {template}, template: output:1: {error}") from None

    def show(body: Body) -> str:
        try:
            return "".join(_Run().nodes(nodes, body, {"$": body}))
        except TemplateError as error:
            raise KubectlError(f'error executing template "{template}": template: output:1: {error}') from None

    return show


def _parse(text: str) -> list[Any]:
    stack: list[Block] = [Block("", "", [], [])]
    branch: list[list[Any]] = [stack[0].inside]
    at = 0
    for found in _ACTION.finditer(text):
        before = text[at : found.start()]
        branch[-1].append(before.rstrip() if found[1] else before)
        at = found.end() + (len(text[found.end() :]) - len(text[found.end() :].lstrip()) if found[3] else 0)
        _take(found[2], stack, branch)
    if len(stack) > 1:
        raise TemplateError("unexpected EOF")
    if "{{" in text[at:]:
        raise TemplateError("unclosed action")
    branch[-1].append(text[at:])
    return stack[0].inside


def _take(action: str, stack: list[Block], branch: list[list[Any]]) -> None:
    keyword, _, rest = action.partition(" ")
    if keyword in ("range", "if", "with"):
        block = Block(keyword, rest.strip(), [], [])
        branch[-1].append(block)
        stack.append(block)
        branch.append(block.inside)
    elif keyword == "else":
        if len(stack) < 2:
            raise TemplateError("unexpected {{else}}")
        branch[-1] = stack[-1].otherwise
        if rest.strip().startswith("if "):
            inner = Block("else if", rest.strip()[3:], [], [])
            branch[-1].append(inner)
            stack[-1] = inner
            branch[-1] = inner.inside
    elif keyword == "end":
        if len(stack) < 2:
            raise TemplateError("unexpected {{end}}")
        stack.pop()
        branch.pop()
    elif not action.startswith("/*"):
        if not action:
            raise TemplateError("missing value for command")
        branch[-1].append(Action(action))


Variables = dict[str, Any]


class _Run:
    def __init__(self) -> None:
        self.seen = 0

    def nodes(self, nodes: list[Any], dot: Any, variables: Variables) -> Iterator[str]:
        for node in nodes:
            self.seen += 1
            if self.seen > MOST_NODES:
                raise TemplateError("the template does not come to an end")
            if isinstance(node, str):
                yield node
            elif isinstance(node, Action):
                yield from self.action(node, dot, variables)
            else:
                yield from self.block(node, dot, variables)

    def action(self, node: Action, dot: Any, variables: Variables) -> Iterator[str]:
        name, value, assigned = self.assigned(node.pipeline, dot, variables)
        if assigned:
            variables[name[0]] = value
        else:
            yield _text(value)

    def assigned(self, text: str, dot: Any, variables: Variables) -> tuple[list[str], Any, bool]:
        """`$a, $b := pipeline` or a pipeline alone."""
        found = re.match(r"(\$\w+(?:\s*,\s*\$\w+)?)\s*:?=\s*(.*)", text, re.DOTALL)
        names = [n.strip() for n in found[1].split(",")] if found else []
        return names, self.pipeline(_tokens(found[2] if found else text), dot, variables), bool(found)

    def block(self, node: Block, dot: Any, variables: Variables) -> Iterator[str]:
        names, value, _ = self.assigned(node.asked, dot, variables)
        if node.keyword == "range":
            yield from self.loop(node, names, value, dot, variables)
            return
        inner = {**variables, **({names[0]: value} if names else {})}
        if _truth(value):
            yield from self.nodes(node.inside, value if node.keyword == "with" else dot, inner)
        else:
            yield from self.nodes(node.otherwise, dot, inner)

    def loop(self, node: Block, names: list[str], value: Any, dot: Any, variables: Variables) -> Iterator[str]:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            raise TemplateError(f"range can't iterate over {_text(value)}")
        pairs: list[tuple[Any, Any]] = (
            sorted(value.items()) if isinstance(value, dict) else list(enumerate(value or ()))
        )
        for key, item in pairs:
            inner = {**variables, **dict(zip(names, (key, item) if len(names) > 1 else (item,), strict=False))}
            yield from self.nodes(node.inside, item, inner)
        if not pairs:
            yield from self.nodes(node.otherwise, dot, variables)

    def pipeline(self, tokens: list[str], dot: Any, variables: Variables) -> Any:
        """Commands joined by |: the value of one is the last argument of the next."""
        carried: list[Any] = []
        while True:
            words: list[Any] = []
            while tokens and tokens[0] not in ("|", ")"):
                words.append(self.operand(tokens, dot, variables))
            if not words:
                raise TemplateError("missing value for command")
            first, *arguments = words
            arguments += carried
            if callable(first):
                carried = [first(*arguments)] if _fits(first, arguments) else [_wrong(first)]
            elif arguments:
                raise TemplateError("can't give argument to non-function")
            else:
                carried = [first]
            if not tokens or tokens[0] == ")":
                return carried[0]
            tokens.pop(0)

    def operand(self, tokens: list[str], dot: Any, variables: Variables) -> Any:
        token = tokens.pop(0)
        if token == "(":
            value = self.pipeline(tokens, dot, variables)
            if not tokens:
                raise TemplateError("unclosed left paren")
            tokens.pop(0)
            return _fields(value, tokens.pop(0)[1:]) if tokens and tokens[0][0] == CHAIN else value
        if token[0] == '"':
            return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), token[1:-1])
        if token[0] == "`":
            return token[1:-1]
        if re.fullmatch(r"-?\d+(\.\d+)?", token):
            return float(token) if "." in token else int(token)
        if token[0] == ".":
            return _fields(dot, token)
        if token[0] == "$":
            name, point, rest = token.partition(".")
            if name not in variables:
                raise TemplateError(f'undefined variable "{name}"')
            return _fields(variables[name], point + rest)
        if token in ("true", "false", "nil"):
            return {"true": True, "false": False, "nil": None}[token]
        if token not in FUNCTIONS:
            raise TemplateError(f'function "{token}" not defined')
        return FUNCTIONS[token]


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise TemplateError(f"unexpected {text[at]!r} in command")
        chained = text[token.start()] == "." and found[-1:] == [")"] and text[token.start() - 1] == ")"
        found.append(f"{CHAIN}{token[1]}" if chained else token[1])
        at = token.end()
        while text[at : at + 1] == " ":
            at += 1
    return found


def _fields(value: Any, path: str) -> Any:
    for name in path.split("."):
        if name:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _truth(value: Any) -> bool:
    return bool(value)


def _text(value: Any) -> str:
    return "<no value>" if value is None else go(value)


def _index(value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, list):
            if not isinstance(key, int) or not 0 <= key < len(value):
                raise TemplateError(f"error calling index: index out of range: {_text(key)}")
            value = value[key]
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _printf(form: Any, *values: Any) -> str:
    rest = list(values)

    def shown(found: re.Match[str]) -> str:
        if found[2] == "%":
            return "%"
        value = rest.pop(0) if rest else "%!(MISSING)"
        text = f'"{value}"' if found[2] == "q" else _text(value)
        width = int(found[1] or 0)
        if abs(width) > 1_000:
            raise TemplateError("printf: a width of more than 1,000")
        return text.ljust(-width) if width < 0 else text.rjust(width)

    return re.sub(r"%(-?\d*)([svdqt%])", shown, str(form))


def _compare(test: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    def compared(left: Any, *rights: Any) -> bool:
        try:
            return any(test(left, right) for right in rights)
        except TypeError:
            raise TemplateError("incompatible types for comparison") from None

    return compared


def _decode(text: Any) -> str:
    try:
        return base64.b64decode(str(text), validate=True).decode(errors="replace")
    except ValueError:
        raise TemplateError(f"base64 decode of {text} failed") from None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "and": lambda *v: next((x for x in v if not x), v[-1] if v else None),
    "or": lambda *v: next((x for x in v if x), v[-1] if v else None),
    "not": lambda v: not v,
    "eq": _compare(lambda a, b: a == b),
    "ne": _compare(lambda a, b: a != b),
    "lt": _compare(lambda a, b: a < b),
    "le": _compare(lambda a, b: a <= b),
    "gt": _compare(lambda a, b: a > b),
    "ge": _compare(lambda a, b: a >= b),
    "index": _index,
    "len": lambda v: len(v) if isinstance(v, str | list | dict) else 0,
    "print": lambda *v: " ".join(map(_text, v)),
    "println": lambda *v: " ".join(map(_text, v)) + "\n",
    "printf": _printf,
    "exists": lambda v, *keys: _index(v, *keys) is not None,
    "base64decode": _decode,
}


def _fits(function: Callable[..., Any], arguments: list[Any]) -> bool:
    from inspect import signature

    try:
        signature(function).bind(*arguments)
    except TypeError:
        return False
    return True


def _wrong(function: Callable[..., Any]) -> Any:
    name = next(n for n, f in FUNCTIONS.items() if f is function)
    raise TemplateError(f"wrong number of args for {name}")
