"""Grading: every check its verdict, every verdict its part of the points.

What held at the start already earns nothing, and costs something once it is broken: so pressing Check before anything
was done gives no points, and a repair that breaks something else is worth less.
"""

from functools import lru_cache
from typing import NamedTuple

import msgspec

from .checks import AnyCheck, Verdict
from .content import Task
from .setting import Start
from .world import World


class Graded(NamedTuple):
    task: Task
    verdicts: list[tuple[AnyCheck, Verdict]]
    first: tuple[float, ...]
    """The share that each check had at the start."""

    @property
    def passed(self) -> bool:
        return all(verdict.passed for _, verdict in self.verdicts)

    @property
    def share(self) -> float:
        """The part of the points that is earned, from 0 to 1; checks without weight count only for passing."""
        if not any(most for _, most in self.parts):
            return float(self.passed)
        return max(0.0, sum(earned for earned, _ in self.parts))

    @property
    def parts(self) -> list[tuple[float, float]]:
        """For each check (what it has earned, what it can earn), as parts of all the points. The first is negative
        where something is worse than at the start."""
        rows = [(c.weight, v.share, first) for (c, v), first in zip(self.verdicts, self.first, strict=True)]
        whole = sum(weight * (1 - first) for weight, _, first in rows) or 1
        return [(weight * (share - first) / whole, weight * (1 - first) / whole) for weight, share, first in rows]

    @property
    def reasons(self) -> list[str]:
        """Reason codes of the traces that failed, each once."""
        return list(dict.fromkeys(code for _, v in self.verdicts if not v.passed for code in v.reasons))

    def points(self, hints: list[int], shown: bool) -> int:
        """What is earned after the cost of hints; half at most once the solution was shown."""
        most = self.task.points / 2 if shown else self.task.points
        cost = sum(self.task.hints[n].cost for n in set(hints) if n < len(self.task.hints))
        return max(0, round(min(most, self.share * self.task.points) - cost))


def grade(task: Task, world: World) -> Graded:
    """*task* is realised: it has no faults left to choose."""
    first = _at_first(_ENCODER.encode(task.checks), world.began)
    return Graded(task, [(check, check.verdict(world)) for check in task.checks], first)


_ENCODER = msgspec.json.Encoder()


@lru_cache(maxsize=256)
def _at_first(checks: bytes, began: Start) -> tuple[float, ...]:
    """With nothing done and nothing said."""
    world = World(*began)
    return tuple(check.verdict(world).share for check in msgspec.json.decode(checks, type=list[AnyCheck]))


def offered(task: Task, reasons: list[str]) -> list[int]:
    """The hints that fit why it fails."""
    return [n for n, hint in enumerate(task.hints) if set(hint.when) & set(reasons)]
