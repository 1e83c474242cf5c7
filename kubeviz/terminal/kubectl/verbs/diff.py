"""diff: what apply would change."""

import difflib

from ....cluster.apiserver import body_key
from ....cluster.changes import Body
from ....cluster.errors import Rejected
from ....cluster.kinds import kind_of
from ....cluster.manifest import Document, ManifestError
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
        for document in files.documents(call):
            _diff(call, document)
    except (KubectlError, Rejected, ManifestError) as error:
        raise KubectlError(error.kubectl(), FAILED, bare=True) from None


def _diff(call: Call, document: Document) -> None:
    body = placed(document.body, files.namespace_of(call, document.body))
    old = call.cluster.find(body_key(body))
    new = send(call, lambda: call.tx.apply(body, dry_run=True))
    kind = kind_of(body)
    name = ".".join(p for p in (kind.api_version.replace("/", "."), kind.kind, body["metadata"].get("namespace") or "",
                                body["metadata"]["name"]) if p)  # fmt: skip
    before = _lines(public(old)) if old is not None else []
    after = _lines(public(new))
    live, merged = f"/tmp/LIVE-{_number(call, 'live')}/{name}", f"/tmp/MERGED-{_number(call, 'merged')}/{name}"
    found = list(difflib.unified_diff(before, after, live, merged, _time(call), _time(call)))
    if found:
        call.line(f"diff -u -N {live} {merged}")
        call.out("".join(found))
        call.result.code = DIFFERENT


def _lines(body: Body) -> list[str]:
    return as_yaml(body).splitlines(keepends=True)


def _number(call: Call, which: str) -> int:
    return int(call.tx.digest("diff", which, call.cluster.rv) % 10**9)


def _time(call: Call) -> str:
    return call.now.strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")
