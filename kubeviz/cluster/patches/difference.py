"""The patch that `kubectl apply` sends: what new adds to or changes in live, and what last had and new has not.

strategicpatch.CreateThreeWayMergePatch, directives included. An empty patch is never sent: `unchanged`.
"""

from typing import Any

from .fields import Field
from .strategic import DELETE_FROM, DIRECTIVE, ORDER, RETAIN

Map = dict[str, Any]


def three_way_patch(live: Map, last: Map, new: Map, field: Field) -> Map:
    return _joined(_maps(last, new, field, gone=True), _maps(live, new, field, gone=False), field)


def _maps(old: Map, new: Map, field: Field, gone: bool, retains: bool = False) -> Map:
    """What turns *old* into *new*: either only what is *gone*, or all but that."""
    patch: Map = {}
    for key, value in new.items():
        before = old.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            patch |= _of_map(key, before, value, field.of(key), gone)
        elif isinstance(value, list) and isinstance(before, list) and field.of(key).merges:
            patch |= _of_list(key, before, value, field.of(key), gone)
        elif not gone and (key not in old or not _same(before, value)):
            patch[key] = value
    if gone:
        patch |= {key: None for key in old if key not in new}
    if retains and (patch or set(old) - set(new)):
        patch[RETAIN] = sorted(key for key, value in new.items() if value is not None)
    return patch


def _same(a: Any, b: Any) -> bool:
    """Equal as JSON: true is not 1."""
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def _of_map(key: str, old: Map, new: Map, field: Field, gone: bool) -> Map:
    if field.replaces:
        return {} if gone else {key: new}
    found = _maps(old, new, field, gone, field.retains)
    return {key: found} if found else {}


def _of_list(key: str, old: list[Any], new: list[Any], field: Field, gone: bool) -> Map:
    if not old:
        return {key: new} if new and not gone else {}
    if not field.key:
        return _of_scalars(key, old, new, gone)
    changed = _items(old, new, field, gone)
    names, before = ([item.get(field.key) for item in items] for items in (new, old))
    moved = [name for name in names if name in before] != [name for name in before if name in names]
    found: Map = {key: changed} if changed else {}
    if changed or (moved and not gone):
        found[ORDER + key] = [{field.key: name} for name in names]
    return found


def _of_scalars(key: str, old: list[Any], new: list[Any], gone: bool) -> Map:
    added = [] if gone else [item for item in new if item not in old]
    removed = [item for item in old if item not in new] if gone else []
    found: Map = {key: added} if added else {}
    if removed:
        found[DELETE_FROM + key] = removed
    if added or removed:
        found[ORDER + key] = new
    return found


def _items(old: list[Any], new: list[Any], field: Field, gone: bool) -> list[Any]:
    """Changed and added items in the order of *new*, then those that go."""
    before = {item.get(field.key): item for item in old}
    found = []
    for item in new:
        name = item.get(field.key)
        if name in before:
            changed = _maps(before[name], item, field.item, gone, field.retains)
            found += [{**changed, field.key: name}] if changed else []
        elif not gone:
            found.append(item)
    names = {item.get(field.key) for item in new}
    return found + ([{DIRECTIVE: "delete", field.key: n} for n in before if n not in names] if gone else [])


def _joined(gone: Any, changed: Any, field: Field) -> Any:
    """The two halves as one patch."""
    if isinstance(gone, dict) and isinstance(changed, dict):
        both = {key: _joined(gone[key], changed[key], field.of(key)) for key in gone if key in changed}
        return {**gone, **changed, **both}
    return _joined_items(gone, changed, field) if field.key and isinstance(changed, list) else changed


def _joined_items(gone: list[Any], changed: list[Any], field: Field) -> list[Any]:
    """Items that are in both are one; deletions come last."""
    rest = {item[field.key]: item for item in gone}
    joined = [_joined(rest.pop(item[field.key], {}), item, field.item) for item in changed]
    return [*joined, *rest.values()]
