"""Why a pod cannot be on a node, in the scheduler's own words (framework.Status, FitError)."""

from typing import NamedTuple


class Refusal(NamedTuple):
    reasons: tuple[str, ...]
    curable: bool = False
    """Whether the removal of other pods could mend it (Unschedulable; else UnschedulableAndUnresolvable)."""


def counted(reasons: list[str]) -> str:
    """How often each is said, in alphabetical order of the whole."""
    return ", ".join(sorted(f"{reasons.count(reason)} {reason}" for reason in set(reasons)))
