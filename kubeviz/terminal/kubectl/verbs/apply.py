"""apply: create what is not there, and bring what is there to what the file says."""

from typing import Any

from ....cluster import go_json
from ....cluster.apiserver import body_key
from ....cluster.changes import Body
from ....cluster.kinds import kind_of
from ....cluster.manifest import Document
from ....cluster.objects import Obj
from ....cluster.patches.applying import LAST_APPLIED, annotated, apply_patch
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..writing import Collector, as_object, each, fresh, placed, send, validation

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
    teller, mode = Collector(call), validation(call)
    each(
        call,
        files.documents(call),
        lambda document: _apply(call, teller, document, mode),
        lambda document: _doing(call, document),
        unreadable_first=True,
    )
    teller.finish()


def _apply(call: Call, teller: Collector, document: Document, mode: str) -> None:
    body = placed(document.body, files.namespace_of(call, document.body))
    if not body["metadata"].get("name"):
        raise KubectlError(_nameless(document, body))
    old = call.cluster.find(body_key(body))
    if old is None or call["server-side"]:
        new = _sent(call, body, old, mode)
        teller.tell(new, "serverside-applied" if call["server-side"] else "created")
        return
    _warn_missing(call, old)
    changed = bool(apply_patch(old, body))
    teller.tell(_sent(call, body, old, mode) if changed else old, "configured" if changed else "unchanged")


def _nameless(document: Document, body: Any) -> str:
    if body["metadata"].get("generateName"):
        return f"from {document.file}: cannot use generate name with apply"
    what = _identified(body)
    return (
        f"error when retrieving current configuration of:\n{what}\n"
        f'from server for: "{document.file}": resource name may not be empty'
    )


def _identified(body: Body) -> str:
    """An object as kubectl names it where something failed (resource.Info)."""
    kind, metadata = kind_of(body), body["metadata"]
    group = f"{kind.group}/{kind.version}"
    return (
        f'Resource: "{group}, Resource={kind.plural}", GroupVersionKind: "{group}, Kind={kind.kind}"\n'
        f'Name: "{metadata.get("name") or ""}", Namespace: "{metadata.get("namespace") or ""}"'
    )


def _warn_missing(call: Call, old: Obj) -> None:
    if LAST_APPLIED not in old.annotations:
        call.warn(MISSING.format(kind_of(old.body).plural, old.name, LAST_APPLIED))


def _sent(call: Call, body: Any, old: Obj | None, mode: str) -> Obj:
    if call.dry_run == "client" and old is None:
        return as_object(annotated(body))
    found: Obj = send(
        call,
        lambda: call.tx.apply(body if old is not None else fresh(body), validation=mode, dry_run=bool(call.dry_run)),
    )
    return found


def _doing(call: Call, document: Document) -> str:
    namespaced = kind_of(document.body).namespaced
    body = placed(document.body, document.body["metadata"].get("namespace") or call.namespace if namespaced else "")
    old = call.cluster.find(body_key(body))
    if old is None:
        return f'error when creating "{document.file}"'
    patch = go_json.line(apply_patch(old, body))
    name = document.file
    return f'error when applying patch:\n{patch}\nto:\n{_identified(body)}\nfor: "{name}": error when patching "{name}"'
