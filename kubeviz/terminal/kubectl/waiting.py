"""Commands that wait for something: virtual time passes until it is so, or the time given is over."""

from collections.abc import Callable
from datetime import timedelta

from . import durations
from .call import Call
from .errors import KubectlError

STEP = 1.0
LONGEST = 900.0
"""No command waits longer than this, whatever it was told."""


def seconds(text: str, flag: str) -> float:
    """Raises KubectlError."""
    try:
        return durations.seconds(text or "0")
    except ValueError as error:
        raise KubectlError(f'invalid argument "{text}" for "--{flag}" flag: {error}') from None


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
