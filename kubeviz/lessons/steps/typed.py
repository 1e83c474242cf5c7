"""`run`: a line as it is typed into the terminal, for whatever has no step of its own."""

from typing import Annotated

from msgspec import Meta

from ... import controllers, terminal
from ...cluster.apiserver import Transaction
from ..setting import MOST_PODS, pods_wanted
from .step import Step, StepFailed, Text


class Run(Step, tag="run", kw_only=True):
    """`kubectl scale deploy order --replicas=3`, `curl …`, a here-document: each line begins on the laptop anew.

    It is done if it ends with exit code 0, as in a script under `set -e`; write `|| true` behind what may fail.
    """

    line: Annotated[Text, Meta(min_length=1)]

    def run(self, tx: Transaction) -> None:
        self.type(terminal.Session(tx, _settle))

    def type(self, session: terminal.Session) -> None:
        """In a terminal that somebody else owns. Raises StepFailed."""
        if terminal.missing(self.line) is not None:
            raise StepFailed(f"{self.line}: this line is not finished")
        result = terminal.run(self.line, session)
        if session.follow is not None:
            raise StepFailed(f"{self.line}: this goes on until Ctrl-C; a step has an end")
        if result.code:
            said = (result.err or result.out).strip().splitlines()
            raise StepFailed(f"{self.line}: exit code {result.code}{': ' + said[-1] if said else ''}")

    def command(self) -> str:
        return self.line.strip()


def _settle(tx: Transaction) -> None:
    """A pack may come from a stranger: no loop of a shell fills the classroom's laptop."""
    if pods_wanted(tx.cluster) > 2 * MOST_PODS:  # a Deployment's pods are counted again by its ReplicaSet
        raise StepFailed(f"more than {MOST_PODS:,} pods")
    controllers.settle(tx)
