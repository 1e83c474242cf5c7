"""What `kubectl apply` makes of the live object: what the last apply set and this one does not is removed.

The same as sending the patch that strategicpatch.CreateThreeWayMergePatch computes from last, new and live.
"""

from typing import Any

from .fields import Field
from .strategic import in_order


def merge(live: Any, last: Any, new: Any, field: Field) -> Any:
    """The live value with *new* merged in and without what only *last* had."""
    if isinstance(new, dict) and not field.replaces:
        return _mapping(_mapping_or_none(live), _mapping_or_none(last), new, field)
    if isinstance(new, list) and field.merges and isinstance(live, list):
        return _listed(live, last if isinstance(last, list) else [], new, field)
    return new


def _mapping_or_none(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mapping(live: dict[str, Any], last: dict[str, Any], new: dict[str, Any], field: Field) -> dict[str, Any]:
    """A null in *new* removes; fields nobody mentioned stay as the server has them."""
    kept = {k: v for k, v in live.items() if k in new or k not in last}
    for key, value in new.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = merge(live.get(key), last.get(key), value, field.of(key))
    if field.retains and kept != live:
        return {k: v for k, v in kept.items() if k in new}
    return kept


def _listed(live: list[Any], last: list[Any], new: list[Any], field: Field) -> list[Any]:
    """Items are told apart by the merge key; two with one key (53/UDP and 53/TCP) by their order as well."""
    key = field.key
    if not key:
        return [*new, *(x for x in live if x not in last and x not in new)]
    if not all(isinstance(item, dict) and isinstance(item.get(key), str | int) for item in (*live, *last, *new)):
        return new
    olds, lasts = _numbered(live, key), _numbered(last, key)
    news = _numbered(new, key)
    merged = [merge(olds.get(name, {}), lasts.get(name), item, field.item) for name, item in news.items()]
    foreign = [item for name, item in olds.items() if name not in news and name not in lasts]
    if not foreign:
        return merged
    wanted = [item[key] for item in new]
    by_name = dict(zip(news, merged, strict=True))
    stay = [by_name.get(name, item) for name, item in olds.items() if name in news or name not in lasts]
    added = [item for name, item in by_name.items() if name not in olds]
    return in_order([*stay, *added], wanted, key)


def _numbered(items: list[Any], key: str) -> dict[tuple[Any, int], Any]:
    """Items by (key, how many with that key came before)."""
    seen: dict[Any, int] = {}
    found = {}
    for item in items:
        number = seen[item[key]] = seen.get(item[key], -1) + 1
        found[(item[key], number)] = item
    return found
