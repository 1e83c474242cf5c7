"""Forms from the schema of `lessons`: a field of a struct is a field of a form, so a new type of check needs no page.

What stands in a type's example (`lessons/examples.py`) is asked first; the rest waits under "more".
"""

import re
import types
import typing
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec
import yaml

from ...cluster import safe_yaml
from ...lessons import examples
from ...lessons.checks import AnyCheck, Prediction
from ...lessons.content import Faults, Hint
from ...lessons.packs import Preset
from ...lessons.schema import default_of
from ...lessons.steps import AnyStep

STEPS = {c.__struct_config__.tag: c for c in get_args(AnyStep)}
PARTS: dict[str, dict[str, Any]] = {
    "checks": {c.__struct_config__.tag: c for c in get_args(AnyCheck)},
    "start": {name: step for name, step in STEPS.items() if name != "answer"},
    "solution": STEPS,
    "hints": {"": Hint},
    "presets": {"": Preset},
    "watch": {"": Preset},
    "predictions": {"prediction": Prediction},
    "faults": {"": Faults},
}
"""Part -> type of row -> its struct; a part whose rows are all alike has one type without a name."""
EXAMPLES: dict[str, dict[str, examples.Example]] = {
    **dict.fromkeys(("checks", "predictions"), examples.CHECKS),
    **dict.fromkeys(("start", "solution"), examples.STEPS),
    "hints": {"": examples.HINT},
    "presets": {"": examples.PRESET},
    "watch": {"": examples.PRESET},
    "faults": {"": examples.FAULTS},
}
FIRST = ("label_ko", "label_en", "ask_ko", "ask_en", "text_ko", "text_en")
SHOWN = {"watch": "text_", "checks": "title_"}
"""Words that an example can do without, but learners see."""
LONG = re.compile(r"^(text|why|ask|say|app|manifests|body|line)(_|$)")
NAMES = {
    "from": "place",
    "source": "place",
    "url": "address",
    "service": "service",
    "ref": "object",
    "pod": "pods",
    "pods": "pods",
    "served_by": "pods",
    "node": "node",
    "expect": "outcome",
    "check": "question",
}
"""Fields that name something: the list of `lessons/suggesting.py` that they choose from."""


class Field(NamedTuple):
    """`widget` is line, text, number, flag, choice, many, lines, scalar or yaml."""

    name: str
    widget: str
    options: tuple[str, ...]
    required: bool
    main: bool = False
    names: str = ""
    example: str = ""
    default: str = ""


@cache
def fields_of(part: str, type: str) -> tuple[Field, ...]:
    """The fields of a row: what is asked or said first, a title of one's own last."""
    example = EXAMPLES[part][type]
    every = [f for f in msgspec.structs.fields(PARTS[part][type]) if f.encode_name != "id"]
    bare = [(_field(f), None if f.required else default_of(f)) for f in every]
    found = [
        f._replace(
            main=f.required or f.name in example or f.name.startswith(SHOWN.get(part, "-")),
            names=NAMES.get(f.name, ""),
            example=written(f, example.get(f.name)),
            default=written(f, default),
        )
        for f, default in bare
    ]
    return tuple(sorted(found, key=_place))


def _place(field: Field) -> int:
    if field.name in FIRST:
        return FIRST.index(field.name)
    return len(FIRST) + field.name.startswith("title_")


def _field(field: Any) -> Field:
    kind, name = _bare(field.type), field.encode_name
    if get_origin(kind) is Literal:
        return Field(name, "choice", tuple(map(str, get_args(kind))), field.required)
    if get_origin(kind) is list:
        return _list(name, _bare(get_args(kind)[0]), field.required)
    if kind is str:
        return Field(name, "text" if LONG.match(name) else "line", (), field.required)
    widgets = {int: "number", float: "number", bool: "flag"}
    return Field(name, widgets.get(kind) or ("scalar" if _scalar(kind) else "yaml"), (), field.required)


def _list(name: str, item: Any, required: bool) -> Field:
    if get_origin(item) is Literal:
        return Field(name, "many", tuple(map(str, get_args(item))), required)
    return Field(name, "lines" if item is str else "yaml", (), required)


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
    plain = {str, int, float, bool, type(None)}
    return get_origin(kind) in (types.UnionType, typing.Union) and set(get_args(kind)) <= plain


# ── values as they are written in a form ──


def written(field: Field, value: Any) -> str:
    """A stored value as text; lists a line each."""
    if value is None or value in ([], {}):
        return ""
    if field.widget in ("lines", "many"):
        return "\n".join(map(str, value))
    if field.widget == "flag":
        return "on" if value else ""
    if field.widget == "yaml":
        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100))
    return f"{value:g}" if isinstance(value, float) else str(value)


def value_of(field: Field, text: str) -> Any:
    """What an author wrote as a value; None where nothing was written. Raises YamlError."""
    if field.widget == "flag":
        return True if text else None
    if not text.strip():
        return None
    if field.widget == "number":
        return _number(text)
    if field.widget in ("lines", "many"):
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
