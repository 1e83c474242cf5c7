"""scale: how many replicas are wanted."""

from ....cluster.objects import Obj
from ..call import Call
from ..errors import KubectlError
from ..select import select
from ..writing import Teller, as_object, each, send, served
from .create_objects import require


def run(call: Call) -> None:
    require(call, "replicas")
    if call["replicas"] < 0:
        raise KubectlError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    teller = Teller(call)
    found = select(call, allow_all=False)
    each(call, found.objects, lambda obj: _scale(call, teller, obj), lambda obj: "")
    for error in found.errors:
        call.fail(error)


def _scale(call: Call, teller: Teller, obj: Obj) -> None:
    if call["current-replicas"] >= 0 and obj.spec.get("replicas", 1) != call["current-replicas"]:
        raise KubectlError(f"Expected replicas to be {call['current-replicas']}, was {obj.spec.get('replicas', 1)}")
    if call.dry_run == "client":
        teller.tell(as_object(obj.body), "scaled")
        return
    teller.tell(send(call, lambda: call.tx.scale(obj.key, call["replicas"], dry_run=served(call))), "scaled")
