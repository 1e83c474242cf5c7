"""rollout status, history, undo, restart, pause, resume."""

from typing import Any

from ....cluster.changes import Body
from ....cluster.clock import stamp
from ....cluster.editing import with_value
from ....cluster.kinds import kind_of
from ....cluster.objects import Obj
from ....cluster.patches.applying import LAST_APPLIED
from ...describe.containers import template
from ...describe.page import Page
from ...printers.tabs import flow
from ..call import Call
from ..errors import KubectlError
from ..resources import named, qualified
from ..revisions import CHANGE_CAUSE, Revision, revisions
from ..select import select
from ..waiting import LONGEST, seconds, until
from ..writing import Teller, each, send, served

APPLIED = (
    "resource {}/{} was previously managed with 'kubectl apply'. Rolling back will not update the {} annotation, which "
    "may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your "
    "previous configuration file instead."
)
HASH = "pod-template-hash"
RESTARTED = "kubectl.kubernetes.io/restartedAt"
ROLLING = ("Deployment", "DaemonSet", "StatefulSet")


def _selected(call: Call) -> list[Obj]:
    if not call.args and not call["filename"]:
        raise KubectlError("required resource not specified")
    found = select(call, allow_all=False)
    for error in found.errors:
        call.fail(error)
    return found.objects


# ── status ──


def status(call: Call) -> None:
    limit = seconds(call["timeout"], "timeout") or LONGEST
    for obj in _selected(call):
        if obj.kind not in ROLLING:
            raise KubectlError(f"no status viewer has been implemented for {_group_kind(obj)}")
        _follow(call, obj, limit if call["watch"] else 0)


def _follow(call: Call, obj: Obj, limit: float) -> None:
    told: list[str] = []

    def done() -> bool:
        now = call.cluster.find(obj.key)
        if now is None:
            raise KubectlError("object has been deleted")
        message, over = progress(now)
        if not told or told[-1] != message:
            told.append(message)
            call.out(f"{message}\n")
        return over

    if not until(call, done, limit) and call["watch"]:
        raise KubectlError("timed out waiting for the condition")


def progress(obj: Obj) -> tuple[str, bool]:
    """What is still to be waited for, and whether nothing is. Raises KubectlError."""
    return {"Deployment": _deployment, "DaemonSet": _daemonset, "StatefulSet": _statefulset}[obj.kind](obj)


def _deployment(obj: Obj) -> tuple[str, bool]:
    found, wanted = obj.status, obj.spec.get("replicas", 1)
    if any(c.get("reason") == "ProgressDeadlineExceeded" for c in found.get("conditions") or ()):
        raise KubectlError(f'deployment "{obj.name}" exceeded its progress deadline')
    if (found.get("observedGeneration") or 0) < obj.metadata.get("generation", 1):
        return "Waiting for deployment spec update to be observed...", False
    updated, total = found.get("updatedReplicas") or 0, found.get("replicas") or 0
    available = found.get("availableReplicas") or 0
    waiting = f'Waiting for deployment "{obj.name}" rollout to finish:'
    if updated < wanted:
        return f"{waiting} {updated} out of {wanted} new replicas have been updated...", False
    if total > updated:
        return f"{waiting} {total - updated} old replicas are pending termination...", False
    if available < updated:
        return f"{waiting} {available} of {updated} updated replicas are available...", False
    return f'deployment "{obj.name}" successfully rolled out', True


def _daemonset(obj: Obj) -> tuple[str, bool]:
    found = obj.status
    wanted, updated = found.get("desiredNumberScheduled") or 0, found.get("updatedNumberScheduled") or 0
    available = found.get("numberAvailable") or 0
    waiting = f'Waiting for daemon set "{obj.name}" rollout to finish:'
    if updated < wanted:
        return f"{waiting} {updated} out of {wanted} new pods have been updated...", False
    if available < wanted:
        return f"{waiting} {available} of {wanted} updated pods are available...", False
    return f'daemon set "{obj.name}" successfully rolled out', True


def _statefulset(obj: Obj) -> tuple[str, bool]:
    found, wanted = obj.status, obj.spec.get("replicas", 1)
    ready = found.get("readyReplicas") or 0
    if ready < wanted:
        return f"Waiting for {wanted - ready} pods to be ready...", False
    current, update = found.get("currentRevision") or "", found.get("updateRevision") or ""
    if update and current != update:
        done = found.get("updatedReplicas") or 0
        return f"waiting for statefulset rolling update to complete {done} pods at revision {update}...", False
    at = update or current
    return f"statefulset rolling update complete {found.get('replicas') or wanted} pods at revision {at}...", True


# ── history and undo ──


def history(call: Call) -> None:
    for obj in _selected(call):
        if obj.kind not in ROLLING:
            raise KubectlError(f"no history viewer has been implemented for {obj.kind}")
        found = revisions(call.cluster, obj)
        if call["revision"]:
            _one_revision(call, obj, found, call["revision"])
        else:
            _all_revisions(call, obj, found)


def _all_revisions(call: Call, obj: Obj, found: list[Revision]) -> None:
    if not found:
        call.out(f"{named(obj.body)} \nNo rollout history found.\n")
        return
    rows = "".join(f"{r.number}\t{r.cause or '<none>'}\n" for r in found)
    table = flow(f"REVISION\tCHANGE-CAUSE\n{rows}")
    call.out(f"{named(obj.body)} \n{table}\n")


def _one_revision(call: Call, obj: Obj, found: list[Revision], number: int) -> None:
    wanted = next((r for r in found if r.number == number), None)
    if wanted is None:
        raise KubectlError("unable to find the specified revision")
    page = Page(call.cluster, call.now)
    body = wanted.template
    if wanted.cause:
        metadata = body.get("metadata") or {}
        annotations = {**(metadata.get("annotations") or {}), CHANGE_CAUSE: wanted.cause}
        body = {**body, "metadata": {**metadata, "annotations": annotations}}
    template(page, body)
    call.out(f"{named(obj.body)} with revision #{number}\n{page.raw()}\n")


def _group_kind(obj: Obj) -> str:
    """`ReplicaSet.apps`, as Go prints it."""
    group = kind_of(obj.body).group
    return f"{obj.kind}.{group}" if group else obj.kind


def undo(call: Call) -> None:
    if call["to-revision"] < 0:
        raise KubectlError(f"revision must be a positive integer: {call['to-revision']}")
    teller = Teller(call)
    each(call, _selected(call), lambda obj: _undo(call, teller, obj), lambda obj: "")


def _undo(call: Call, teller: Teller, obj: Obj) -> None:
    if obj.kind not in ROLLING:
        raise KubectlError(f"no rollbacker has been implemented for {_group_kind(obj)}")
    if obj.spec.get("paused"):
        raise KubectlError(
            f"you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume {named(obj.body)}' "
            "and try again"
        )
    earlier = _earlier(call, obj)
    body = _bare(earlier.template)
    if body == _bare(obj.spec["template"]):
        teller.tell(obj, f"skipped rollback (current template already matches revision {earlier.number})")
        return
    if LAST_APPLIED in obj.annotations:
        call.warn(APPLIED.format(kind_of(obj.body).plural, obj.name, LAST_APPLIED))
    new = with_value(obj.body, ("spec", "template"), body)
    if earlier.cause:
        new = with_value(new, ("metadata", "annotations", CHANGE_CAUSE), earlier.cause)
    teller.tell(send(call, lambda: call.tx.replace(new, dry_run=served(call))), "rolled back")


def _earlier(call: Call, obj: Obj) -> Revision:
    """The revision asked for, or the one before the present one. Raises KubectlError."""
    found, wanted = revisions(call.cluster, obj), call["to-revision"]
    if wanted:
        asked = [r for r in found if r.number == wanted]
        if not asked:
            raise KubectlError(f"unable to find specified revision {wanted} in history")
        return asked[0]
    if len(found) < 2:
        raise KubectlError(f'no rollout history found for {kind_of(obj.body).singular} "{obj.name}"')
    return found[-2]


def _bare(body: Body) -> Body:
    """A ReplicaSet's template without the label that tells it from its siblings."""
    metadata = body.get("metadata") or {}
    labels = {k: v for k, v in (metadata.get("labels") or {}).items() if k != HASH}
    return {**body, "metadata": {**metadata, "labels": labels}}


# ── restart, pause, resume ──


def restart(call: Call) -> None:
    teller = Teller(call)

    def one(obj: Obj) -> None:
        if obj.kind not in ROLLING:
            raise KubectlError(f'{qualified(kind_of(obj.body))} "{obj.name}" restarting is not supported')
        if obj.spec.get("paused"):
            raise KubectlError("can't restart paused deployment (run rollout resume first)")
        path = ("spec", "template", "metadata", "annotations", RESTARTED)
        new = with_value(obj.body, path, stamp(call.now))
        teller.tell(send(call, lambda: call.tx.replace(new)), "restarted")

    each(call, _selected(call), one, lambda obj: "")


def pause(call: Call) -> None:
    _set_paused(call, True, "paused")


def resume(call: Call) -> None:
    _set_paused(call, False, "resumed")


def _set_paused(call: Call, paused: bool, done: str) -> None:
    teller = Teller(call)

    def one(obj: Obj) -> None:
        word = f'{kind_of(obj.body).plural}.{kind_of(obj.body).group} "{obj.name}"'
        if obj.kind != "Deployment":
            raise KubectlError(f"{word} {'pausing' if paused else 'resuming'} is not supported")
        if bool(obj.spec.get("paused")) is paused:
            raise KubectlError(f"{word} is {'already' if paused else 'not'} paused")
        new: Any = with_value(obj.body, ("spec", "paused"), paused)
        teller.tell(send(call, lambda: call.tx.replace(new)), done)

    each(call, _selected(call), one, lambda obj: "")
