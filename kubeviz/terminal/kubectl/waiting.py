"""Commands that wait for something: virtual time passes until it is so, or the time given is over."""

import re
from collections.abc import Callable
from datetime import timedelta

from .call import Call
from .errors import KubectlError

STEP = 1.0
LONGEST = 900.0
"""No command waits longer than this, whatever it was told."""
UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6, "ns": 1e-9}


def seconds(text: str, flag: str) -> float:
    """Go's durations: 30s, 1m30s. Raises KubectlError."""
    if text in ("", "0"):
        return 0.0
    parts = re.findall(r"(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)", text.removeprefix("-"))
    if not parts or "".join(n + u for n, u in parts) != text.removeprefix("-"):
        raise KubectlError(f'invalid argument "{text}" for "--{flag}" flag: time: invalid duration "{text}"')
    total = sum(float(number) * UNITS[unit] for number, unit in parts)
    return -total if text.startswith("-") else total


def until(call: Call, done: Callable[[], bool], limit: float) -> bool:
    """Whether *done* became true in time; nothing to wait for ends it too."""
    call.session.settle(call.tx)
    end = call.now + timedelta(seconds=min(limit, LONGEST))
    while not done():
        if call.now >= end:
            return False
        call.session.budget.turn()
        call.session.wait(STEP)
    return True
