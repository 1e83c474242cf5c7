"""What the stage of a lab shows."""

import threading
from collections import OrderedDict
from typing import NamedTuple

from .. import graph
from ..cluster.state import Cluster
from ..models import Lab
from .snapshots import snapshot

KEPT = 300

_known: OrderedDict[tuple[str, int], graph.Elements] = OrderedDict()
_lock = threading.Lock()


class Picture(NamedTuple):
    """The elements of a lab at version `rv`."""

    rv: int
    elements: graph.Elements


def picture(lab: Lab) -> Picture:
    """The picture at `lab.rv`; computed once per version, whoever asks."""
    return picture_at(lab.id, snapshot(lab))


def picture_at(lab_id: str, cluster: Cluster) -> Picture:
    key = (lab_id, cluster.rv)
    found = _known.get(key)
    if found is None:
        found = graph.elements(cluster)
        with _lock:
            _known[key] = found
            while len(_known) > KEPT:
                _known.popitem(last=False)
    return Picture(cluster.rv, found)
