"""create -f: objects as the files have them."""

from ....cluster.changes import Body
from ....cluster.manifest import Document
from ....cluster.objects import Obj
from ....cluster.patches.applying import annotated
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..writing import Teller, as_object, each, fresh, placed, send, served, validation


def run(call: Call) -> None:
    if not call["filename"]:
        if call.args:
            raise call.usage(f"Unexpected args: [{' '.join(call.args)}]")
        raise KubectlError("must specify one of -f and -k")
    if call.args:
        raise call.usage(f"Unexpected args: [{' '.join(call.args)}]")
    teller, mode = Teller(call), validation(call)

    def create(document: Document) -> None:
        body = placed(document.body, files.namespace_of(call, document.body))
        teller.tell(store(call, annotated(body) if call["save-config"] else body, mode), "created")

    each(call, files.documents(call), create, lambda d: f'error when creating "{d.file}"')


def store(call: Call, body: Body, mode: str = "strict") -> Obj | Body:
    """Create *body*, or with --dry-run only what is asked of it."""
    if call.dry_run == "client":
        return as_object(body) if body["metadata"].get("name") else body
    found: Obj = send(call, lambda: call.tx.create(fresh(body), validation=mode, dry_run=served(call)))
    return found
