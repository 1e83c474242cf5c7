"""Amounts of CPU and memory, such as 100m or 64Mi (apimachinery/pkg/api/resource)."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..errors import FieldError, invalid

Body = dict[str, Any]
_DECIMAL = {
    letter: Decimal(10) ** (3 * i) for i, letter in enumerate(("n", "u", "m", "", "k", "M", "G", "T", "P", "E"), -3)
}
_BINARY = {f"{letter}i": Decimal(2) ** (10 * i) for i, letter in enumerate("KMGTPE", 1)}
SUFFIXES = _DECIMAL | _BINARY


@lru_cache(maxsize=4096)
def amount(text: str) -> Decimal | None:
    """The number a quantity stands for, or None when it is none."""
    match = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?", text)
    if match is None:
        return None
    return Decimal(match[1]) * (Decimal(10) ** int(match[3]) if match[3] else SUFFIXES[match[2] or ""])


def validate_requirements(resources: Body, path: str) -> Iterable[FieldError]:
    """Nothing negative, and no request above its limit."""
    limits, requests = resources.get("limits") or {}, resources.get("requests") or {}
    for field, found in (("limits", limits), ("requests", requests)):
        for name, text in sorted(found.items()):
            value = amount(str(text))
            if value is not None and value < 0:
                yield invalid(f"{path}.{field}[{name}]", str(text), "must be greater than or equal to 0")
            limit = amount(str(limits[name])) if field == "requests" and name in limits else None
            if value is not None and limit is not None and value > limit:
                yield invalid(
                    f"{path}.requests",
                    str(text),
                    f"must be less than or equal to {name} limit of {limits[name]}",
                )
