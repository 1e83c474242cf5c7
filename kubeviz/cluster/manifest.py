"""Manifests: files of objects as people write them, with the line of every field."""

import json
import re
from typing import Any, NamedTuple

import yaml

from . import safe_yaml
from .changes import Body
from .kinds import BY_API, KINDS

MOST_BYTES = 64 << 20
MOST_BYTES_BROWSER = 2 << 20
MOST_OBJECTS_BROWSER = 2_000
MOST_OBJECTS = 100_000
MOST_NODES = 5_000_000


class ManifestError(Exception):
    """A file that cannot be loaded: where, and what would be right."""

    def __init__(
        self, message: str, file: str = "-", line: int = 1, column: int = 1, field: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.column, self.field = message, file, line, column, field

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.message}"


class Note(NamedTuple):
    """Something left out, and why; the rest of the file loads."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Document(NamedTuple):
    """One object of a file. `lines` maps field paths to lines (from 1)."""

    body: Body
    file: str
    line: int
    lines: dict[str, int]

    def line_of(self, path: str) -> int:
        """The line of a field, or of the nearest parent that is there."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\]|^[^.\[\]]+)$", "", path)
        return self.line


class Manifest(NamedTuple):
    documents: list[Document]
    skipped: list[Note]


def load(text: str, filename: str = "-", browser: bool = False) -> Manifest:
    """Read YAML or JSON, many documents, `List` objects. Raises ManifestError; unknown kinds are left out with a note."""
    most = MOST_BYTES_BROWSER if browser else MOST_BYTES
    if len(text.encode()) > most:
        raise ManifestError(f"larger than {most >> 20} MiB", filename)
    documents: list[Document] = []
    skipped: list[Note] = []
    for node in _compose(text, filename, browser):
        for found in _unlisted(node, filename):
            note = _unknown(found)
            if note:
                skipped.append(note)
            else:
                documents.append(found)
    if browser and len(documents) > MOST_OBJECTS_BROWSER:
        raise ManifestError(f"more than {MOST_OBJECTS_BROWSER:,} objects", filename)
    return Manifest(documents, skipped)


def _compose(text: str, filename: str, browser: bool) -> list[Any]:
    text = text.lstrip("\ufeff")
    cleaned = re.sub(r"[\t ]+$", "", text, flags=re.MULTILINE) if "\t" in text else text
    try:
        return [
            n
            for n in safe_yaml.compose(cleaned, safe_yaml.MOST_NODES if browser else MOST_NODES)
            if n is not None and not _empty(n)
        ]
    except safe_yaml.YamlError as error:
        raise ManifestError(
            _explained(str(error), text, error.line), filename, error.line, error.column
        ) from None


def _empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~")


def _explained(problem: str, text: str, line: int) -> str:
    """What the parser says, and what it most likely means for people who indent by hand."""
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    before = next(
        (x for x in reversed(lines[: max(0, line - 1)]) if x.strip() and not x.lstrip().startswith("#")), ""
    )
    key, parent = here.strip().partition(":")[0], before.strip().partition(":")[0]
    if "mapping values are not allowed" in problem and _indent(here) > _indent(before) and ":" in before:
        wanted = _indent(before) + 1
        return (f"`{key}` is indented under `{parent}`, which already has a value; "
                f"it must start in the same column as `{parent}` (column {wanted})")  # fmt: skip
    if "\t" in here[: _indent(here) + 1] or "'\\t'" in problem:
        return "a tab indents here; YAML wants spaces"
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return (
            f"{problem}: `{key}` does not stand in the column of the fields around it; check its indentation"
        )
    return problem


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _unlisted(node: Any, filename: str) -> list[Document]:
    """The objects of a document; a `List` stands for its items."""
    line = node.start_mark.line + 1
    lines: dict[str, int] = {}
    body = _build(node, "", lines, filename)
    if not isinstance(body, dict):
        raise ManifestError("an object is a mapping with apiVersion, kind and metadata", filename, line)
    if str(body.get("kind", "")).endswith("List") and isinstance(body.get("items"), list):
        return [
            _document(item, filename, lines.get(f"items[{i}]", line), _below(lines, f"items[{i}]."))
            for i, item in enumerate(body["items"])
        ]
    return [_document(body, filename, line, lines)]


def _below(lines: dict[str, int], prefix: str) -> dict[str, int]:
    return {path.removeprefix(prefix): line for path, line in lines.items() if path.startswith(prefix)}


def _document(body: Any, filename: str, line: int, lines: dict[str, int]) -> Document:
    if not isinstance(body, dict):
        raise ManifestError("an object is a mapping with apiVersion, kind and metadata", filename, line)
    for field in ("apiVersion", "kind"):
        if not body.get(field) or not isinstance(body[field], str):
            example = "v1" if field == "apiVersion" else "Service"
            raise ManifestError(
                f"{field} not set: every object begins with apiVersion and kind (`{field}: {example}`)",
                filename,
                line,
                field=field,
            )
    metadata = body.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        raise ManifestError(
            "metadata is a mapping with at least a name",
            filename,
            lines.get("metadata", line),
            field="metadata",
        )
    if metadata is None:
        body = {**body, "metadata": {}}
    return Document(body, filename, line, lines)


def _build(node: Any, path: str, lines: dict[str, int], filename: str) -> Any:
    """Plain values from nodes, remembering the line of each field and refusing a key that is given twice."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, f"{path}[{i}]", lines, filename) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, filename)
    return _scalar(node)


def _mapping(node: Any, path: str, lines: dict[str, int], filename: str) -> Body:
    found: Body = {}
    merged: Body = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        line = key_node.start_mark.line + 1
        if key_node.tag == "tag:yaml.org,2002:merge":
            for source in value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]:
                merged = {**_build(source, f"{path}.<<", {}, filename), **merged}
            continue
        where = f"{path}.{key}" if path else key
        if key in found:
            raise ManifestError(f'key "{key}" already set in map', filename, line, field=where)
        found[key] = _build(value_node, where, lines, filename)
        lines[where] = line
    return {**merged, **found}


_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_PLAIN = (
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
)


def _scalar(node: Any) -> Any:
    """Numbers, booleans and null as YAML 1.1 has them; dates stay text, as in the API server's decoder."""
    if node.tag in _PLAIN:
        try:
            return _CONSTRUCTOR.construct_object(node)
        except (ValueError, yaml.YAMLError):
            return node.value
    return node.value


def _unknown(document: Document) -> Note | None:
    """Why an object of a kind that the cluster does not have is left out."""
    version, kind = document.body["apiVersion"], document.body["kind"]
    if (version, kind) in BY_API:
        return None
    problem = f'no matches for kind "{kind}" in version "{version}"'
    if kind in KINDS and (
        version.partition("/")[0] in ("extensions", "apps", KINDS[kind].group, "v1") or "beta" in version
    ):
        problem += f"; since Kubernetes 1.22 it is {KINDS[kind].api_version}"
    return Note(document.file, document.line, f"left out: {problem}")


def to_yaml(body: Any) -> str:
    """As kubectl prints it: keys sorted, strings quoted only where they must be."""
    return yaml.dump(
        json.loads(json.dumps(body)),
        Dumper=_Dumper,
        sort_keys=True,
        allow_unicode=True,
        width=1 << 20,
        default_flow_style=False,
    )


class _Dumper(yaml.SafeDumper):
    """Lists are not indented below their key; several lines stand as a block; no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False if flow else True)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> Any:
    style = "|" if "\n" in value else '"' if _needs_quotes(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _needs_quotes(value: str) -> bool:
    return yaml.resolver.Resolver().resolve(yaml.ScalarNode, value, (True, False)) != "tag:yaml.org,2002:str"


_Dumper.add_representer(str, _text)
