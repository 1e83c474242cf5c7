"""Tables of objects: the server's rows with kubectl's own columns around them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ...cluster import tables
from ...cluster.objects import Obj
from ...cluster.tables.columns import NONE, labels
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
    text = str(value)
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
    found: list[list[str]] = []
    if not options.no_headers:
        found.append(_header([columns[i].header for i in shown], options))
    for obj in objects:
        cells = list(tables.cells(obj, now))
        if options.prefix and name >= 0:
            cells[name] = options.prefix + cells[name]
        found.append(_row(obj, [cell(cells[i]) for i in shown], options))
    return found


def _header(names: list[str], options: Options) -> list[str]:
    extra = [key.rpartition("/")[2].upper() for key in options.label_columns]
    return [*(["NAMESPACE"] if options.with_namespace else []), *names, *extra, *_if(options.show_labels, "LABELS")]


def _row(obj: Obj, cells: list[str], options: Options) -> list[str]:
    extra = [obj.labels.get(key, NONE) for key in options.label_columns]
    return [*_if(options.with_namespace, obj.namespace), *cells, *extra, *_if(options.show_labels, labels(obj.labels))]


def _if(wanted: bool, text: str) -> list[str]:
    return [text] if wanted else []
