"""Tables of objects: the server's rows with kubectl's own columns around them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ...cluster import tables
from ...cluster.objects import Obj
from ...cluster.tables.columns import labels
from .tabs import aligned


class Options(NamedTuple):
    wide: bool = False
    no_headers: bool = False
    with_namespace: bool = False
    prefix: str = ""
    """`service/` before each name, where several kinds are shown."""
    show_labels: bool = False
    label_columns: tuple[str, ...] = ()


def cell(value: Any) -> str:
    """A cell ends at its first line break."""
    text = value if type(value) is str else str(value)
    if text.isprintable():
        return text
    for i, char in enumerate(text):
        if char in "\f\n\r":
            return f"{text[:i]}..."
    return text.replace("\t", " ") if "\t" in text else text


def table(kind: str, objects: Sequence[Obj], now: datetime, options: Options) -> str:
    """All rows under one header."""
    return aligned(rows(kind, objects, now, options))


def rows(kind: str, objects: Sequence[Obj], now: datetime, options: Options) -> list[list[str]]:
    columns = tables.columns(kind)
    shown = [i for i, c in enumerate(columns) if options.wide or not c.priority]
    name = next((i for i, c in enumerate(columns) if c.name == "Name"), -1)
    before = "" if name < 0 else options.prefix
    plain = not (options.with_namespace or options.show_labels or options.label_columns)
    found: list[list[str]] = []
    if not options.no_headers:
        found.append(_header([columns[i].header for i in shown], options))
    row_of = tables.row_of(kind)
    for obj in objects:
        texts = [cell(value) for value in map(row_of(obj, now).__getitem__, shown)]
        if before:
            texts[shown.index(name)] = before + texts[shown.index(name)]
        found.append(texts if plain else _row(obj, texts, options))
    return found


def _header(names: list[str], options: Options) -> list[str]:
    extra = [key.rpartition("/")[2].upper() for key in options.label_columns]
    return [*(["NAMESPACE"] if options.with_namespace else []), *names, *extra, *_if(options.show_labels, "LABELS")]


def _row(obj: Obj, cells: list[str], options: Options) -> list[str]:
    extra = [obj.labels.get(key, "") for key in options.label_columns]
    if options.show_labels:
        extra.append(labels(obj.labels))
    return [obj.namespace, *cells, *extra] if options.with_namespace else [*cells, *extra]


def _if(wanted: bool, text: str) -> list[str]:
    return [text] if wanted else []
