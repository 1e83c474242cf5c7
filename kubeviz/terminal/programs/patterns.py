"""Regular expressions of grep, sed and awk, matched in linear time whatever a learner writes (RE2)."""

import re
from typing import Any

import re2

MOST_PATTERN = 1000
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_SWAPPED = set("(){}|+?")
"""Special in extended expressions; in basic ones only behind a backslash (POSIX XBD 9.3)."""
_CLASSES = re.compile(r"\[(?:\\.|\[:\w+:\]|[^\]\\])(?:\[:\w+:\]|[^\]])*\]")


class BadPattern(ValueError):
    """No regular expression."""


def compiled(pattern: str, extended: bool, ignore_case: bool = False, whole: str = "") -> Any:
    """An RE2 object with `search`. *whole* is "word" or "line". Raises BadPattern."""
    if len(pattern) > MOST_PATTERN:
        raise BadPattern("regular expression too big")
    text = pattern if extended else extended_of(pattern)
    text = {"word": rf"\b(?:{text})\b", "line": f"^(?:{text})$"}.get(whole, text)
    try:
        return re2.compile(f"(?i){text}" if ignore_case else text, _OPTIONS)
    except re2.error as error:
        raise BadPattern(_said(str(error))) from None


def _said(message: str) -> str:
    if "missing )" in message:
        return "Unmatched ( or \\("
    if "unexpected )" in message:
        return "Unmatched ) or \\)"
    if "missing ]" in message:
        return "Unmatched [, [^, [:, [., or [="
    return "Invalid preceding regular expression"


def extended_of(basic: str) -> str:
    """A basic regular expression written as an extended one."""
    out, at = [], 0
    while at < len(basic):
        c = basic[at]
        bracket = _CLASSES.match(basic, at) if c == "[" else None
        if bracket:
            out.append(bracket[0])
            at = bracket.end()
            continue
        if c == "\\" and at + 1 < len(basic):
            at += 1
            out.append(basic[at] if basic[at] in _SWAPPED else f"\\{basic[at]}")
        elif c == "*" and (at == 0 or basic[:at] in ("^", "\\(")):
            out.append("\\*")
        else:
            out.append(f"\\{c}" if c in _SWAPPED else c)
        at += 1
    return "".join(out)
