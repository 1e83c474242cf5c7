"""Strict decoding: unknown fields and wrong types, as the API server's JSON decoder words them.

The published OpenAPI definitions (package kubernetes-validate) are compiled, kind by kind and when first
needed, into small `Type`s. A clean object is only checked; the paths and Go's words are made for one that is not.
"""

import binascii
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import gotypes, quantities
from .errors import Rejected, bad_request

VERSION = "v1.36.0"
Body = dict[str, Any]
RANGES = {"int32": 1 << 31, "int64": 1 << 63}
QUANTITY = r"([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)"
SUFFIX = r"[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTP]i|Ei|[eE][-+]?\d+)?"
# These decode themselves and take what they like.
FREE = ("FieldsV1", "RawExtension", "JSON", "JSONSchemaProps", "MicroTime", "Patch")
OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
TIME = (("2006", r"\d{4}"), ("-", "-"), ("01", r"\d\d"), ("-", "-"), ("02", r"\d\d"), ("T", "T"), ("15", r"\d\d"),
        (":", ":"), ("04", r"\d\d"), (":", ":"), ("05", r"\d\d([.,]\d+)?"), ("Z07:00", r"Z|[+-]\d\d:\d\d"))  # fmt: skip
"""RFC 3339 as Go lays it out, piece by piece."""


class Type(NamedTuple):
    """What a field may hold: `form` says how to check it, `go` how Go calls it."""

    form: str
    go: str
    ref: str = ""
    item: "Type | None" = None


class Fault(NamedTuple):
    """A complaint about the field at *path*: of the JSON decoder, and of the converter that reads patched objects."""

    path: str
    message: str
    converted: str = ""


ANYTHING = Type("free", "")


class _File(msgspec.Struct):
    definitions: dict[str, msgspec.Raw] = msgspec.field(name="$defs")


@cache
def _definitions() -> dict[str, msgspec.Raw]:
    """The definitions by name, undecoded. The package itself is never imported: that would cost more."""
    spec = find_spec("kubernetes_validate")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package kubernetes-validate, which holds the Kubernetes schemas, is not installed")
    root = Path(spec.submodule_search_locations[0])
    content = (root / "kubernetes-json-schema" / f"{VERSION}-local" / "_definitions.json").read_bytes()
    return msgspec.json.decode(content, type=_File).definitions


@cache
def definition(name: str) -> Body:
    """One definition of the published schema, by its full name."""
    found: Body = msgspec.json.decode(_definitions()[name])
    return found


@cache
def name_of(api_version: str, kind: str) -> str:
    """The definition of a kind, or "" when the schema does not know it."""
    group, _, version = api_version.rpartition("/")
    wanted = {"group": group, "kind": kind, "version": version}
    for name in _definitions():
        if name.endswith(f".{kind}") and wanted in definition(name).get("x-kubernetes-group-version-kind", ()):
            return name
    return ""


@cache
def _fields(name: str) -> dict[str, Type]:
    struct = name.rpartition(".")[2]
    properties = definition(name).get("properties") or {}
    return {field: _compile(schema, struct, field) for field, schema in properties.items()}


def _compile(schema: Body, struct: str, field: str) -> Type:
    if "$ref" in schema:
        return _referred(schema["$ref"].rpartition("/")[2])
    if isinstance(schema.get("additionalProperties"), dict):
        item = _compile(schema["additionalProperties"], struct, f"{field}{{}}")
        return Type("map", f"map[string]{item.go}", item=item)
    if "items" in schema:
        item = _compile(schema["items"], struct, f"{field}[]")
        return Type("list", f"[]{item.go}", item=item)
    return _scalar(schema, gotypes.NAMED.get((struct, field), ""))


def _referred(name: str) -> Type:
    package, _, short = name.rpartition(".")
    if short == "IntOrString":
        return Type("intstr", "int32")
    if short == "Quantity":
        return Type("quantity", "resource.Quantity")
    if short == "Time":
        return Type("time", "v1.Time")
    if short in FREE or "properties" not in definition(name):
        return Type("free", short)
    return Type("struct", f"{package.rpartition('.')[2]}.{short}", ref=name)


def _scalar(schema: Body, named: str) -> Type:
    kinds = schema.get("type")
    kind = next((k for k in (kinds if isinstance(kinds, list) else [kinds]) if k != "null"), None)
    if schema.get("format") == "byte":
        return Type("bytes", "[]uint8")
    forms = {"string": "string", "integer": schema.get("format") or "int32", "number": "float64", "boolean": "bool"}
    form = forms.get(kind or "", "free")
    return Type(form, named or form)


def strict_decode(body: Body) -> list[str]:
    """The unknown fields, as `unknown field "spec.slector"`. Raises Rejected (400) for a wrong type."""
    name = name_of(body.get("apiVersion") or "", body.get("kind") or "")
    if not name:
        return []
    root = Type("struct", f"v1.{body['kind']}", ref=name)
    if _fits(body, root):
        return []
    unknown = []
    for fault in _faults(body, root, "", "", ""):
        if not fault.message.startswith("unknown field"):
            raise refusal(body, fault.message, fault.path, fault.converted)
        unknown.append(fault.message)
    return unknown


def metadata_fault(metadata: Body) -> str:
    """Why kubectl cannot even read an object: it decodes the metadata itself before it asks the server."""
    found = _faults(metadata, Type("struct", OBJECT_META, ref=OBJECT_META), "metadata", "metadata", "ObjectMeta")
    return next((fault.message for fault in found if not fault.message.startswith("unknown field")), "")


def refusal(body: Body, problem: str, path: str, converted: str = "") -> Rejected:
    """400: the decoder's complaint about an object, and the field where it began."""
    version = body["apiVersion"].rpartition("/")[2]
    found = bad_request(f'{body["kind"]} in version "{version}" cannot be handled as a {body["kind"]}: {problem}', path)
    found.decoding = problem, converted or problem
    return found


def _fits(value: Any, wanted: Type) -> bool:
    """Whether there is nothing to complain about. The private key `kubeviz` is no field of the API."""
    form = wanted.form
    if value is None:
        return True
    if form == "struct":
        if not isinstance(value, dict):
            return False
        fields = _fields(wanted.ref)
        return all(key in fields and _fits(item, fields[key]) for key, item in value.items() if item is not None)
    if form == "map":
        return isinstance(value, dict) and all(_fits(item, _item(wanted)) for item in value.values())
    if form == "list":
        return isinstance(value, list) and all(_fits(item, _item(wanted)) for item in value)
    return not _complaint(value, wanted)


def _item(wanted: Type) -> Type:
    return wanted.item or ANYTHING


def copied(body: Body) -> Body:
    """A copy that may be changed, as Go decodes it: unknown and null fields are absent, a null item is its zero."""
    name = name_of(body.get("apiVersion") or "", body.get("kind") or "")
    root = Type("struct", "", ref=name) if name else ANYTHING
    copy: Body = _copied(body, root)
    return copy


def _copied(value: Any, wanted: Type) -> Any:
    if isinstance(value, dict) and wanted.form == "struct" and wanted.ref:
        fields = _fields(wanted.ref)
        return {k: _copied(v, fields[k]) for k, v in value.items() if v is not None and k in fields}
    if isinstance(value, dict):
        return {k: _copied(v, _item(wanted)) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_zero(_item(wanted)) if v is None else _copied(v, _item(wanted)) for v in value]
    return quantities.canonical(str(value)) if wanted.form == "quantity" else value


def _zero(wanted: Type) -> Any:
    zeros: dict[str, Any] = {"struct": {}, "map": {}, "list": [], "int32": 0, "int64": 0, "intstr": 0, "bool": False}
    return zeros.get(wanted.form, "")


def _complaint(value: Any, wanted: Type) -> str:
    """What is wrong with a plain value: the type Go wanted, or a sentence of its own; nothing when it fits."""
    form, kind = wanted.form, type(value)
    if form == "string":
        return "" if kind is str else wanted.go
    if form in RANGES:
        return "" if kind is int and -RANGES[form] <= value < RANGES[form] else wanted.go
    if form == "bool":
        return "" if kind is bool else wanted.go
    if form == "intstr":
        return "" if kind is str or (kind is int and abs(value) < RANGES["int32"]) else wanted.go
    if form == "float64":
        return "" if kind in (int, float) else wanted.go
    if form == "quantity":
        return _quantity_problem(value)
    if form == "time":
        return _time_problem(value)
    return _base64_problem(value) if form == "bytes" else ""


def _time_problem(value: Any) -> str:
    if not isinstance(value, str):
        return "" if hasattr(value, "isoformat") else "string"
    rest = value
    for piece, pattern in TIME:
        found = re.match(pattern, rest)
        if found is None:
            layout = "".join(piece for piece, _ in TIME)
            return f'parsing time "{value}" as "{layout}": cannot parse "{rest}" as "{piece}"'
        rest = rest[found.end() :]
    return f'parsing time "{value}": extra text: "{rest}"' if rest else ""


def _quantity_problem(value: Any) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        if re.fullmatch(SUFFIX, str(value)):
            return ""
        if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)[A-Za-z]\w*", str(value)):
            return "unable to parse quantity's suffix"
    return f"quantities must match the regular expression '^{QUANTITY}$'"


def _base64_problem(value: Any) -> str:
    if not isinstance(value, str):
        return "[]uint8"
    try:
        binascii.a2b_base64(value.replace("\n", ""), strict_mode=True)
    except (binascii.Error, ValueError):
        wrong = re.search(r"[^A-Za-z0-9+/=\r\n]", value)
        return f"illegal base64 data at input byte {wrong.start() if wrong else len(value) // 4 * 4}"
    return ""


def _faults(value: Any, wanted: Type, path: str, go_path: str, struct: str) -> Iterator[Fault]:
    """Every fault in the order of the JSON that kubectl sends, whose keys are sorted."""
    if value is None or wanted.form == "free":
        return
    if wanted.form == "struct" and isinstance(value, dict):
        yield from _struct_faults(value, wanted, path, go_path)
    elif wanted.form == "map" and isinstance(value, dict) and wanted.item is not None:
        for key in sorted(value, key=str):
            yield from _faults(value[key], wanted.item, f"{path}.{key}", go_path, struct)
    elif wanted.form == "list" and isinstance(value, list) and wanted.item is not None:
        for i, item in enumerate(value):
            yield from _faults(item, wanted.item, f"{path}[{i}]", go_path, struct)
    else:
        complaint = wanted.go if wanted.form in ("struct", "map", "list") else _complaint(value, wanted)
        if " " in complaint:
            yield Fault(path, complaint, complaint)
        elif complaint:
            where = f"{struct}.{go_path} of type {complaint}"
            yield Fault(path, unmarshalled(value, where, complaint), _unconverted(value, wanted))


def _struct_faults(value: Body, wanted: Type, path: str, go_path: str) -> Iterator[Fault]:
    fields, struct = _fields(wanted.ref), wanted.ref.rpartition(".")[2]
    for key in sorted(value, key=str):
        here = f"{path}.{key}" if path else str(key)
        if key not in fields:
            yield Fault(here, f'unknown field "{here}"')
            continue
        embedded = gotypes.embedded(struct, key)
        go = ".".join(part for part in (go_path, embedded, key) if part)
        yield from _faults(value[key], fields[key], here, go, struct)


def unmarshalled(value: Any, field: str, wanted: str = "") -> str:
    """Go's complaint about a value that is not of the type of its field."""
    return f"json: cannot unmarshal {_seen(value, wanted)} into Go struct field {field}"


def _unconverted(value: Any, wanted: Type) -> str:
    """What runtime.DefaultUnstructuredConverter says of a value it cannot turn into the wanted type."""
    seen = {bool: "bool", int: "int64", float: "float64", str: "string", list: "slice", dict: "map"}[type(value)]
    if wanted.form in ("map", "list"):
        return f"cannot restore {'slice' if wanted.form == 'list' else 'map'} from {seen}"
    if wanted.form == "struct":
        return f"cannot restore struct from: {seen}"
    plain = wanted.form if wanted.form != "intstr" else "int32"
    if seen in ("int64", "float64") and (plain != "string" or seen == "int64") and plain != "bool":
        return f"cannot convert {seen} to {wanted.go}"
    return f"unrecognized type: {plain}"


def _seen(value: Any, wanted: str) -> str:
    """What Go says it saw; a number is named only where a number was wanted."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return f"number {value}" if wanted.startswith(("int", "float")) else "number"
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "string"
