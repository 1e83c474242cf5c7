"""From blocks and an object to text."""

import re
from collections.abc import Iterator
from typing import Any

from .functions import FUNCTIONS, fits, text_of, wrong
from .parsing import CHAIN, Action, Block, TemplateError, tokens

MOST_NODES = 200_000
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
Variables = dict[str, Any]


class Run:
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
            yield text_of(value)

    def assigned(self, text: str, dot: Any, variables: Variables) -> tuple[list[str], Any, bool]:
        """`$a, $b := pipeline` or a pipeline alone."""
        found = re.match(r"(\$\w+(?:\s*,\s*\$\w+)?)\s*:?=\s*(.*)", text, re.DOTALL)
        names = [n.strip() for n in found[1].split(",")] if found else []
        return names, self.pipeline(tokens(found[2] if found else text), dot, variables), bool(found)

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
            raise TemplateError(f"range can't iterate over {text_of(value)}")
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
                carried = [first(*arguments)] if fits(first, arguments) else [wrong(first)]
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


def _fields(value: Any, path: str) -> Any:
    for name in path.split("."):
        if name:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _truth(value: Any) -> bool:
    return bool(value)
