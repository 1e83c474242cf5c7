"""patch: strategic merge, JSON merge (RFC 7386) or JSON patch (RFC 6902)."""

from typing import Any

from ....cluster.objects import Obj
from ....cluster.patches.applying import patched
from ....cluster.safe_yaml import YamlError, load
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..select import select
from ..writing import Teller, as_object, each, send, served

TYPES = ("json", "merge", "strategic")


def run(call: Call) -> None:
    if call["type"].lower() not in TYPES:
        raise KubectlError(f'--type must be one of [json merge strategic], not "{call["type"]}"')
    if not (call["patch"] or call["patch-file"]):
        raise KubectlError("must specify --patch or --patch-file containing the contents of the patch")
    change, teller = read(_text(call)), Teller(call)
    if call["local"]:
        for document in files.documents(call):
            teller.tell(as_object(patched(as_object(document.body), change, call["type"].lower())), "patched")
        return
    found = select(call, allow_all=False)
    each(call, found.objects, lambda obj: _patch(call, teller, obj, change), lambda obj: "")
    for error in found.errors:
        call.fail(error)


def _patch(call: Call, teller: Teller, obj: Obj, change: Any) -> None:
    kind = call["type"].lower()
    if call.dry_run == "client":
        new: Any = as_object(patched(obj, change, kind))
    else:
        new = send(
            call,
            lambda: call.tx.patch(
                obj.key, change, kind, subresource=call["subresource"], validation="warn", dry_run=served(call)
            ),
        )
    teller.tell(new, "patched" if new is not obj and new.body != obj.body else "patched (no change)")


def _text(call: Call) -> str:
    if not call["patch-file"]:
        return str(call["patch"])
    if call["patch-file"] == "-":
        return call.stdin
    found = call.session.files.get(call["patch-file"].removeprefix("./"))
    if found is None:
        raise KubectlError(f"unable to read patch file: open {call['patch-file']}: no such file or directory")
    return found


def read(text: str) -> Any:
    """JSON or YAML, as everywhere."""
    try:
        return load(text)
    except YamlError as error:
        raise KubectlError(f'unable to parse "{text}": yaml: line {error.line}: {error}') from None
