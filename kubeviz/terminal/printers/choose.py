"""`-o`: which printer prints an object (k8s.io/cli-runtime/pkg/genericclioptions)."""

import json
from collections.abc import Callable
from typing import Any

from ...cluster.changes import Body
from ..kubectl.call import Call
from ..kubectl.errors import KubectlError
from ..kubectl.resources import named
from . import columns, gotemplate, jsonpath
from .yamls import as_json, as_yaml

Printer = Callable[[Body], str]
TEMPLATES = (
    "go-template",
    "go-template-file",
    "template",
    "templatefile",
    "jsonpath",
    "jsonpath-as-json",
    "jsonpath-file",
)
PLAIN = ("json", "kyaml", "name", "yaml")
TABLES = ("custom-columns", "custom-columns-file", "wide")


def printer(call: Call, tables: bool = False) -> Printer | None:
    """How `-o` prints one object (or list); None for the table or the command's own words.

    *tables*: whether wide and custom-columns may be asked for, as get may.
    """
    output, template = call.values.get("output") or "", call.values.get("template") or ""
    if not output and template:
        output = "go-template"
    form, equals, argument = output.partition("=")
    if not form or (form == "wide" and tables):
        return None
    if form.endswith("-file") or form == "templatefile":
        argument = _file(call, argument or template)
    elif not equals:
        argument = template
    return _printer(call, form, argument, output, tables)


def _printer(call: Call, form: str, argument: str, output: str, tables: bool) -> Printer:
    match form.removesuffix("-file"):
        case "name":
            return lambda body: "".join(f"{named(item)}\n" for item in _items(body))
        case "yaml":
            return as_yaml
        case "json":
            return as_json
        case "jsonpath":
            return _jsonpath(argument, bool(call.values.get("allow-missing-template-keys", True)))
        case "jsonpath-as-json":
            path = _parsed(argument)
            return lambda body: as_json([v for found in jsonpath.find(path, body) for v in found])
        case "go-template" | "template" | "templatefile":
            return gotemplate.printer(argument)
        case "custom-columns" if tables:
            spec = columns.parse(argument)
            headers = not call.values.get("no-headers")
            return lambda body: columns.table(spec, _items(body), headers)
    allowed = ",".join(sorted((*TEMPLATES, *PLAIN, *(TABLES if tables else ()))))
    raise KubectlError(
        f'unable to match a printer suitable for the output format "{output}", allowed formats are: {allowed}'
    )


def _items(body: Body) -> list[Any]:
    return list(body["items"]) if body.get("kind") == "List" else [body]


def _file(call: Call, name: str) -> str:
    text = call.session.files.get(name.removeprefix("./"))
    if text is None:
        raise KubectlError(f"error reading --template {name}, open {name}: no such file or directory\n")
    return text


def _parsed(template: str) -> jsonpath.Template:
    if not template:
        raise KubectlError("template format specified but no template given")
    try:
        return jsonpath.parse(template)
    except jsonpath.JsonPathError as error:
        raise KubectlError(f"error parsing jsonpath {template}, {error}") from None


def _jsonpath(template: str, allow_missing: bool) -> Printer:
    parsed = _parsed(template)

    def show(body: Body) -> str:
        try:
            return jsonpath.execute(parsed, body, allow_missing)
        except jsonpath.JsonPathError as error:
            raise KubectlError(_explained(template, error, body)) from None

    return show


def _explained(template: str, error: Exception, body: Body) -> str:
    return (
        f'error executing jsonpath "{template}": Error executing template: {error}. '
        "Printing more information for debugging the template:\n"
        f"\ttemplate was:\n\t\t{template}\n\tobject given to jsonpath engine was:\n\t\t{syntax(body)}\n\n\n"
    )


def syntax(value: Any) -> str:
    """Go's %#v of decoded JSON."""
    if isinstance(value, dict):
        inside = ", ".join(f"{syntax(k)}:{syntax(v)}" for k, v in sorted(value.items()))
        return f"map[string]interface {{}}{{{inside}}}"
    if isinstance(value, list):
        return f"[]interface {{}}{{{', '.join(map(syntax, value))}}}"
    if value is None:
        return "interface {}(nil)"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return jsonpath.text_of(value)
