"""Backslash escapes of echo -e and printf."""

import re

ESCAPE = re.compile(r"\\(?:([abefnrtv\\\"'])|0?([0-7]{1,3})|x([0-9a-fA-F]{1,2}))")
SIMPLE = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def unescaped(text: str) -> str:
    return ESCAPE.sub(_one, text)


def _one(match: re.Match[str]) -> str:
    if match[1]:
        return SIMPLE.get(match[1], match[1])
    return chr(int(match[2], 8) % 256) if match[2] else chr(int(match[3], 16))
