"""delete: by name, by label, by file, or everything of a kind."""

from ....cluster.errors import Rejected
from ....cluster.kinds import kind_of
from ....cluster.objects import Obj
from ..call import Call
from ..errors import KubectlError
from ..resources import named, qualified
from ..select import REQUIRED, select

FORCED = (
    "Immediate deletion does not wait for confirmation that the running resource has been terminated. "
    "The resource may continue to run on the cluster indefinitely."
)
CASCADE = {"background": "background", "true": "background", "foreground": "foreground", "orphan": "orphan",
           "false": "orphan"}  # fmt: skip


def run(call: Call) -> None:
    grace, cascade = _grace(call), _cascade(call)
    _check(call)
    found = select(call, allow_all=False, missing=REQUIRED)
    if call["force"] and grace == 0:
        call.warn(FORCED)
    for obj in found.objects:
        _delete(call, obj, grace, cascade)
    if call["wait"] and not call.dry_run:
        call.session.settle(call.tx)
    for error in found.errors:
        if not (call["ignore-not-found"] and error.reason == "NotFound"):
            call.fail(error)
    if not found.objects and not found.errors and not call["ignore-not-found"]:
        call.line("No resources found")


def _check(call: Call) -> None:
    if call["interactive"]:
        raise KubectlError("--interactive asks on the keyboard, which a line of this terminal cannot answer")
    if call["all"] and call["selector"]:
        raise KubectlError("cannot set --all and --selector at the same time")
    if (
        call["all-namespaces"]
        and not (call["all"] or call["selector"] or call["field-selector"])
        and len(call.args) > 1
    ):
        raise KubectlError("a resource cannot be retrieved by name across all namespaces")


def _grace(call: Call) -> int | None:
    """What a pod is given to stop: its own wish (None), or the flags'."""
    seconds = call["grace-period"]
    if call["now"]:
        if call.has("grace-period"):
            raise KubectlError("--now and --grace-period cannot be specified together")
        return 1
    if call["force"] and seconds < 0:
        return 0
    if call["force"] and seconds > 0:
        raise KubectlError("--force and --grace-period greater than 0 cannot be specified together")
    if seconds == 0 and not call["force"]:
        return 1
    return None if seconds < 0 else int(seconds)


def _cascade(call: Call) -> str:
    if call["cascade"] not in CASCADE:
        raise KubectlError(
            f'invalid cascade value ({call["cascade"]}). Must be "background", "foreground", or "orphan"'
        )
    return CASCADE[call["cascade"]]


def _delete(call: Call, obj: Obj, grace: int | None, cascade: str) -> None:
    try:
        if call.dry_run != "client":
            call.tx.delete(obj.key, grace, cascade, dry_run=call.dry_run == "server")
    except Rejected as error:
        call.fail(error)
        return
    if call["output"] == "name":
        call.line(named(obj.body))
    else:
        call.line(deleted(call, obj, "force deleted" if grace == 0 else "deleted"))


def deleted(call: Call, obj: Obj, done: str) -> str:
    """`pod "web" deleted from default namespace`."""
    where = f" from {obj.namespace} namespace" if obj.namespace else ""
    return f'{qualified(kind_of(obj.body))} "{obj.name}" {done}{where}{call.dry_run_note}'
