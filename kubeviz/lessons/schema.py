"""What is wrong with data that an author sent: each mistake at its field, with what would be right.

msgspec tells the first mistake of a whole value; an author wants all of them, so fields are looked at one by one.
"""

import re
from typing import Any, NamedTuple, get_args

import msgspec

from .checks import AnyCheck
from .steps import AnyStep

CHECK_NAMES = tuple(str(c.__struct_config__.tag) for c in get_args(AnyCheck))
STEP_NAMES = tuple(str(s.__struct_config__.tag) for s in get_args(AnyStep))
_TAGGED = {"check": CHECK_NAMES, "do": STEP_NAMES}
_MISSING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"unknown field `(.*)`")


def brief(value: Any) -> Any:
    """As an author would write it: plain values, without what goes without saying."""
    if isinstance(value, list | tuple):
        return [brief(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    config = value.__struct_config__
    said = {config.tag_field: config.tag} if config.tag_field else {}
    every = [(f, getattr(value, f.name)) for f in msgspec.structs.fields(value)]
    return said | {f.encode_name: brief(v) for f, v in every if f.required or v != default_of(f)}


def default_of(field: Any) -> Any:
    """NODEFAULT where it must be said."""
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


class Told(NamedTuple):
    """`path` from the value that was looked at: `.fields.checks[0].url`, or "" for itself."""

    path: str
    message: str


def told(error: msgspec.ValidationError) -> Told:
    """msgspec's message taken apart: `Expected `str`, got `int` - at `$.fields.slug``."""
    message, _, where = str(error).partition(" - at `")
    path = where.removeprefix("$").removesuffix("`")
    if found := _UNKNOWN.search(message):
        return Told(f"{path}.{found[1]}", "unknown field")
    if found := _MISSING.search(message):
        return Told(f"{path}.{found[1]}", "a value is needed")
    names = _TAGGED.get(path.rpartition(".")[2])
    if names and message.startswith("Invalid value"):
        return Told(path, f"{message.partition(' ')[2].partition(' ')[2]} is none of: {', '.join(names)}")
    return Told(path, message)


def mistakes(struct: Any, item: dict[str, Any]) -> list[Told]:
    """Everything wrong with one item, field by field; what its fields say together only once each is well."""
    fields = {f.encode_name: f for f in msgspec.structs.fields(struct)}
    found = [Told(f".{name}", "a value is needed") for name, f in fields.items() if f.required and name not in item]
    for name, value in item.items():
        if name in fields:
            found += _of_field(fields[name], name, value)
        elif name != struct.__struct_config__.tag_field:
            found.append(Told(f".{name}", "unknown field"))
    return found or _of_whole(struct, item)


def _of_field(field: Any, name: str, value: Any) -> list[Told]:
    try:
        msgspec.convert(value, field.type)
    except msgspec.ValidationError as error:
        path, message = told(error)
        return [Told(f".{name}{path}", message)]
    return []


def _of_whole(struct: Any, item: dict[str, Any]) -> list[Told]:
    try:
        made = msgspec.convert(item, struct)
    except msgspec.ValidationError as error:
        return [told(error)]
    problems = made.problems() if hasattr(made, "problems") else []
    return [Told(f".{place}", message) for place, _, message in (p.partition(": ") for p in problems)]
