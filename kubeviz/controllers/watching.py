"""How controllers find the key to reconcile for a change: client-go's event handlers."""

from collections.abc import Callable, Iterable

from ..cluster.changes import Body, Change, Key
from ..cluster.state import Cluster


def itself(cluster: Cluster, change: Change) -> Iterable[Key]:
    """The changed object is what is reconciled."""
    return (change.key,)


def controller_of(kind: str) -> Callable[[Cluster, Change], Iterable[Key]]:
    """The owner of this kind that controls the changed object, before or after the change."""

    def mapper(cluster: Cluster, change: Change) -> Iterable[Key]:
        return {key for body in (change.body, change.old) if body for key in _owners(body, kind)}

    return mapper


def _owners(body: Body, kind: str) -> Iterable[Key]:
    metadata = body["metadata"]
    for owner in metadata.get("ownerReferences") or ():
        if owner.get("controller") and owner["kind"] == kind:
            yield (kind, metadata.get("namespace") or "", owner["name"])


def owner_reference(owner: Body) -> Body:
    metadata = owner["metadata"]
    return {
        "apiVersion": owner["apiVersion"],
        "kind": owner["kind"],
        "name": metadata["name"],
        "uid": metadata["uid"],
        "controller": True,
        "blockOwnerDeletion": True,
    }


def set_condition(conditions: list[Body], new: Body, now: str) -> list[Body]:
    """*conditions* with *new* in the place of its type; lastTransitionTime moves only when the status does."""
    old = next((c for c in conditions if c["type"] == new["type"]), None)
    if old is not None and old["status"] == new["status"]:
        new = {**new, "lastTransitionTime": old.get("lastTransitionTime", now)}
        if {**old, **new} == old:
            return conditions
    else:
        new = {**new, "lastTransitionTime": now}
    return (
        [c for c in conditions if c["type"] != new["type"]] + [new]
        if old is None
        else [new if c is old else c for c in conditions]
    )
