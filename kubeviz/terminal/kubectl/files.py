"""-f: the session's files, standard input, and what stands in them."""

from ...cluster import manifest, schema
from ...cluster.changes import Body
from ...cluster.kinds import kind_of
from ...cluster.manifest import Document, Note
from .call import Call
from .errors import KubectlError


def documents(call: Call) -> list[Document]:
    """The objects of all files, in order. Raises KubectlError and ManifestError.

    What kubectl cannot read is left out; the call's `unreadable` says why.
    """
    found: list[Document] = []
    for name, text in _texts(call):
        loaded = manifest.load(text, name, keep_last=True)
        parts: list[Document | Note] = [*loaded.documents, *loaded.skipped]
        for part in sorted(parts, key=lambda part: part.line):
            error = _unreadable(part)
            if error is not None:
                call.unreadable.append((len(found), error))
            elif isinstance(part, Document):
                found.append(part)
    if not found and not call.unreadable:
        raise KubectlError("no objects passed to " + call.verb.name)
    return found


def _unreadable(part: Document | Note) -> KubectlError | None:
    """Of a kind that the server does not have, or with metadata of other types than kubectl itself expects."""
    if isinstance(part, Note):
        return KubectlError(part.kubectl().removeprefix("error: ").rstrip("\n"))
    fault = schema.metadata_fault(part.body["metadata"])
    return KubectlError(f'unable to decode "{part.file}": {fault}') if fault else None


def _texts(call: Call) -> list[tuple[str, str]]:
    if call.values.get("kustomize"):
        raise KubectlError("kustomize directories are not simulated here; give the files with -f")
    found: list[tuple[str, str]] = []
    for name in call["filename"]:
        found += [("STDIN", call.stdin)] if name == "-" else _files(call, name)
    return found


def _files(call: Call, name: str) -> list[tuple[str, str]]:
    """A file, or with a directory's name the manifests in it."""
    stored = call.session.files
    if name.startswith(("http://", "https://")):
        raise KubectlError(f'unable to read URL "{name}": the lab has no way to the internet')
    clean = name.removeprefix("./")
    if clean in stored or name in stored:
        return [(name, stored.get(clean, stored.get(name, "")))]
    folder = "" if clean in (".", "") else clean.rstrip("/") + "/"
    inside = [n for n in sorted(stored) if n.startswith(folder) and n.endswith((".yaml", ".yml", ".json"))]
    if not call.values.get("recursive"):
        inside = [n for n in inside if "/" not in n[len(folder) :]]
    if not inside:
        raise KubectlError(f'the path "{name}" does not exist')
    return [(n, stored[n]) for n in inside]


def namespace_of(call: Call, body: Body) -> str:
    """Where an object of a file belongs. Raises KubectlError where -n says another."""
    if not kind_of(body).namespaced:
        return ""
    own = body["metadata"].get("namespace")
    if own and call.namespace_enforced and own != call.namespace:
        raise KubectlError(
            f'the namespace from the provided object "{own}" does not match the namespace "{call.namespace}". '
            f"You must pass '--namespace={own}' to perform this operation."
        )
    return str(own or call.namespace)
