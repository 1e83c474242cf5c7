"""delete: by name, by label, by file, or everything of a kind."""

from ....cluster.errors import Rejected
from ....cluster.kinds import kind_of
from ....cluster.objects import Obj
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..resources import named, qualified
from ..select import REQUIRED, is_missing, select, warn_deprecated
from ..writing import Failures, as_object, placed, together

Wanted = tuple[list[tuple[Obj, str]], list[Rejected | KubectlError]]
"""What is to be deleted (and how it is told if that fails), and what could not be found."""

FORCED = (
    "Immediate deletion does not wait for confirmation that the running resource has been terminated. "
    "The resource may continue to run on the cluster indefinitely."
)
CASCADE = {"background": "background", "true": "background", "foreground": "foreground", "orphan": "orphan",
           "false": "orphan"}  # fmt: skip


def run(call: Call) -> None:
    grace, cascade = _grace(call), _cascade(call)
    _check(call)
    wanted, errors = _in_files(call) if call["filename"] else _selected(call)
    if call["force"] and grace == 0:
        call.warn(FORCED)
    failed: Failures = []
    for obj, doing in wanted:
        try:
            _delete(call, obj, grace, cascade)
        except Rejected as error:
            failed.append((error, doing))
    if call["wait"] and not call.dry_run:
        call.session.settle(call.tx)
    failed += [(error, "") for error in errors]
    unreadable = call.take_unreadable()
    failed += [(error, "") for error in (together(unreadable) if failed else unreadable)]
    call.fail_all([(e, doing) for e, doing in failed if not (call["ignore-not-found"] and is_missing(e))])
    if not wanted and not failed and not call["ignore-not-found"]:
        call.line("No resources found")


def _selected(call: Call) -> Wanted:
    found = select(call, allow_all=False, missing=REQUIRED)
    return [(obj, "") for obj in found.objects], found.errors


def _in_files(call: Call) -> Wanted:
    """What files name is deleted without being looked up first."""
    found = []
    for document in files.documents(call):
        body = placed(document.body, files.namespace_of(call, document.body))
        if not body["metadata"].get("name"):
            raise KubectlError("resource name may not be empty")
        found.append((as_object(body), f'error when deleting "{document.file}"'))
    return found, []


def _check(call: Call) -> None:
    if call["output"] not in ("", "name"):
        raise KubectlError(f"unexpected -o output mode: {call['output']}. We only support '-o name'")
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
    """Raises Rejected."""
    if call.dry_run != "client":
        warn_deprecated(call, kind_of(obj.body))
        call.tx.delete(obj.key, grace, cascade, dry_run=call.dry_run == "server")
    if call["output"] == "name":
        call.line(named(obj.body))
    else:
        call.line(deleted(call, obj, "force deleted" if grace == 0 else "deleted"))


def deleted(call: Call, obj: Obj, done: str) -> str:
    """`pod "web" deleted from default namespace`."""
    where = f" from {obj.namespace} namespace" if obj.namespace else ""
    return f'{qualified(kind_of(obj.body))} "{obj.name}" {done}{where}{call.dry_run_note}'
