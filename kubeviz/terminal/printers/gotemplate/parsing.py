"""From the text of a template to its blocks and actions, and from an action to its tokens."""

import re
from typing import Any, NamedTuple


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


def parse(text: str) -> list[Any]:
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


def tokens(text: str) -> list[str]:
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
