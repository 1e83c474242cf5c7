"""`-o custom-columns=NAME:.metadata.name,IP:.status.podIP`."""

from typing import Any

from ..kubectl.errors import KubectlError
from . import jsonpath
from .tabs import aligned

Spec = list[tuple[str, jsonpath.Template]]


def parse(text: str) -> Spec:
    if not text:
        raise KubectlError("custom-columns format specified but no custom columns given")
    found: Spec = []
    for part in text.split(","):
        header, colon, path = part.partition(":")
        if not colon or ":" in path:
            raise KubectlError(f"unexpected custom-columns spec: {part}, expected <header>:<json-path-expr>")
        try:
            found.append((header, jsonpath.relaxed(path)))
        except jsonpath.JsonPathError as error:
            raise KubectlError(str(error)) from None
    return found


def table(spec: Spec, bodies: list[Any], headers: bool) -> str:
    rows = [[header for header, _ in spec]] if headers else []
    rows += [[_cell(path, body) for _, path in spec] for body in bodies]
    return aligned(rows)


def _cell(path: jsonpath.Template, body: Any) -> str:
    """Values side by side, <none> for none; a list is printed as Go prints one."""
    values = jsonpath.find(path, body)
    if not values or not values[0]:
        return "<none>"
    return ",".join(go(v) for v in values[0])


def go(value: Any) -> str:
    """fmt's %v: map[a:1 b:2], [x y], <nil>."""
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"map[{' '.join(f'{k}:{go(v)}' for k, v in sorted(value.items()))}]"
    return f"[{' '.join(map(go, value))}]" if isinstance(value, list) else str(value)
