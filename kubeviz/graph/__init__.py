"""What a learner sees: a cluster as elements to draw, and the difference between two pictures.

`apply(elements(old), diff(elements(old), elements(new))) == elements(new)`, always.
"""

from collections.abc import Iterable
from typing import Any

from ..cluster.state import Cluster
from . import edges, nodes

Element = dict[str, Any]
Elements = dict[str, Element]
Op = tuple[str, Any]


def elements(cluster: Cluster) -> Elements:
    """Every element by its id: things first, then the edges between things that are there."""
    found: Elements = {e["id"]: e for e in nodes.elements(cluster)}
    for edge in edges.elements(cluster):
        if edge["source"] in found and edge["target"] in found:
            found[edge["id"]] = edge
    return found


def diff(old: Elements, new: Elements) -> list[Op]:
    """The operations that make *new* of *old*: what goes, then what comes or changes."""
    gone: Iterable[Op] = (("drop", id) for id in old if id not in new)
    put: Iterable[Op] = (("put", element) for id, element in new.items() if old.get(id) != element)
    return [*gone, *put]


def apply(elements: Elements, ops: Iterable[Op]) -> Elements:
    """A changed copy of *elements*."""
    found = dict(elements)
    for op, what in ops:
        if op == "drop":
            found.pop(what, None)
        else:
            found[what["id"]] = what
    return found
