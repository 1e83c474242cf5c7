"""How each field merges: the published schemas say it (x-kubernetes-patch-strategy and -merge-key).

A list merges item by item only where its schema names a key; every other list is replaced as a whole.
"""

from functools import cache
from typing import Any, NamedTuple

from .. import schema


class Field(NamedTuple):
    """What a value may hold. `ref` is the definition of the value, or of a list's items; "" where it is plain."""

    ref: str = ""
    merges: bool = False
    """A list whose items merge; with `key` they are told apart by that field, without it they are a set."""
    key: str = ""
    retains: bool = False
    """Of a mapping only what the new version names stays (a union: one member excludes the others)."""
    replaces: bool = False
    """A mapping that is replaced as a whole."""

    def of(self, name: str) -> "Field":
        """The field *name* of this struct."""
        return _fields(self.ref).get(name, PLAIN) if self.ref else PLAIN

    @property
    def item(self) -> "Field":
        return Field(self.ref, retains=self.retains)


PLAIN = Field()


def root(body: dict[str, Any]) -> Field | None:
    """The object itself, or None for a kind without a published schema (a custom resource)."""
    name = schema.name_of(body.get("apiVersion") or "", body.get("kind") or "")
    return Field(name) if name else None


@cache
def _fields(ref: str) -> dict[str, Field]:
    properties = schema.definition(ref).get("properties") or {}
    return {name: _field(found) for name, found in properties.items()}


def _field(found: dict[str, Any]) -> Field:
    strategy = (found.get("x-kubernetes-patch-strategy") or "").split(",")
    target = found.get("items") or found
    reference = (target.get("$ref") or "").rpartition("/")[2]
    if reference and "properties" not in schema.definition(reference):
        reference = ""
    key = found.get("x-kubernetes-patch-merge-key") or ""
    return Field(reference, "merge" in strategy, key, "retainKeys" in strategy, "replace" in strategy)
