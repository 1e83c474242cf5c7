"""Filling in what an object does not say."""

from typing import Any

Body = dict[str, Any]


def fill(into: Body, field: str, value: str) -> None:
    """The default of a field that the API server holds as plain text: empty text is as good as none."""
    into[field] = into.get(field) or value
