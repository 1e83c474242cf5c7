"""Grading: every check its verdict, every verdict its part of the points."""

from typing import NamedTuple

from .checks import AnyCheck, Verdict
from .content import Task
from .world import World


class Graded(NamedTuple):
    task: Task
    verdicts: list[tuple[AnyCheck, Verdict]]

    @property
    def passed(self) -> bool:
        return all(verdict.passed for _, verdict in self.verdicts)

    @property
    def share(self) -> float:
        """The part of the points that is earned, from 0 to 1; checks without weight count only for passing."""
        whole = sum(check.weight for check, _ in self.verdicts)
        return sum(c.weight * v.share for c, v in self.verdicts) / whole if whole else float(self.passed)

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
    return Graded(task, [(check, check.verdict(world)) for check in task.checks])


def offered(task: Task, reasons: list[str]) -> list[int]:
    """The hints that fit why it fails."""
    return [n for n, hint in enumerate(task.hints) if set(hint.when) & set(reasons)]
