"""describe: everything about objects, in words."""

from ....cluster.objects import Obj
from ...describe import describe
from ..call import Call
from ..errors import KubectlError
from ..select import Selection, listing, select, targets

REQUIRED = (
    'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of '
    "supported resources.\n"
)


def run(call: Call) -> None:
    if not call.args and not call["filename"]:
        raise KubectlError(REQUIRED, bare=True)
    found = select(call)
    alone = len(found.objects) == 1 and not found.errors
    call.out("\n\n".join(_page(call, obj, alone) for obj in found.objects))
    alike = _beginning(call, found)
    for obj in alike:
        call.line(_page(call, obj, False))
    for error in [] if alike else found.errors:
        call.fail(error)
    if not found.objects and not found.errors:
        where = "" if call["all-namespaces"] else f" in {call.namespace} namespace."
        call.complain(f"No resources found{where}")


def _page(call: Call, obj: Obj, alone: bool) -> str:
    """Events are shown of one object alone, unless they are asked for."""
    return describe(call.cluster, obj, call.now, call["show-events"] if call.has("show-events") else alone)


def _beginning(call: Call, found: Selection) -> list[Obj]:
    """Without an object of just that name: those whose names begin so."""
    if not (found.single and found.errors) or call["filename"]:
        return []
    kind, prefix = targets(call.args)[0]
    return [obj for obj in listing(call, kind) if obj.name.startswith(str(prefix))]
