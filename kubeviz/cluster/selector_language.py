"""`app=a,tier!=b,env in (x,y),!old`: label selectors as kubectl's -l takes them (apimachinery/pkg/labels: Parser)."""

import re
from collections.abc import Iterator

from .names import label_value, qualified_name

Requirement = tuple[str, str, list[str]]
"""(key, operator, values)"""

_TOKEN = re.compile(r"\s*([^\s(),!=<>]+|==|!=|[=!<>(),])")
_SYMBOLS = ("(", ")", ",", "!", "=", "==", "!=", "<", ">")
_OPERATORS = {"in": "In", "notin": "NotIn", "=": "In", "==": "In", "!=": "NotIn", ">": "Gt", "<": "Lt"}
_BINARY = "in, notin, =, ==, !=, gt, lt"


class _Words:
    """What is still to be read; "" is the end."""

    def __init__(self, text: str) -> None:
        self._words: Iterator[str] = (found[1] for found in _TOKEN.finditer(text))
        self.next = next(self._words, "")

    def take(self) -> str:
        word, self.next = self.next, next(self._words, "")
        return word

    @property
    def is_name(self) -> bool:
        return bool(self.next) and self.next not in _SYMBOLS


def parse(text: str) -> list[Requirement]:
    """Raises ValueError in the server's words."""
    words, found = _Words(text), list[Requirement]()
    if not words.next:
        return found
    if not (words.is_name or words.next == "!"):
        raise ValueError(f"found '{words.next}', expected: !, identifier, or 'end of string'")
    while True:
        try:
            found.append(_requirement(words))
        except ValueError as error:
            raise ValueError(f"unable to parse requirement: {error}") from None
        after = words.take()
        if not after:
            return found
        if after != ",":
            raise ValueError(f"found '{after}', expected: ',' or 'end of string'")
        if not (words.is_name or words.next == "!"):
            raise ValueError(f"found '{words.next}', expected: identifier after ','")


def _requirement(words: _Words) -> Requirement:
    absent = words.next == "!"
    if absent:
        words.take()
    if not words.is_name:
        raise ValueError(f"found '{words.next}', expected: identifier")
    key = words.take()
    _check(key, qualified_name(key), "<nil>")
    if absent or words.next in ("", ","):
        return key, "DoesNotExist" if absent else "Exists", []
    word = words.take()
    operator = _OPERATORS.get(word)
    if operator is None:
        raise ValueError(f"found '{word}', expected: {_BINARY}")
    return key, operator, _values(words, key, operator, several=word in ("in", "notin"))


def _values(words: _Words, key: str, operator: str, several: bool) -> list[str]:
    values = _in_brackets(words) if several else [words.take() if words.is_name else ""]
    for i, value in enumerate(values):
        if operator in ("Gt", "Lt") and not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise ValueError(
                f"values[{i}]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer"
            )
        _check(value, label_value(value), f"values[{i}][{key}]")
    return values


def _in_brackets(words: _Words) -> list[str]:
    """`(x,y)`; a missing value is an empty one."""
    opening = words.take()
    if opening != "(":
        raise ValueError(f"found '{opening}' expected: '('")
    values = [words.take() if words.is_name else ""]
    while words.next == ",":
        words.take()
        values.append(words.take() if words.is_name else "")
    closing = words.take()
    if closing != ")":
        raise ValueError(f"found '{closing}', expected: ',' or ')'")
    return sorted(set(values))


def _check(value: str, problems: tuple[str, ...], path: str) -> None:
    if problems:
        raise ValueError(f'{path}: Invalid value: "{value}": {"; ".join(problems)}')
