"""Manifests: files of objects as people write them, with the line of every field."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from . import nodes, safe_yaml, schema
from .changes import Body
from .kinds import BY_API, KINDS, Kind

MOST_BYTES = 64 << 20
MOST_BYTES_BROWSER = 2 << 20
MOST_OBJECTS_BROWSER = 2_000
NO_OBJECT = "an object is a mapping with apiVersion, kind and metadata"
UNVALIDATED = "; if you choose to ignore these errors, turn validation off with --validate=false"


class ManifestError(Exception):
    """A file that cannot be loaded: where, and what would be right."""

    def __init__(
        self, message: str, file: str = "-", line: int = 1, column: int = 1, field: str = "", kubectl: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.column, self.field = message, file, line, column, field
        self._kubectl = kubectl

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.message}"

    def kubectl(self) -> str:
        """What kubectl writes to stderr."""
        return f"error: {self._kubectl or f'error parsing {self.file}: {self.message}'}\n"


class Note(NamedTuple):
    """Something left out, and why; the rest of the file loads."""

    file: str
    line: int
    message: str
    body: Body

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def kubectl(self) -> str:
        """What kubectl writes to stderr about a kind the server does not have."""
        metadata = self.body.get("metadata") or {}
        return (
            f'error: resource mapping not found for name: "{metadata.get("name", "")}" '
            f'namespace: "{metadata.get("namespace", "")}" from "{self.file}": {_no_match(self.body)}\n'
            "ensure CRDs are installed first\n"
        )


class Document(NamedTuple):
    """One object of a file. `lines` maps field paths to lines (from 1)."""

    body: Body
    file: str
    line: int
    lines: dict[str, int]

    def line_of(self, path: str) -> int:
        """The line of a field the API server names, or of the nearest parent that is there."""
        path = _as_written(path)
        while path:
            if path in self.lines:
                return self.lines[path]
            path = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\]|^[^.\[\]]+)$", "", path)
        return self.line


# The API server's paths are not always those of the file.
_WRITTEN = (
    (r"\[([^\]\d][^\]]*)\]", r".\1"),
    (r"^annotations\.", "metadata.annotations."),
    (r"^spec\.L(?=oadBalancerSourceRanges)", "spec.l"),
    (r"^spec\.template\.(?=labels|annotations)", "spec.template.metadata."),
    (r"^metadata\.taints", "spec.taints"),
    (r"^spec\.clusterIPs.*", "spec.clusterIP"),
)


def _as_written(path: str) -> str:
    for pattern, written in _WRITTEN:
        path = re.sub(pattern, written, path)
    return path


class Manifest(NamedTuple):
    documents: list[Document]
    skipped: list[Note]


def load(text: str, filename: str = "-", browser: bool = False, keep_last: bool = False) -> Manifest:
    """Read YAML or JSON, many documents, `List` objects.

    Of a key given twice kubectl keeps the last (*keep_last*); otherwise it is refused, as the server does.
    Kinds the cluster does not have are left out with a note. Raises ManifestError.
    """
    most = MOST_BYTES_BROWSER if browser else MOST_BYTES
    if len(text.encode(errors="replace")) > most:
        raise ManifestError(f"larger than {most >> 20} MiB", filename)
    manifest = Manifest([], [])
    for node in _objects(_compose(text, filename)):
        document = _document(node, filename, keep_last)
        note = _unknown(document)
        if note is not None:
            manifest.skipped.append(note)
        else:
            manifest.documents.append(document)
        if browser and len(manifest.documents) > MOST_OBJECTS_BROWSER:
            raise ManifestError(f"more than {MOST_OBJECTS_BROWSER:,} objects", filename, document.line)
    return manifest


def _compose(text: str, filename: str) -> list[Any]:
    """The documents as nodes. JSON may be indented by tabs, and a tab at the end of a line means nothing."""
    text = text.removeprefix("\ufeff")
    try:
        if text.lstrip()[:1] == "{":
            return [node for part in _json_texts(text) for node in safe_yaml.compose(part.replace("\t", " "))]
        return safe_yaml.compose(text)
    except safe_yaml.YamlError as error:
        trimmed = "\n".join(line.rstrip(" \t\r") for line in text.split("\n")) if "\t" in text else text
        if trimmed != text:
            return _compose(trimmed, filename)
        problem = f"error parsing {filename}: error converting YAML to JSON: yaml: {error.go}"
        message = explained(str(error), text, error.line)
        raise ManifestError(message, filename, error.line, error.column, kubectl=problem) from None


def _json_texts(text: str) -> list[str]:
    """JSON objects that follow each other without separators, each with the empty lines that keep its place."""
    found, start, decoder = [], 0, json.JSONDecoder()
    while text[start:].strip():
        start += len(text[start:]) - len(text[start:].lstrip())
        try:
            _, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return [text]
        found.append("\n" * text.count("\n", 0, start) + text[start:end])
        start = end
    return found


def explained(problem: str, text: str, line: int) -> str:
    """What the parser says, and what it most likely means for people who indent by hand."""
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    before = next((x for x in reversed(lines[: line - 1]) if x.split("#")[0].strip()), "")
    key, parent = (x.strip().partition(":")[0] for x in (here, before))
    if "{{" in here:
        return f"{problem}: `{{{{` belongs to a Helm template; render it first (`helm template`)"
    under = _indent(here) > _indent(before) and before.partition(":")[2].strip()
    if "mapping values are not allowed" in problem and under:
        return (
            f"`{key}` is indented under `{parent}`, which already has a value; "
            f"it must start in the same column as `{parent}` (column {_indent(before) + 1})"
        )
    if "\t" in here[: _indent(here) + 1] or "'\\t'" in problem:
        return "a tab indents here; YAML wants spaces"
    if "mapping values are not allowed" in problem and here.count(": ") > 1:
        return f"{problem}: a value that holds `: ` must stand in quotes"
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return f"{problem}: `{key}` does not stand in the column of the fields around it; check its indentation"
    return problem


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _objects(documents: list[Any]) -> Iterator[Any]:
    """The nodes of the objects; a `List` stands for its items."""
    for node in documents:
        if nodes.is_empty(node):
            continue
        kind, items = nodes.entry(node, "kind"), nodes.entry(node, "items")
        if isinstance(kind, yaml.ScalarNode) and kind.value == "List" and nodes.is_empty(items):
            continue
        if isinstance(items, yaml.SequenceNode) and isinstance(kind, yaml.ScalarNode) and kind.value.endswith("List"):
            yield from _objects(items.value)
        else:
            yield node


def _document(node: Any, filename: str, keep_last: bool) -> Document:
    line = nodes.line_of(node)
    lines: nodes.Lines = {}
    try:
        body = nodes.build(node, lines, keep_last)
    except nodes.NodeError as error:
        template = "; a value that begins with `{{` belongs to a Helm template: render it first (`helm template`)"
        message = f"{error}{template if 'must be a name' in str(error) else ''}"
        raise ManifestError(message, filename, error.line, field=error.field) from None
    if not isinstance(body, dict):
        raise ManifestError(NO_OBJECT, filename, line, kubectl=_unvalidated(filename, "invalid object to validate"))
    _require_type(body, filename, line)
    metadata = body.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        seen = schema.unmarshalled(metadata, "metadataOnlyObject.metadata of type v1.ObjectMeta")
        problem = f'unable to decode "{filename}": {seen}'
        message = "must be a mapping with at least a name"
        raise ManifestError(message, filename, lines["metadata"], field="metadata", kubectl=problem)
    return Document({**body, "metadata": metadata or {}}, filename, line, lines)


def _require_type(body: Body, filename: str, line: int) -> None:
    """Every object says what it is."""
    missing = [f for f in ("apiVersion", "kind") if not body.get(f) or not isinstance(body[f], str)]
    if not missing:
        return
    said = [f"{field} isn't string type" if body.get(field) else f"{field} not set" for field in missing]
    problem = said[0] if len(said) == 1 else f"[{', '.join(said)}]"
    example = {"apiVersion": "v1", "kind": "Service"}[missing[0]]
    raise ManifestError(
        f"{' and '.join(said)}: every object begins with apiVersion and kind (for example `{missing[0]}: {example}`)",
        filename,
        line,
        field=missing[0],
        kubectl=_unvalidated(filename, problem),
    )


def _unvalidated(filename: str, problem: str) -> str:
    return f'error validating "{filename}": error validating data: {problem}{UNVALIDATED}'


def _no_match(body: Body) -> str:
    return f'no matches for kind "{body["kind"]}" in version "{body["apiVersion"]}"'


def _unknown(document: Document) -> Note | None:
    """Why an object of a kind that the cluster does not have is left out."""
    version, kind = document.body["apiVersion"], document.body["kind"]
    if (version, kind) in BY_API:
        return None
    right = f"; write apiVersion: {KINDS[kind].api_version}" if kind in KINDS and _is_ours(version, KINDS[kind]) else ""
    return Note(document.file, document.line, f"left out: {_no_match(document.body)}{right}", document.body)


def _is_ours(version: str, kind: Kind) -> bool:
    """A version, old or mistaken, of a group of Kubernetes itself: knative has a `Service` too, and means another."""
    group = version.rpartition("/")[0]
    return group in ("", "extensions", kind.group) or "." not in group
