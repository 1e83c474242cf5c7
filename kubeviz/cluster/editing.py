"""Bodies are never changed in place: these give a changed copy and share what stayed the same."""

from typing import Any

from .changes import Body


def with_value(body: Body, path: tuple[str, ...], value: Any) -> Body:
    """A copy of *body* in which the mapping entry at *path* is *value*; parents are made where missing."""
    head, *rest = path
    copy = dict(body)
    copy[head] = with_value(copy.get(head) or {}, tuple(rest), value) if rest else value
    return copy


def without(body: Body, path: tuple[str, ...]) -> Body:
    """A copy of *body* that lacks the mapping entry at *path*."""
    head, *rest = path
    if not isinstance(body, dict) or head not in body:
        return body
    copy = dict(body)
    if rest:
        copy[head] = without(copy[head], tuple(rest))
    else:
        del copy[head]
    return copy


def merge(body: Any, patch: Any) -> Any:
    """JSON merge patch (RFC 7396): null deletes, mappings merge, everything else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(body) if isinstance(body, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result
