"""edit: there is no editor in this terminal; the page has one."""

from ..call import Call
from ..resources import named
from ..select import REQUIRED, select


def run(call: Call) -> None:
    found = select(call, allow_all=False, missing=REQUIRED)
    for error in found.errors:
        call.fail(error)
    for obj in found.objects:
        call.result.note("EditOnPage", name=obj.name, ref=obj.ref)
        call.complain(
            f"error: no editor in this terminal: open the YAML of {named(obj.body)} on the page, "
            f"or: kubectl get {named(obj.body)} -o yaml > {obj.name}.yaml, change it, kubectl apply -f {obj.name}.yaml"
        )
        call.result.code = 1
