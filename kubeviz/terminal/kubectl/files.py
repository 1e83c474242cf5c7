"""-f: the session's files, standard input, and what stands in them."""

from ...cluster import manifest, schema
from ...cluster.changes import Body
from ...cluster.kinds import kind_of
from ...cluster.manifest import Document
from .call import Call
from .errors import KubectlError


def documents(call: Call) -> list[Document]:
    """The objects of all files, in order. Raises KubectlError and ManifestError.

    What kubectl cannot read is left out; the call's `unreadable` says why.
    """
    found: list[Document] = []
    for name, text in _texts(call):
        loaded = manifest.load(text, name, keep_last=True)
        found += [document for document in loaded.documents if _readable(call, document)]
        call.unreadable += [KubectlError(note.kubectl(), bare=True) for note in loaded.skipped]
    if not found and not call.unreadable:
        raise KubectlError("no objects passed to " + call.verb.name)
    return found


def _readable(call: Call, document: Document) -> bool:
    """Whether the metadata are of the types that kubectl itself expects."""
    fault = schema.metadata_fault(document.body["metadata"])
    if fault:
        call.unreadable.append(KubectlError(f'unable to decode "{document.file}": {fault}'))
    return not fault


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
