"""Strangers' text on its way to a terminal: no control character gets through (kubectl does the same in tables)."""

import re

from ..session import Result

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Escape becomes ^[, the others likewise; line feeds and tabs stay."""
    return _CONTROL.sub(_caret, text)


def _caret(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"^{chr(code + 64)}" if code < 32 else "^?" if code == 127 else f"\\u{code:04x}"


def inert(result: Result) -> Result:
    result.chunks = [(stream, clean(text)) for stream, text in result.chunks]
    return result
