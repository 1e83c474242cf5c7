"""Go's durations (time.ParseDuration): 30s, 1m30s, -1s, 0."""

import re

UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6, "ns": 1e-9}
_PART = re.compile(r"(\d{1,12}(?:\.\d{0,9})?|\.\d{1,9})(h|ms|m|s|us|ns)")


def seconds(text: str) -> float:
    """Raises ValueError in Go's words."""
    plain = text.removeprefix("-").removeprefix("+")
    if plain == "0":
        return 0.0
    parts = _PART.findall(plain)
    if re.fullmatch(r"[\d.]*\d[\d.]*", plain):
        raise ValueError(f'time: missing unit in duration "{text}"')
    if not parts or "".join(number + unit for number, unit in parts) != plain:
        raise ValueError(f'time: invalid duration "{text}"')
    total = sum(float(number) * UNITS[unit] for number, unit in parts)
    return -total if text.startswith("-") else total
