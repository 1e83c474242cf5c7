"""JSON as Go writes it: keys sorted, and <, > and & escaped."""

import json
from typing import Any


def line(value: Any) -> str:
    """Without spaces, as it is sent and as annotations hold it."""
    return escaped(json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False))


def escaped(text: str) -> str:
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
