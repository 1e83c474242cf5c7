"""explain: what the published schema says about a kind and its fields (kubectl's plaintext template)."""

from collections.abc import Iterator
from typing import Any

from ....cluster import schema
from ....cluster.kinds import OURS
from ..call import Call
from ..errors import KubectlError
from ..resources import kind_named
from ..wrapping import indented, wrapped

Schema = dict[str, Any]
EMPTY = (
    'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported '
    "resources."
)
MOST_ENUM = 4
DEEPEST = 12


def run(call: Call) -> None:
    if not call.args:
        raise KubectlError(EMPTY)
    if len(call.args) > 1:
        raise KubectlError("We accept only this format: explain RESOURCE")
    if call.has("max-depth") and not call["recursive"]:
        raise KubectlError("--max-depth requires --recursive")
    word, *path = call.args[0].rstrip(".").split(".")
    try:
        kind = kind_named(word)
    except KubectlError as error:  # said without the usual `error:`
        raise KubectlError(error.text.removeprefix("error: "), bare=True) from None
    name = schema.name_of(kind.api_version, kind.kind) if kind.group != OURS else ""
    if not name:
        raise KubectlError(f'couldn\'t find resource for "{kind.group}/{kind.version}, Resource={kind.plural}"')
    head = f"GROUP:      {kind.group}\n" if kind.group else ""
    call.out(f"{head}KIND:       {kind.kind}\nVERSION:    {kind.version}\n\n")
    call.out(_page({"$ref": f"#/$defs/{name}"}, path, call) + "\n")


def _page(found: Schema, path: list[str], call: Call) -> str:
    text = ""
    while path:
        resolved = _resolve(found)
        if path[0] in (resolved.get("properties") or {}):
            field, *path = path
            found = resolved["properties"][field]
            if not path:
                text = f"FIELD: {field} <{type_of(found)}>\n{_long_enum(found)}\n\n"
        elif resolved.get("items"):
            found = resolved["items"]
        elif isinstance(resolved.get("additionalProperties"), dict):
            found = resolved["additionalProperties"]
        else:
            raise KubectlError(f'field "{path[-1]}" does not exist')
    said = "".join(f"{line}\n" for line in descriptions(found)) or "<empty>"
    text += f"DESCRIPTION:\n{indented(wrapped(said, 76), 4)}\n"
    fields = "".join(_fields(found, 1, call["recursive"], frozenset()))
    return f"{text}FIELDS:\n{fields}" if fields else text


def _resolve(found: Schema) -> Schema:
    ref = found.get("$ref")
    return schema.definition(ref.rpartition("/")[2]) if ref else found


def descriptions(found: Schema) -> Iterator[str]:
    """The field's own, then its type's, then that of what it holds."""
    if found.get("description"):
        yield found["description"]
    if found.get("$ref"):
        yield from descriptions(_resolve(found))
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            yield from descriptions(found[key])


def type_of(found: Schema) -> str:
    """string, integer, []ServicePort, map[string]string …"""
    if found.get("items"):
        return f"[]{type_of(found['items'])}"
    if isinstance(found.get("additionalProperties"), dict):
        return f"map[string]{type_of(found['additionalProperties'])}"
    if found.get("$ref"):
        plain = _plain(_resolve(found))
        return plain if plain not in ("", "object") else found["$ref"].rpartition(".")[2]
    plain = _plain(found)
    return "Object" if plain in ("", "object") else plain


def _plain(found: Schema) -> str:
    kinds = found.get("type") or ""
    if isinstance(kinds, str):
        return kinds
    named = [kind for kind in kinds if kind != "null"]
    return named[0] if len(named) == 1 else ""


def _enum(found: Schema, name: str = "") -> list[str]:
    """The server's own schema lists no values for apiVersion and kind."""
    if name in ("apiVersion", "kind"):
        return []
    return ['""' if value == "" else str(value) for value in found.get("enum") or () if value is not None]


def _long_enum(found: Schema) -> str:
    values = _enum(found)
    return "ENUM:" + "".join(f"\n    {value}" for value in values) if values else ""


def _fields(found: Schema, level: int, recursive: bool, seen: frozenset[str]) -> Iterator[str]:
    ref = found.get("$ref") or ""
    if ref in seen or level > DEEPEST:
        return
    resolved, seen = _resolve(found), seen | ({ref} if ref else set())
    for name, field in sorted((resolved.get("properties") or {}).items()):
        yield _field(name, field, level, name in (resolved.get("required") or ()), recursive)
        if recursive:
            yield from _fields(field, level + 1, recursive, seen)
    for key in ("items", "additionalProperties"):
        if isinstance(resolved.get(key), dict):
            yield from _fields(resolved[key], level, recursive, seen)


def _field(name: str, field: Schema, level: int, required: bool, short: bool) -> str:
    indent = level * 2
    text = f"{' ' * indent}{name}\t<{type_of(field)}>{' -required-' if required else ''}"
    values = _enum(field, name)
    if values:
        text += f"\n{' ' * indent}enum: {', '.join(values[:MOST_ENUM])}{', ....' if len(values) > MOST_ENUM else ''}"
    if short:
        return f"{text}\n"
    said = field.get("description") or "<no description>"
    return f"{text}\n{indented(wrapped(said, 78 - indent), indent + 2)}\n\n"
