"""References as people and pages write them: `kind/namespace/name`, `kind/name`, or labels in place of the name."""

from typing import Any

from .kinds import find
from .objects import Obj
from .state import Cluster


def resolve(cluster: Cluster, ref: str) -> Any:
    """The object of a reference `kind/namespace/name` or `kind/name`, or None."""
    word, *rest = ref.split("/")
    kind = find(word)
    if kind is None or len(rest) != (2 if kind.namespaced else 1):
        return None
    return cluster.get(kind.kind, rest[0] if kind.namespaced else "", rest[-1])


def select(cluster: Cluster, ref: str) -> list[Obj]:
    """All objects that `kind/namespace/key=value,…` stands for, by name; or the one that a plain reference names."""
    word, *rest = ref.split("/")
    kind = find(word)
    if kind is None or not rest or "=" not in rest[-1]:
        found = resolve(cluster, ref)
        return [] if found is None else [found]
    namespace = rest[0] if len(rest) > 1 else None
    wanted = dict(pair.partition("=")[::2] for pair in rest[-1].split(","))
    return [o for o in cluster.of_kind(kind.kind, namespace) if wanted.items() <= o.labels.items()]
