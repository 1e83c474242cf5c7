"""apply: create what is not there, and bring what is there to what the file says."""

from typing import Any

from ....cluster.apiserver import body_key
from ....cluster.kinds import kind_of
from ....cluster.manifest import Document
from ....cluster.objects import Obj
from ....cluster.patches.applying import LAST_APPLIED
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..writing import Teller, as_object, each, fresh, placed, send, validation

MISSING = (
    "resource {}/{} is missing the {} annotation which is required by kubectl apply. kubectl apply should only be used "
    "on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing "
    "annotation will be patched automatically."
)


def run(call: Call) -> None:
    if call.args:
        raise call.usage(f"Unexpected args: [{' '.join(call.args)}]")
    if not call["filename"]:
        raise KubectlError("must specify one of -f and -k")
    if call["prune"]:
        raise KubectlError("--prune is not simulated here; delete what is no longer wanted with kubectl delete")
    teller, mode = Teller(call), validation(call)
    each(
        call,
        files.documents(call, keep_going=True),
        lambda document: _apply(call, teller, document, mode),
        lambda document: _doing(call, document),
    )


def _apply(call: Call, teller: Teller, document: Document, mode: str) -> None:
    body = placed(document.body, files.namespace_of(call, document.body))
    if not body["metadata"].get("name"):
        raise KubectlError(_nameless(document, body))
    old = call.cluster.find(body_key(body))
    if call["server-side"]:
        done = "serverside-applied"
    elif old is None:
        done = "created"
    else:
        done = "configured"
        _warn_missing(call, old)
    new = _sent(call, body, old, mode)
    if old is not None and done == "configured" and _same(new, old):
        done = "unchanged"
    teller.tell(new, done)


def _nameless(document: Document, body: Any) -> str:
    if body["metadata"].get("generateName"):
        return f"from {document.file}: cannot use generate name with apply"
    kind = kind_of(body)
    group = f"{kind.group}/{kind.version}"
    return (
        f'error when retrieving current configuration of:\nResource: "{group}, Resource={kind.plural}", '
        f'GroupVersionKind: "{group}, Kind={kind.kind}"\nName: "", '
        f'Namespace: "{body["metadata"].get("namespace", "")}"\nfrom server for: "{document.file}": '
        "resource name may not be empty"
    )


def _warn_missing(call: Call, old: Obj) -> None:
    if LAST_APPLIED not in old.annotations:
        call.warn(MISSING.format(kind_of(old.body).plural, old.name, LAST_APPLIED))


def _sent(call: Call, body: Any, old: Obj | None, mode: str) -> Obj:
    if call.dry_run == "client" and old is None:
        return as_object(body)
    found: Obj = send(
        call,
        lambda: call.tx.apply(body if old is not None else fresh(body), validation=mode, dry_run=bool(call.dry_run)),
    )
    return found


def _same(new: Obj, old: Obj) -> bool:
    return new is old or {**new.body, "metadata": _plain(new)} == {**old.body, "metadata": _plain(old)}


def _plain(obj: Obj) -> dict[str, Any]:
    return {k: v for k, v in obj.metadata.items() if k not in ("resourceVersion", "generation")}


def _doing(call: Call, document: Document) -> str:
    body = placed(document.body, document.body["metadata"].get("namespace") or call.namespace)
    there = call.cluster.find(body_key(body)) is not None
    return f'error when {"applying patch" if there else "creating"} "{document.file}"'
