"""Strict decoding: unknown fields and wrong types, as the API server's JSON decoder words them.

The published OpenAPI definitions (package kubernetes-validate) are walked directly: a clean object costs
microseconds, and errors come out in Go's words.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import Rejected, bad_request

VERSION = "v1.36.0"
INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
# Types that decode themselves and take more than one JSON type, or a string with a form of its own.
FREE = ("Quantity", "Time", "MicroTime", "FieldsV1", "RawExtension", "JSON", "JSONSchemaProps")

Schema = dict[str, Any]


@cache
def definitions() -> dict[str, Schema]:
    path = files("kubernetes_validate") / "kubernetes-json-schema" / f"{VERSION}-local" / "_definitions.json"
    found: dict[str, Schema] = json.loads(path.read_text())["$defs"]
    return found


@cache
def _by_kind() -> dict[tuple[str, str], str]:
    """(apiVersion, kind) -> definition name."""
    found = {}
    for name, schema in definitions().items():
        for entry in schema.get("x-kubernetes-group-version-kind") or ():
            version = f"{entry['group']}/{entry['version']}" if entry["group"] else entry["version"]
            found[(version, entry["kind"])] = name
    if not found:
        found = dict(_guessed())
    return found


def _guessed() -> Any:
    """Where the package leaves the group out: the name of a definition holds it."""
    groups = {"core": ""}
    for name, schema in definitions().items():
        parts = name.split(".")
        if "apiVersion" in (schema.get("properties") or {}) and parts[2] == "api":
            group = groups.get(parts[3], parts[3])
            for full in (
                (group,)
                if "." in group or group in ("", "apps", "batch", "policy", "autoscaling")
                else (f"{group}.k8s.io",)
            ):
                yield (f"{full}/{parts[4]}" if full else parts[4], parts[5]), name


def strict_decode(body: Schema) -> list[str]:
    """The unknown fields, as `unknown field "spec.slector"`. Raises Rejected (400) for a wrong type."""
    name = _by_kind().get((body.get("apiVersion") or "", body.get("kind") or ""))
    if name is None:
        return []
    walker = _Walker()
    walker.walk(body, {"$ref": f"#/$defs/{name}"}, "", "", body["kind"])
    if walker.mistyped:
        raise refusal(body, walker.mistyped[0])
    return [f'unknown field "{path}"' for path in walker.unknown]


def refusal(body: Schema, problem: str) -> Rejected:
    """400: the decoder's complaint about an object."""
    version = body["apiVersion"].rpartition("/")[2]
    return bad_request(
        f'{body["kind"]} in version "{version}" cannot be handled as a {body["kind"]}: {problem}'
    )


def resolve(schema: Schema) -> tuple[Schema, str]:
    """Follow $ref and allOf to the definition itself; returns it with its short name."""
    name = ""
    while True:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = definitions()[name]
        elif len(schema.get("allOf") or ()) == 1:
            schema = schema["allOf"][0]
        elif any("$ref" in s for s in schema.get("oneOf") or schema.get("anyOf") or ()):
            schema = next(s for s in schema.get("oneOf") or schema["anyOf"] if "$ref" in s)
        else:
            return schema, name


class _Walker:
    """Collects unknown fields (by full path) and wrong types (by Go's path, which leaves indexes out)."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.mistyped: list[str] = []

    def walk(self, value: Any, schema: Schema, path: str, go_path: str, struct: str) -> None:
        if value is None:
            return
        schema, name = resolve(schema)
        short = name.rpartition(".")[2]
        if short in FREE:
            return
        if name == INT_OR_STRING:
            if isinstance(value, bool) or not isinstance(value, int | str):
                self._wrong(value, f"{struct}.{go_path}", "intstr.IntOrString")
        elif "properties" in schema:
            self._struct(value, schema, path, go_path, struct, name)
        elif "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
            self._map(value, schema["additionalProperties"], path, go_path, struct)
        elif "items" in schema:
            self._list(value, schema["items"], path, go_path, struct)
        else:
            self._scalar(value, schema, f"{struct}.{go_path}")

    def _struct(self, value: Any, schema: Schema, path: str, go_path: str, struct: str, name: str) -> None:
        if not isinstance(value, dict):
            parts = name.split(".")
            self._wrong(value, f"{struct}.{go_path}", f"{parts[-2]}.{parts[-1]}")
            return
        short = name.rpartition(".")[2] or struct
        for key, item in value.items():
            known = schema["properties"].get(key)
            if known is None:
                if not key.startswith("x-") and not (key == "kubeviz" and not path):
                    self.unknown.append(f"{path}.{key}" if path else key)
            else:
                self.walk(
                    item,
                    known,
                    f"{path}.{key}" if path else key,
                    f"{go_path}.{_embedded(short, key)}" if go_path else key,
                    short,
                )

    def _map(self, value: Any, items: Schema, path: str, go_path: str, struct: str) -> None:
        if not isinstance(value, dict):
            self._wrong(value, f"{struct}.{go_path}", f"map[string]{_go_type(items)}")
            return
        for key, item in value.items():
            self.walk(item, items, f"{path}.{key}", go_path, struct)

    def _list(self, value: Any, items: Schema, path: str, go_path: str, struct: str) -> None:
        if not isinstance(value, list):
            self._wrong(value, f"{struct}.{go_path}", f"[]{_go_type(items)}")
            return
        for i, item in enumerate(value):
            self.walk(item, items, f"{path}[{i}]", go_path, struct)

    def _scalar(self, value: Any, schema: Schema, where: str) -> None:
        wanted = schema.get("type")
        types = {t for t in (wanted if isinstance(wanted, list) else [wanted]) if t and t != "null"}
        if not types or _json_type(value) in types or ("number" in types and _json_type(value) == "integer"):
            return
        self._wrong(value, where, _go_type(schema))

    def _wrong(self, value: Any, where: str, wanted: str) -> None:
        """Go says which number it was only where a number was wanted."""
        got = {"boolean": "bool", "integer": "number", "number": "number"}.get(
            _json_type(value), _json_type(value)
        )
        if got == "number" and wanted.startswith(("int", "float")):
            got = f"number {value}"
        self.mistyped.append(f"json: cannot unmarshal {got} into Go struct field {where} of type {wanted}")


def _embedded(struct: str, key: str) -> str:
    """Go names embedded structs in the path."""
    return f"IngressRuleValue.{key}" if struct == "IngressRule" and key == "http" else key


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return {str: "string", list: "array", dict: "object"}.get(type(value), "string")


def _go_type(schema: Schema) -> str:
    resolved, name = resolve(schema)
    if name:
        parts = name.split(".")
        return f"{parts[-2]}.{parts[-1]}"
    wanted = resolved.get("type")
    kind = next(
        (t for t in (wanted if isinstance(wanted, list) else [wanted]) if t and t != "null"), "string"
    )
    return {"integer": resolved.get("format") or "int32", "number": "float64", "boolean": "bool"}.get(
        kind, kind
    )
