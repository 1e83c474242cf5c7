"""A part of an exercise (its checks, hints, steps …) as rows of a form: shown, rearranged, read again.

Each row posts its key under the part's name, and its fields as `part.key.field`; the order of the keys is the order
of the rows. A check's key is its id.
"""

import re
from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

from django.http import QueryDict

from ...cluster import safe_yaml
from ...lessons.schema import Told, mistakes
from .fields import PARTS, Field, fields_of, value_of, written

KEY = re.compile(r"^[a-z0-9-]{1,40}$")
MOST_ROWS = 60
IDENTIFIED = ("checks", "predictions")
"""Parts whose rows have an id that others may name."""

Filled = tuple[Field, str, str]
"""(field, value, what is wrong with it)"""


class Row(NamedTuple):
    part: str
    key: str
    type: str
    fields: list[Filled]
    problem: str = ""
    new: bool = False

    @property
    def main(self) -> list[list[Filled]]:
        return _coupled(f for f in self.fields if f[0].main)

    @property
    def more(self) -> list[list[Filled]]:
        return _coupled(f for f in self.fields if not f[0].main)

    @property
    def open(self) -> bool:
        """Whether something that is not asked first was filled in, or is wrong."""
        return any(wrong or value not in ("", field.default) for field, value, wrong in self.fields if not field.main)

    @property
    def wrong(self) -> bool:
        return bool(self.problem) or any(wrong for _, _, wrong in self.fields)


def _coupled(fields: Iterable[Filled]) -> list[list[Filled]]:
    """Korean and English of the same words stand together."""
    found: list[list[Filled]] = []
    for field in fields:
        name = field[0].name
        if found and name.endswith("_en") and found[-1][0][0].name == f"{name[:-3]}_ko":
            found[-1].append(field)
        else:
            found.append([field])
    return found


class Read(NamedTuple):
    items: list[dict[str, Any]]
    rows: list[Row]

    @property
    def well(self) -> bool:
        return not any(row.wrong for row in self.rows)


# ── showing ──


def blank(part: str, type: str, taken: Iterable[str]) -> Row:
    """A new row, its key one that no other row has."""
    names = (f"{type or part}-{n}" for n in count(1))
    key = next(name for name in names if name not in set(taken))
    return Row(part, key, type, [(field, "", "") for field in fields_of(part, type)], new=True)


def rows_for(part: str, items: list[dict[str, Any]]) -> list[Row]:
    """The rows of stored items."""
    rows: list[Row] = []
    for item in items:
        kind = _type(part, item)
        if kind in PARTS[part]:
            key = str(item.get("id") or blank(part, kind, [row.key for row in rows]).key)
            rows.append(Row(part, key, kind, [(f, written(f, item.get(f.name)), "") for f in fields_of(part, kind)]))
    return rows


def _type(part: str, item: dict[str, Any]) -> str:
    tag = next(iter(PARTS[part].values())).__struct_config__.tag_field
    return str(item.get(tag, "")) if tag else ""


# ── rearranging ──


def sent_rows(part: str, data: QueryDict) -> list[Row]:
    """The rows as they were sent; nothing in them is judged."""
    rows = []
    for key in list(dict.fromkeys(data.getlist(part)))[:MOST_ROWS]:
        kind = data.get(f"{part}.{key}.type", "")
        if KEY.match(key) and kind in PARTS[part]:
            rows.append(Row(part, key, kind, [(f, _text(data, part, key, f), "") for f in fields_of(part, kind)]))
    return rows


def _text(data: QueryDict, part: str, key: str, field: Field) -> str:
    name = f"{part}.{key}.{field.name}"
    text = "\n".join(data.getlist(name)) if field.widget == "many" else data.get(name, "")
    return text.replace("\r\n", "\n")


def arranged(rows: list[Row], part: str, doing: str, what: str) -> list[Row]:
    """The rows after one was added (of type *what*), or taken away or moved (of key *what*)."""
    keys = [row.key for row in rows]
    if doing == "add":
        return [*rows, blank(part, what, keys)] if what in PARTS[part] and len(rows) < MOST_ROWS else rows
    by_key = dict(zip(keys, rows, strict=True))
    return [by_key[key] for key in moved(keys, doing, what)]


def moved(keys: list[str], doing: str, key: str) -> list[str]:
    """*keys* with one gone, or a place further up or down; at the end of the list it stays."""
    if key not in keys:
        return keys
    at, rest = keys.index(key), [k for k in keys if k != key]
    if doing == "remove":
        return rest
    to = {"up": max(0, at - 1), "down": at + 1}.get(doing, at)
    return [*rest[:to], key, *rest[to:]]


# ── reading ──


def read_rows(part: str, data: QueryDict) -> Read:
    """The items that a form sent, and the rows to show again, each mistake at its field."""
    items, rows = [], []
    for row in sent_rows(part, data):
        item, wrong = _read(row)
        fields = [(field, value, wrong.pop(field.name, "")) for field, value, _ in row.fields]
        rows.append(row._replace(fields=fields, problem=" ".join(wrong.values())))
        items.append(item)
    return Read(items, rows)


def _read(row: Row) -> tuple[dict[str, Any], dict[str, str]]:
    """One row's item, and what is wrong by field."""
    struct, wrong = PARTS[row.part][row.type], dict[str, str]()
    item: dict[str, Any] = {struct.__struct_config__.tag_field: row.type} if row.type else {}
    if row.part in IDENTIFIED:
        item["id"] = row.key
    for field, text, _ in row.fields:
        try:
            value = value_of(field, text)
        except safe_yaml.YamlError as error:
            wrong[field.name] = str(error)
            continue
        if value is not None:
            item[field.name] = value
    return item, wrong or at_fields(mistakes(struct, item))


def at_fields(found: Iterable[Told]) -> dict[str, str]:
    """What is wrong by the name of its field; the place inside one that holds more is told with it."""
    wrong: dict[str, str] = {}
    for path, message in found:
        name, inside = re.match(r"\.?(\w*)(.*)", path).groups()  # type: ignore[union-attr]
        wrong.setdefault(name, f"{inside.lstrip('.')}: {message}" if inside else message)
    return wrong


def with_problems(rows: list[Row], found: list[tuple[str, str]]) -> list[Row]:
    """The rows with what is wrong between them: (path such as `checks[1].id`, message) of this part's own."""
    for path, message in found:
        match = re.fullmatch(r"\w+\[(\d+)\]\.?(\w*).*", path)
        if match is None or int(match[1]) >= len(rows):
            continue
        row = rows[int(match[1])]
        named = any(field.name == match[2] for field, _, _ in row.fields)
        fields = [(f, v, message if named and f.name == match[2] else w) for f, v, w in row.fields]
        rows[int(match[1])] = row._replace(fields=fields, problem=row.problem if named else message)
    return rows
