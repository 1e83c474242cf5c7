"""What a grading looks at: the learner's cluster at rest, the one they began with, and what they did and said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ..cluster.apiserver import Transaction
from ..cluster.errors import Rejected
from ..cluster.manifest import ManifestError
from ..cluster.state import Cluster
from ..controllers import loading, quiesce
from .setting import MOST_PODS, Start, pods_wanted
from .steps import Answer, AnyStep, Send, StepFailed

CANNOT = (StepFailed, Rejected, ManifestError, loading.LoadError)
"""How a step says that it cannot be done."""


class Answered(NamedTuple):
    """A question's answer: what was said, what was true then, how often somebody tried, the trace that told."""

    value: str
    actual: tuple[str, ...] = ()
    tries: int = 1
    trace: str = ""

    @property
    def right(self) -> bool:
        return self.value in self.actual

    def as_json(self) -> dict[str, Any]:
        return {**self._asdict(), "actual": list(self.actual), "right": self.right}


class World:
    """The cluster is at rest: a learner's grade does not depend on the second at which they ask for it."""

    def __init__(
        self,
        cluster: Cluster,
        now: datetime,
        began: Start | None = None,
        commands: tuple[str, ...] = (),
        answers: dict[str, Answered] | None = None,
    ) -> None:
        self.cluster = cluster
        self.now = now
        self.began = began or Start(cluster, now)
        self.commands = commands
        self.answers = answers or {}
        self._after: dict[int, Cluster] = {}

    @property
    def start(self) -> Cluster:
        """What the learner found."""
        return self.began.cluster

    @classmethod
    def resting(cls, cluster: Cluster, now: datetime, **more: Any) -> "World":
        """As it will be when everything that is under way has happened."""
        tx = Transaction(cluster, now)
        quiesce(tx)
        return cls(tx.cluster, tx.now, **more)

    def after(self, steps: list[AnyStep]) -> Cluster:
        """The cluster once *steps* have been done too and all is at rest again. Raises one of CANNOT."""
        if not steps:
            return self.cluster
        if id(steps) not in self._after:
            self._after[id(steps)] = after(Start(self.cluster, self.now), steps).cluster
        return self._after[id(steps)]


def after(start: Start, steps: Sequence[AnyStep]) -> Start:
    """Each step is done once the one before has come to rest, as a person would. Raises one of CANNOT."""
    cluster, now = start
    for step in steps:
        if isinstance(step, Answer | Send):
            continue
        tx = Transaction(cluster, now)
        step.run(tx)
        if pods_wanted(tx.cluster) > 2 * MOST_PODS:  # a Deployment's pods are counted again by its ReplicaSet
            raise StepFailed(f"more than {MOST_PODS:,} pods")
        quiesce(tx)
        cluster, now = tx.cluster, tx.now
    return Start(cluster, now)
