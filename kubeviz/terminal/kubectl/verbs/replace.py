"""replace: the whole object as the file has it; with --force deleted first, then created."""

from ....cluster.apiserver import body_key
from ....cluster.manifest import Document
from ....cluster.patches.applying import annotated
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..writing import Teller, as_object, each, fresh, placed, send, served, validation
from .delete import deleted


def run(call: Call) -> None:
    if not call["filename"]:
        raise KubectlError("must specify one of -f and -k")
    teller, mode = Teller(call), validation(call)

    def replace(document: Document) -> None:
        body = placed(document.body, files.namespace_of(call, document.body))
        body = annotated(body) if call["save-config"] else body
        if call["force"]:
            _force(call, body)
            done = send(call, lambda: call.tx.create(fresh(body), validation=mode))
        elif call.dry_run == "client":
            done = as_object(body)
        else:
            done = send(call, lambda: call.tx.replace(body, validation=mode, dry_run=served(call)))
        teller.tell(done, "replaced")

    each(call, files.documents(call), replace, lambda d: f'error when replacing "{d.file}"')


def _force(call: Call, body: dict[str, object]) -> None:
    """Delete what is there at once; what is not there does not matter."""
    old = call.cluster.find(body_key(body))
    if old is None:
        return
    call.tx.delete(old.key, 0)
    call.session.settle(call.tx)
    call.line(deleted(call, old, "deleted" if call["grace-period"] else "force deleted"))
