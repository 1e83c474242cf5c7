"""How objects go: grace periods of pods, finalizers, and what becomes of the objects that were controlled."""

from datetime import datetime

from .changes import Body, Key
from .clock import lapse, stamp
from .errors import Rejected
from .objects import Obj

DEFAULT_GRACE = 30
"""Seconds a pod is given to stop; our apps, like most, leave as soon as they are asked to."""
FOREGROUND = "foregroundDeletion"
JOB_TRACKING = "batch.kubernetes.io/job-tracking"
"""Holds a Job's pod until it is counted."""
IMMORTAL = ("default", "kube-system", "kube-public")


def require_mortal(key: Key) -> None:
    """Three namespaces always exist (admission plugin NamespaceLifecycle)."""
    if key[0] == "Namespace" and key[2] in IMMORTAL:
        message = f'namespaces "{key[2]}" is forbidden: this namespace may not be deleted'
        raise Rejected(403, "Forbidden", message, details={"name": key[2], "kind": "namespaces"})


def grace_of(old: Obj, wanted: int | None) -> int:
    """Seconds until the object is gone. Only a pod that may be running is given any."""
    if old.kind != "Pod" or not old.spec.get("nodeName") or old.status.get("phase") in ("Succeeded", "Failed"):
        return 0
    seconds = old.spec.get("terminationGracePeriodSeconds", DEFAULT_GRACE) if wanted is None else wanted
    return 1 if seconds < 0 else int(seconds)


def deletion_finalizers(old: Obj, propagation: str) -> list[str]:
    """What must be done before the object may go."""
    found = list(old.metadata.get("finalizers") or ())
    return [*found, FOREGROUND] if propagation == "foreground" and FOREGROUND not in found else found


def terminating(old: Obj, now: datetime, seconds: int, finalizers: list[str]) -> Body:
    """Marked as going. A second request may only shorten the time that is left."""
    metadata = {**old.metadata, **({"finalizers": finalizers} if finalizers else {})}
    before = metadata.get("deletionGracePeriodSeconds")
    if old.terminating and before is not None and seconds >= before:
        return {**old.body, "metadata": metadata}
    asked = _asked_at(old, now)
    marks = {"deletionTimestamp": stamp(asked + lapse(seconds)), "deletionGracePeriodSeconds": seconds}
    return {**old.body, "metadata": {**metadata, **marks}}


def _asked_at(old: Obj, now: datetime) -> datetime:
    """When deletion was first asked for."""
    if not old.terminating:
        return now
    due = datetime.fromisoformat(old.metadata["deletionTimestamp"].replace("Z", "+00:00"))
    return due - lapse(old.metadata.get("deletionGracePeriodSeconds") or 0)


def is_released(obj: Obj) -> bool:
    """Going, and nothing holds it any more."""
    held = obj.metadata.get("finalizers") or obj.metadata.get("deletionGracePeriodSeconds")
    return obj.terminating and not held


def without_owner(body: Body, uid: str) -> Body:
    """Nobody controls it any more; a Job that counted it does not, either."""
    metadata = dict(without_finalizer(body)["metadata"])
    owners = [o for o in metadata.pop("ownerReferences", ()) if o.get("uid") != uid]
    return {**body, "metadata": {**metadata, **({"ownerReferences": owners} if owners else {})}}


def without_finalizer(body: Body, name: str = JOB_TRACKING) -> Body:
    metadata = dict(body["metadata"])
    kept = [f for f in metadata.pop("finalizers", ()) if f != name]
    return {**body, "metadata": {**metadata, **({"finalizers": kept} if kept else {})}}
