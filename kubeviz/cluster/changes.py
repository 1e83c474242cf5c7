"""The change log's entry: one object, one resource version."""

from typing import Any, Literal, NamedTuple

Body = dict[str, Any]
Key = tuple[str, str, str]
"""(kind, namespace, name); namespace is "" for cluster-scoped kinds."""


class Change(NamedTuple):
    """What happened to one object at version `rv`; `body` is None once deleted, `old` None when added."""

    rv: int
    op: Literal["added", "modified", "deleted"]
    key: Key
    body: Body | None
    old: Body | None


def ref(kind: str, namespace: str, name: str) -> str:
    """`service/shop/order`, or `node/node-1` where there is no namespace."""
    return f"{kind.lower()}/{namespace}/{name}" if namespace else f"{kind.lower()}/{name}"
