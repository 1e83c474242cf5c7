"""Loading files into a cluster: every object applied, every refusal with its line, all or nothing."""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body
from ..cluster.editing import with_value
from ..cluster.errors import Rejected
from ..cluster.kinds import kind_of
from ..cluster.manifest import Document, Manifest, ManifestError
from ..cluster.objects import Pod
from . import endpoints, mirror
from .dumps import is_dump, keep_behaviour, make_room


class LoadError(Exception):
    """What keeps the files from being loaded. The transaction must not be saved."""

    def __init__(self, errors: list[ManifestError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def load(tx: Transaction, manifests: Iterable[Manifest], namespace: str = "default") -> None:
    """Apply all documents in order; namespaces that are used but not declared are created first. Raises LoadError."""
    documents = [d for manifest in manifests for d in manifest.documents]
    errors: list[ManifestError] = []
    make_room(tx, (d.body for d in documents))
    declared = [d for d in documents if d.body["kind"] == "Namespace"]
    for document in declared:
        errors += _apply(tx, document, document.body)
    bodies = [(d, _placed(d.body, namespace)) for d in documents if d.body["kind"] != "Namespace"]
    for used in dict.fromkeys(body["metadata"]["namespace"] for _, body in bodies if kind_of(body).namespaced):
        if isinstance(used, str) and tx.cluster.get("Namespace", "", used) is None:
            _create_namespace(tx, used)
    for document, body in bodies:
        errors += _apply(tx, document, body)
    if errors:
        raise LoadError(errors)
    if any(is_dump(d.body) for d in documents):
        _leave_alone(tx)


def _leave_alone(tx: Transaction) -> None:
    """A real cluster's controllers have done their work already; ours begin with the next change."""
    for listed in tx.cluster.of_kind("Endpoints"):
        if is_dump(listed.body) and not tx.cluster.of_service(("Service", listed.namespace, listed.name)):
            mirror.write(tx, listed, [])
    for service in tx.cluster.of_kind("Service"):
        if is_dump(service.body) and not tx.cluster.of_service(service.key):  # `get all` lists no endpoints
            endpoints.reconcile(tx, service.key)
    tx.settled = len(tx.changes)


def _placed(body: Body, namespace: str) -> Body:
    if kind_of(body).namespaced and not body["metadata"].get("namespace"):
        return with_value(body, ("metadata", "namespace"), namespace)
    return body


def _create_namespace(tx: Transaction, name: str) -> None:
    """A name that is none is refused where it is used."""
    try:
        tx.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    except Rejected:
        return


def _apply(tx: Transaction, document: Document, body: Body) -> list[ManifestError]:
    try:
        if is_dump(body):
            _keep(tx, body)
        elif body["metadata"].get("name"):
            tx.apply(body)
        else:
            tx.create(body)
    except Rejected as refusal:
        return located(refusal, document)
    return []


def _keep(tx: Transaction, body: Body) -> None:
    """Objects of a dump are taken as they stand, in place of what the lab brought along."""
    key = (body["kind"], body["metadata"].get("namespace") or "", body["metadata"]["name"])
    stored = tx.put(body) if tx.cluster.find(key) is not None else tx.create(body, dump=True)
    if isinstance(stored, Pod):
        keep_behaviour(tx, stored)


def located(refusal: Rejected, document: Document) -> list[ManifestError]:
    """The server's refusal, each cause at the line of its field."""
    if not refusal.causes:
        return [ManifestError(refusal.message, document.file, document.line_of(refusal.field), field=refusal.field)]
    found = []
    for cause in refusal.causes:
        line = document.line_of(cause.field)
        found.append(ManifestError(cause.message, document.file, line, field=cause.field))
    return found
