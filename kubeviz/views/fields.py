"""Forms from the schema of `lessons`: a field of a struct is a field of a form, so a new type of check needs no page.

A part of an exercise (its checks, hints, steps …) is a list of rows. Each row posts its key under the part's name, and
its fields as `part.key.field`; what cannot be said in one line is written as YAML.
"""

import re
import secrets
import types
import typing
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec
import yaml
from django.http import QueryDict

from ..cluster import safe_yaml
from ..lessons.checks import AnyCheck
from ..lessons.content import Hint
from ..lessons.packs import Preset
from ..lessons.steps import AnyStep

PARTS: dict[str, dict[str, Any]] = {
    "checks": {c.__struct_config__.tag: c for c in get_args(AnyCheck)},
    "start": {c.__struct_config__.tag: c for c in get_args(AnyStep)},
    "solution": {c.__struct_config__.tag: c for c in get_args(AnyStep)},
    "hints": {"": Hint},
    "presets": {"": Preset},
}
"""Part -> type of row -> its struct; a part whose rows are all alike has one type without a name."""
FIRST = ("title_ko", "title_en", "label_ko", "label_en", "ask_ko", "ask_en", "text_ko", "text_en")
LONG = re.compile(r"^(text|why|ask|say|app|manifests|body|line)(_|$)")
KEY = re.compile(r"^[\w-]{1,24}$")
MOST_ROWS = 60


class Field(NamedTuple):
    """`widget` is line, text, number, flag, choice, lines or yaml."""

    name: str
    widget: str
    options: tuple[str, ...]
    required: bool


class Row(NamedTuple):
    part: str
    key: str
    type: str
    fields: list[tuple[Field, str, str]]
    """(field, value, what is wrong with it)"""
    problem: str = ""


def fields_of(struct: Any) -> list[Field]:
    """The struct's fields, words first."""
    found = [_field(f) for f in msgspec.structs.fields(struct) if f.encode_name != "id"]
    return sorted(found, key=lambda f: FIRST.index(f.name) if f.name in FIRST else len(FIRST))


def _field(field: Any) -> Field:
    kind = _bare(field.type)
    required = field.required
    if get_origin(kind) is Literal:
        return Field(field.encode_name, "choice", tuple(map(str, get_args(kind))), required)
    if kind is str:
        return Field(field.encode_name, "text" if LONG.match(field.encode_name) else "line", (), required)
    if kind in (int, float):
        return Field(field.encode_name, "number", (), required)
    if kind is bool:
        return Field(field.encode_name, "flag", (), required)
    if get_origin(kind) is list and _bare(get_args(kind)[0]) is str:
        return Field(field.encode_name, "lines", (), required)
    return Field(field.encode_name, "scalar" if _scalar(kind) else "yaml", (), required)


def _bare(kind: Any) -> Any:
    """Without Annotated, and `X | None` as X."""
    while get_origin(kind) is typing.Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (types.UnionType, typing.Union):
        rest = [a for a in get_args(kind) if a is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else kind
    return kind


def _scalar(kind: Any) -> bool:
    """Text, number or yes and no, whichever it looks like."""
    return get_origin(kind) in (types.UnionType, typing.Union) and set(get_args(kind)) <= {
        str,
        int,
        float,
        bool,
        type(None),
    }


# ── showing ──


def new_key() -> str:
    return secrets.token_hex(4)


def blank(part: str, type: str) -> Row:
    return Row(part, new_key(), type, [(field, "", "") for field in fields_of(PARTS[part][type])])


def rows_for(part: str, items: list[dict[str, Any]]) -> list[Row]:
    """The rows of stored items."""
    return [_shown(part, item) for item in items if _type(part, item) in PARTS[part]]


def _type(part: str, item: dict[str, Any]) -> str:
    tag = next(iter(PARTS[part].values())).__struct_config__.tag_field
    return str(item.get(tag, "")) if tag else ""


def _shown(part: str, item: dict[str, Any]) -> Row:
    kind = _type(part, item)
    fields = [(f, _written(f, item.get(f.name)), "") for f in fields_of(PARTS[part][kind])]
    return Row(part, str(item.get("id") or new_key()), kind, fields)


def _written(field: Field, value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if field.widget == "lines":
        return "\n".join(map(str, value))
    if field.widget == "flag":
        return "on" if value else ""
    if field.widget == "yaml":
        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100))
    return f"{value:g}" if isinstance(value, float) else str(value)


# ── reading ──


def read_rows(part: str, data: QueryDict) -> tuple[list[dict[str, Any]], list[Row], bool]:
    """The items that a form sent, the rows to show again, and whether all of them are well."""
    items, rows = [], []
    for key in data.getlist(part)[:MOST_ROWS]:
        kind = data.get(f"{part}.{key}.type", "")
        if not KEY.match(key) or kind not in PARTS[part] or data.get(f"{part}.{key}.remove"):
            continue
        item, wrong = _read(part, key, kind, data)
        sent = [
            (f, data.get(f"{part}.{key}.{f.name}", ""), wrong.get(f.name, "")) for f in fields_of(PARTS[part][kind])
        ]
        rows.append(Row(part, key, kind, sent, wrong.get("", "")))
        items.append(item)
    return items, rows, not any(row.problem or any(w for _, _, w in row.fields) for row in rows)


def _read(part: str, key: str, kind: str, data: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """One row's item, and what is wrong by field ("" for the row as a whole)."""
    struct, wrong = PARTS[part][kind], dict[str, str]()
    item: dict[str, Any] = {struct.__struct_config__.tag_field: kind} if kind else {}
    if part == "checks":
        item["id"] = key
    for field in fields_of(struct):
        try:
            value = _value(field, data.get(f"{part}.{key}.{field.name}", "").replace("\r\n", "\n"))
        except safe_yaml.YamlError as error:
            wrong[field.name] = str(error)
            continue
        if value is not None:
            item[field.name] = value
    if not wrong:
        wrong = _mistakes(struct, item)
    return item, wrong


def _value(field: Field, text: str) -> Any:
    """None where nothing was written."""
    if field.widget == "flag":
        return True if text else None
    if not text.strip():
        return None
    if field.widget == "number":
        return _number(text)
    if field.widget == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.widget in ("yaml", "scalar"):
        return safe_yaml.load(text)
    return text if field.widget == "text" else text.strip()


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _mistakes(struct: Any, item: dict[str, Any]) -> dict[str, str]:
    try:
        found = msgspec.convert(item, struct)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        missing = re.search(r"missing required field `(\w+)`", message)
        return {missing[1] if missing else re.split(r"[.\[`]", path)[0]: message}
    problems = found.problems() if hasattr(found, "problems") else []
    return {problem.partition(":")[0].partition("[")[0]: problem for problem in problems}
