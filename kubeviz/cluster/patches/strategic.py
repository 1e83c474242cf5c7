"""Strategic merge patch: lists of things with a name are merged by that name, not replaced.

The directives of k8s.io/apimachinery/pkg/util/strategicpatch: `$patch: delete | replace | merge`,
`$retainKeys`, `$setElementOrder/FIELD` and `$deleteFromPrimitiveList/FIELD`.
"""

from collections.abc import Iterable
from typing import Any

from .fields import PLAIN, Field
from .jsonpatch import PatchError

DIRECTIVE, RETAIN = "$patch", "$retainKeys"
ORDER, DELETE_FROM = "$setElementOrder/", "$deleteFromPrimitiveList/"


def apply(live: Any, patch: Any, field: Field = PLAIN) -> Any:
    """A copy of *live* with *patch* merged in; null deletes. Raises PatchError."""
    if not isinstance(patch, dict):
        return patch
    directive = patch.get(DIRECTIVE)
    if directive not in (None, "merge", "replace", "delete"):
        raise PatchError(f"Unknown patch type {directive} for map")
    if directive == "delete":
        return {}
    plain = {k: v for k, v in patch.items() if not k.startswith("$")}
    if directive == "replace":
        return plain
    result = _retained(live if isinstance(live, dict) else {}, patch.get(RETAIN))
    for key, value in plain.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _value(result.get(key), value, field.of(key))
    _delete_primitives(result, patch)
    _reorder(result, patch, field)
    return result


def _retained(live: dict[str, Any], kept: Any) -> dict[str, Any]:
    return {k: v for k, v in live.items() if k in kept} if isinstance(kept, list) else dict(live)


def _value(live: Any, value: Any, field: Field) -> Any:
    if isinstance(value, dict):
        return value if field.replaces else apply(live, value, field)
    if not (isinstance(value, list) and field.merges):
        return value
    known = live if isinstance(live, list) else []
    if not field.key:
        return [*known, *(x for x in value if x not in known)]
    return _items(known, value, field)


def _items(live: list[Any], patch: list[Any], field: Field) -> list[Any]:
    """Items of a keyed list: those that are known merge, new ones come last."""
    if any(isinstance(p, dict) and p.get(DIRECTIVE) == "replace" for p in patch):
        return [p for p in patch if not (isinstance(p, dict) and p.get(DIRECTIVE) == "replace")]
    result = list(live)
    for wanted in patch:
        place = find(result, key_of(wanted, field.key), field.key)
        if isinstance(wanted, dict) and wanted.get(DIRECTIVE) == "delete":
            result = [x for x in result if not _is(x, wanted[field.key], field.key)]
        elif place is None:
            result.append(apply({}, wanted, field.item))
        else:
            result[place] = apply(result[place], wanted, field.item)
    return result


def key_of(item: Any, key: str) -> Any:
    """What tells the item from others. Raises PatchError where it does not say."""
    if not isinstance(item, dict) or key not in item:
        raise PatchError(f"map: {printed(item)} does not contain declared merge key: {key}")
    return item[key]


def printed(value: Any) -> str:
    """A value as Go's %v prints it."""
    if isinstance(value, dict):
        return f"map[{' '.join(f'{k}:{printed(v)}' for k, v in sorted(value.items()))}]"
    if isinstance(value, list):
        return f"[{' '.join(map(printed, value))}]"
    if value is None:
        return "<nil>"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is(item: Any, wanted: Any, key: str) -> bool:
    return isinstance(item, dict) and item.get(key) == wanted


def find(items: Iterable[Any], wanted: Any, key: str) -> int | None:
    return next((i for i, item in enumerate(items) if _is(item, wanted, key)), None)


def _delete_primitives(result: dict[str, Any], patch: dict[str, Any]) -> None:
    for directive, gone in patch.items():
        name = directive.removeprefix(DELETE_FROM)
        if directive != name and isinstance(gone, list) and isinstance(result.get(name), list):
            result[name] = [x for x in result[name] if x not in gone]


def _reorder(result: dict[str, Any], patch: dict[str, Any], field: Field) -> None:
    """`$setElementOrder` lists the keys in the client's order; what it does not list follows where it stood."""
    for directive, order in patch.items():
        name = directive.removeprefix(ORDER)
        items = result.get(name)
        if directive == name or not isinstance(order, list) or not isinstance(items, list):
            continue
        key = field.of(name).key
        wanted = [o.get(key) if key and isinstance(o, dict) else o for o in order]
        result[name] = in_order(items, wanted, key)


def in_order(items: list[Any], wanted: list[Any], key: str) -> list[Any]:
    """The items that *wanted* lists in its order; each of the others stays behind the one it followed."""

    def name(item: Any) -> Any:
        return item.get(key) if key and isinstance(item, dict) else item

    listed = sorted((x for x in items if name(x) in wanted), key=lambda x: wanted.index(name(x)))
    result = list(listed)
    before: Any = None
    for item in items:
        if name(item) not in wanted:
            result.insert(result.index(before) + 1 if before is not None else 0, item)
        before = item
    return result
