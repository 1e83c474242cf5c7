"""What was done in a lab, by whom, and what time alone will do next."""

from datetime import datetime
from typing import NamedTuple

from .. import controllers
from ..cluster.changes import ref
from ..cluster.state import Cluster
from ..models import Action, Lab

MOST = 30


class Next(NamedTuple):
    """The next thing that falls due: in how many seconds of virtual time, and to which objects."""

    seconds: float
    refs: list[str]


def done(lab: Lab) -> list[Action]:
    """The latest actions, newest first."""
    return list(lab.actions.order_by("-id")[:MOST])


def due(lab: Lab, cluster: Cluster, now: datetime) -> Next | None:
    if lab.next_due is None:
        return None
    refs = [ref(*key) for key in controllers.due_keys(cluster, lab.next_due)]
    return Next(max(0.0, (lab.next_due - now).total_seconds()), refs)
