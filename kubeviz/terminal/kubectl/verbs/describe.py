"""describe: everything about objects, in words."""

from ....cluster.kinds import Kind
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
    objects = found.objects or _beginning(call, found)
    call.out("\n\n".join(describe(call.cluster, obj, call.now, call["show-events"]) for obj in objects))
    for error in found.errors if found.objects or not objects else []:
        call.fail(error)
    if not objects and not found.errors:
        _nothing(call, found.kinds)


def _beginning(call: Call, found: Selection) -> list[Obj]:
    """Without an object of just that name: those whose names begin so."""
    if not (found.single and found.errors) or call["filename"]:
        return []
    kind, prefix = targets(call.args)[0]
    return [obj for obj in listing(call, kind) if obj.name.startswith(str(prefix))]


def _nothing(call: Call, kinds: list[Kind]) -> None:
    namespaced = not call["all-namespaces"] and all(kind.namespaced for kind in kinds)
    call.complain(f"No resources found in {call.namespace} namespace." if namespaced else "No resources found")
