"""The functions of a template (text/template's own, and kubectl's exists and base64decode)."""

import base64
import re
from collections.abc import Callable
from inspect import signature
from typing import Any

from ..columns import go
from .parsing import TemplateError


def text_of(value: Any) -> str:
    return "<no value>" if value is None else go(value)


def _index(value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, list):
            if not isinstance(key, int) or not 0 <= key < len(value):
                raise TemplateError(f"error calling index: index out of range: {text_of(key)}")
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
        text = f'"{value}"' if found[2] == "q" else text_of(value)
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
    "print": lambda *v: " ".join(map(text_of, v)),
    "println": lambda *v: " ".join(map(text_of, v)) + "\n",
    "printf": _printf,
    "exists": lambda v, *keys: _index(v, *keys) is not None,
    "base64decode": _decode,
}


def fits(function: Callable[..., Any], arguments: list[Any]) -> bool:
    try:
        signature(function).bind(*arguments)
    except TypeError:
        return False
    return True


def wrong(function: Callable[..., Any]) -> Any:
    name = next(n for n, f in FUNCTIONS.items() if f is function)
    raise TemplateError(f"wrong number of args for {name}")
