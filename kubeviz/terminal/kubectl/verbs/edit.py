"""edit: there is no editor in this terminal; the page has one."""

from ..call import Call
from ..resources import named
from ..select import REQUIRED, select


def run(call: Call) -> None:
    found = select(call, allow_all=False, missing=REQUIRED)
    for error in found.errors:
        call.fail(error)
    for obj in found.objects:
        call.result.note("EditOnPage", name=named(obj.body), file=f"{obj.name}.yaml", ref=obj.ref)
