"""events: what the controllers had to say, oldest first."""

from ....cluster.objects import Obj
from ....cluster.tables.columns import since
from ...printers.choose import printer
from ...printers.tabs import aligned
from ...printers.yamls import listed, public
from ..call import Call
from ..errors import KubectlError
from ..resources import kind_named


def run(call: Call) -> None:
    show = printer(call)
    found = sorted(_wanted(call), key=_moment)
    if show is not None:
        call.out(show(listed([public(e) for e in found])))
        return
    if not found:
        call.complain(
            "No events found." if call["all-namespaces"] else f"No events found in {call.namespace} namespace."
        )
        return
    head = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
    rows = [] if call["no-headers"] else [["NAMESPACE", *head] if call["all-namespaces"] else head]
    call.out(aligned([*rows, *(_row(call, event) for event in found)]))


def _wanted(call: Call) -> list[Obj]:
    events = call.cluster.of_kind("Event", None if call["all-namespaces"] else call.namespace)
    for kind in call["types"]:
        if kind.lower() not in ("normal", "warning"):
            raise KubectlError("valid --types are Normal or Warning")
    types = {kind.lower() for kind in call["types"]}
    events = [e for e in events if not types or (e.body.get("type") or "").lower() in types]
    return [e for e in events if _about(e, call["for"])] if call["for"] else events


def _about(event: Obj, text: str) -> bool:
    word, slash, name = text.partition("/")
    if not slash:
        raise KubectlError("--for must be in resource/name form")
    involved = event.body.get("involvedObject") or {}
    return bool(involved.get("kind") == kind_named(word).kind and involved.get("name") == name)


def _moment(event: Obj) -> tuple[str, int]:
    return event.body.get("lastTimestamp") or "", int(event.metadata.get("resourceVersion") or 0)


def _row(call: Call, event: Obj) -> list[str]:
    body, involved = event.body, event.body.get("involvedObject") or {}
    count = body.get("count") or 1
    seen = since(body.get("lastTimestamp"), call.now)
    if count > 1:
        seen += f" (x{count} over {since(body.get('firstTimestamp'), call.now)})"
    about = f"{involved.get('kind')}/{involved.get('name')}"
    row = [seen, body.get("type") or "", body.get("reason") or "", about, (body.get("message") or "").strip()]
    return [event.namespace, *row] if call["all-namespaces"] else row
