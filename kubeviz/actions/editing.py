"""`kubectl edit`: one object written anew."""

from ..cluster import manifest
from ..cluster.apiserver import Transaction, body_key
from ..cluster.errors import Rejected
from ..cluster.manifest import Document
from ..cluster.objects import Obj
from ..cluster.references import resolve
from ..controllers.loading import located
from ..models import Lab
from .errors import Problem, Refused
from .writing import Written, write


def edit(lab_id: str, ref: str, text: str, *, who: str) -> Written:
    """Replace the object *ref* by *text*. Raises Refused with the line of each problem, as the server words it."""
    document = _only_document(text)

    def work(tx: Transaction, lab: Lab) -> str:
        target = resolve(tx.cluster, ref)
        if target is None:
            raise Refused(Problem(f"there is no {ref} in this lab", "ref"), code=404)
        _must_be(target, document)
        try:
            tx.replace({k: v for k, v in document.body.items() if k != "status"})
        except Rejected as refusal:
            raise Refused(*(Problem(e.message, e.field, e.line) for e in located(refusal, document))) from refusal
        n = f" -n {target.namespace}" if target.namespace and target.namespace != "default" else ""
        return f"kubectl edit {target.kind.lower()} {target.name}{n}"

    return write(lab_id, work, who=who, verb="edit")


def _only_document(text: str) -> Document:
    try:
        found = manifest.load(text, browser=True)
    except manifest.ManifestError as error:
        raise Refused(Problem(error.message, error.field, error.line)) from error
    if found.skipped:
        raise Refused(Problem(found.skipped[0].message, "kind", found.skipped[0].line))
    if len(found.documents) != 1:
        raise Refused("an edit is of one object; use apply for several")
    return found.documents[0]


def _must_be(target: Obj, document: Document) -> None:
    """kind, name and namespace of an object cannot be edited: that would be another object."""
    for field, old, new in zip(
        ("kind", "metadata.namespace", "metadata.name"), target.key, body_key(document.body), strict=True
    ):
        if old != new:
            raise Refused(Problem(f"{field} cannot be changed from {old} to {new}", field, document.line_of(field)))
