"""diff: what apply would change."""

import difflib

from ....cluster.apiserver import body_key
from ....cluster.changes import Body
from ....cluster.editing import with_value, without
from ....cluster.errors import Rejected
from ....cluster.kinds import kind_of
from ....cluster.manifest import Document, ManifestError
from ....cluster.objects import Obj
from ....cluster.patches.applying import LAST_APPLIED, apply_patch
from ...printers.yamls import as_yaml, public
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..writing import placed, send

DIFFERENT = 1
FAILED = 2


def run(call: Call) -> None:
    if not call["filename"]:
        raise KubectlError("must specify one of -f and -k", FAILED)
    try:
        found = "".join(sorted([_diff(call, document) for document in files.documents(call)]))
        for error in call.take_unreadable():
            raise error
    except (KubectlError, Rejected, ManifestError) as error:
        raise KubectlError(error.kubectl(), FAILED, bare=True) from None
    call.out(found)
    call.result.code = DIFFERENT if found else 0


def _diff(call: Call, document: Document) -> str:
    body = placed(document.body, files.namespace_of(call, document.body))
    old = call.cluster.find(body_key(body))
    if old is not None and not apply_patch(old, body):
        return ""
    try:
        new = send(call, lambda: call.tx.apply(body, validation="warn", dry_run=True))
    except Rejected as error:
        raise KubectlError(error.kubectl(f'error when patching "{document.file}"' if old else ""), bare=True) from None
    kind = kind_of(body)
    name = ".".join(p for p in (kind.api_version.replace("/", "."), kind.kind, body["metadata"].get("namespace") or "",
                                body["metadata"]["name"]) if p)  # fmt: skip
    before = _lines(public(old)) if old is not None else []
    after = _lines(_remembering(public(new), old))
    live, merged = f"/tmp/LIVE-{_number(call, 'live')}/{name}", f"/tmp/MERGED-{_number(call, 'merged')}/{name}"
    found = list(difflib.unified_diff(before, after, live, merged, _time(call), _time(call)))
    return "".join([f"diff -u -N {live} {merged}\n", *found]) if found else ""


def _remembering(body: Body, old: Obj | None) -> Body:
    """What apply would remember is not part of the comparison."""
    path = ("metadata", "annotations", LAST_APPLIED)
    remembered = old.annotations.get(LAST_APPLIED) if old is not None else None
    return with_value(body, path, remembered) if remembered else without(body, path)


def _lines(body: Body) -> list[str]:
    return as_yaml(body).splitlines(keepends=True)


def _number(call: Call, which: str) -> int:
    return int(call.tx.digest("diff", which, call.cluster.rv) % 10**9)


def _time(call: Call) -> str:
    return call.now.strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")
