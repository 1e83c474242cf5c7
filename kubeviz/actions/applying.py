"""`kubectl apply -f`: all of a text, or nothing of it."""

from ..cluster import manifest
from ..cluster.apiserver import Transaction
from ..cluster.manifest import Manifest
from ..controllers import loading
from ..models import Lab
from .errors import Problem, Refused
from .writing import Written, write

MOST_OBJECTS = 2000
"""Objects that a lab may hold."""


def apply_yaml(lab_id: str, text: str, *, who: str) -> Written:
    """Apply every document of *text*. Raises Refused with field and line of everything that is wrong."""
    try:
        found = manifest.load(text, browser=True)
    except manifest.ManifestError as error:
        raise refusal_of(error) from error
    if not found.documents and not found.skipped:
        raise Refused("there is no object in this text")

    def work(tx: Transaction, lab: Lab) -> str:
        apply_manifest(tx, found)
        tx.warnings += [note.message for note in found.skipped]
        if len(tx.cluster) > MOST_OBJECTS and len(tx.cluster) > len(tx.base):
            raise Refused(f"this lab would hold more than {MOST_OBJECTS:,} objects")
        return "kubectl apply -f -"

    return write(lab_id, work, who=who, verb="apply")


def apply_manifest(tx: Transaction, found: Manifest) -> None:
    """In the order of the text. Raises Refused with the problems of all documents."""
    try:
        loading.load(tx, [found])
    except loading.LoadError as error:
        raise refusal_of(error) from error


def refusal_of(error: manifest.ManifestError | loading.LoadError) -> Refused:
    """What keeps a text from being loaded, each problem at its line."""
    errors = error.errors if isinstance(error, loading.LoadError) else [error]
    return Refused(*(Problem(e.message, e.field, e.line) for e in errors))
