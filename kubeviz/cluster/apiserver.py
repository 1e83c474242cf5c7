"""The API server: every object comes in here, is admitted, gets its identity and one resource version.

A `Transaction` collects ordered changes on top of an immutable `Cluster`; whoever runs it stores them at once
or not at all. Users come through `create`, `replace`, `apply`, `patch` and `delete` (admission included);
controllers write status and children with `put` and `remove`.
"""

import hashlib
import json
import random
from datetime import datetime, timedelta
from typing import Any

from . import admission
from .changes import Body, Change, Key
from .clock import stamp
from .editing import merge, with_value, without
from .errors import not_found
from .kinds import kind_of
from .objects import Obj
from .state import Cluster

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
PRIVATE = "kubeviz"
"""The key under which the lab keeps what no real object has; nobody sends it and nobody is shown it."""
NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
"""No vowels and no digits that look like letters (k8s.io/apimachinery/pkg/util/rand)."""
# Grace is what a pod is given to stop; our apps, like most, leave as soon as they are asked to.
DEFAULT_GRACE = 30


def body_key(body: Body) -> Key:
    metadata = body.get("metadata") or {}
    namespaced = kind_of(body).namespaced
    return (
        body["kind"],
        (metadata.get("namespace") or "default") if namespaced else "",
        metadata.get("name") or "",
    )


class Transaction:
    """Changes in the making. `cluster` is always the state after the last of `changes`; `now` is virtual."""

    def __init__(self, cluster: Cluster, now: datetime) -> None:
        self.base = cluster
        self.cluster = cluster
        self.now = now
        self.changes: list[Change] = []
        self.warnings: list[str] = []
        self.settled = 0
        """How many of `changes` the controllers have already seen."""

    # ── randomness that replays ──

    def digest(self, *parts: object) -> int:
        """A number that depends on the lab's seed and *parts* only."""
        text = "/".join(map(str, (self.cluster.environment.get("seed", 0), *parts)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")

    def suffix(self, *parts: object, length: int = 5) -> str:
        """The random end of a generated name."""
        number, letters = self.digest(self.cluster.rv, *parts), []
        for _ in range(length):
            number, rest = divmod(number, len(NAME_ALPHABET))
            letters.append(NAME_ALPHABET[rest])
        return "".join(letters)

    def _rng(self, body: Body) -> random.Random:
        return random.Random(self.digest("admit", self.cluster.rv, body.get("kind")))

    # ── the verbs of users ──

    def create(self, body: Body, dump: bool = False) -> Any:
        """Store a new object. Raises Rejected: Invalid, AlreadyExists, NotFound (its namespace)."""
        admitted = admission.admit_create(_in_namespace(body), self.cluster, self._rng(body), dump=dump)
        self.warnings += admitted.warnings
        return self.put(admitted.body)

    def replace(self, body: Body) -> Any:
        """Store a new version of an existing object, keeping its identity and its status."""
        body = _in_namespace(body)
        old = self.require(body_key(body))
        new = _with_identity(body, old)
        admitted = admission.admit_update(new, old.body, self.cluster, self._rng(body))
        self.warnings += admitted.warnings
        found = {**admitted.body, **{k: old.body[k] for k in (PRIVATE,) if k in old.body}}
        return old if found == old.body else self.put(found)

    def apply(self, body: Body) -> Any:
        """`kubectl apply`: create, or a three-way merge of last applied, new and live."""
        body = _in_namespace(body)
        old = self.cluster.find(body_key(body))
        applied = _annotated(body)
        if old is None:
            return self.create(applied)
        return self.replace(_three_way(old, applied))

    def patch(self, key: Key, patch: Body) -> Any:
        """A JSON merge patch (RFC 7396) of one object."""
        old = self.require(key)
        return self.replace(merge(old.body, patch))

    def delete(self, key: Key, grace: int | None = None) -> None:
        """Delete; a pod that was scheduled is given its grace period, everything else is gone at once."""
        old = self.require(key)
        seconds = old.spec.get("terminationGracePeriodSeconds", DEFAULT_GRACE) if grace is None else grace
        if old.kind == "Pod" and seconds and old.spec.get("nodeName") and not old.finished:
            if not old.terminating:
                self.put(_terminating(old.body, self.now, seconds))
            return
        self.remove(key)

    def require(self, key: Key) -> Any:
        old = self.cluster.find(key)
        if old is None:
            raise not_found(key)
        return old

    # ── the writes of controllers ──

    def put(self, body: Body) -> Any:
        """Store *body* as the next version; no admission, for writers that know what they write."""
        rv = self.cluster.rv + 1
        namespace = body["metadata"].get("namespace") or ""
        key = (body["kind"], namespace, body["metadata"]["name"])
        old = self.cluster.find(key)
        metadata = dict(body["metadata"])
        if old is None:
            metadata.setdefault("uid", self._uid(key))
            metadata.setdefault("creationTimestamp", stamp(self.now))
        _count_generation(metadata, body, old)
        metadata["resourceVersion"] = str(rv)
        change = Change(
            rv, "modified" if old else "added", key, {**body, "metadata": metadata}, old.body if old else None
        )
        self._record(change)
        return self.cluster.find(key)

    def remove(self, key: Key) -> None:
        old = self.require(key)
        self._record(Change(self.cluster.rv + 1, "deleted", key, None, old.body))

    def set_status(self, obj: Obj, status: Body) -> Any:
        """Store a new status unless it says what the old one said."""
        return obj if obj.body.get("status") == status else self.put({**obj.body, "status": status})

    def event(self, about: Obj, reason: str, message: str, source: str, type: str = "Normal") -> None:
        """What a controller has to say about an object: `kubectl get events`."""
        time = stamp(self.now)
        self.put(
            {
                "apiVersion": "v1",
                "kind": "Event",
                "type": type,
                "reason": reason,
                "message": message,
                "count": 1,
                "metadata": {
                    "name": f"{about.name}.{self.suffix(about.key, reason, length=16)}",
                    "namespace": about.namespace or "default",
                },
                "involvedObject": {
                    "kind": about.kind,
                    "namespace": about.namespace,
                    "name": about.name,
                    "uid": about.uid,
                },
                "source": {"component": source},
                "firstTimestamp": time,
                "lastTimestamp": time,
            }
        )

    def _record(self, change: Change) -> None:
        self.cluster = self.cluster.with_change(change)
        self.changes.append(change)

    def _uid(self, key: Key) -> str:
        digits = f"{self.digest('uid', self.cluster.rv, *key):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _in_namespace(body: Body) -> Body:
    """Namespaced objects that name no namespace belong to `default`."""
    metadata = body.get("metadata")
    if not isinstance(metadata, dict) or not kind_of(body).namespaced or metadata.get("namespace"):
        return body
    return with_value(body, ("metadata", "namespace"), "default")


def _with_identity(body: Body, old: Obj) -> Body:
    kept = {
        k: old.metadata[k]
        for k in ("uid", "creationTimestamp", "generation", "ownerReferences", "deletionTimestamp")
        if k in old.metadata
    }
    body = {**{k: v for k, v in body.items() if k != PRIVATE}, "metadata": {**body["metadata"], **kept}}
    return {**body, "status": old.body["status"]} if "status" in old.body else body


def _annotated(body: Body) -> Body:
    """With the annotation in which kubectl apply remembers what it sent."""
    bare = without(without(body, ("metadata", "annotations", LAST_APPLIED)), ("status",))
    metadata = {**bare["metadata"], "annotations": bare["metadata"].get("annotations") or {}}
    text = json.dumps({**bare, "metadata": metadata}, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return with_value(body, ("metadata", "annotations", LAST_APPLIED), text + "\n")


def _three_way(old: Obj, applied: Body) -> Body:
    """Fields that the last apply set and this one does not are removed; the others merge into the live object."""
    text = old.annotations.get(LAST_APPLIED)
    last = json.loads(text) if text else {}
    return merge(_dropped(old.body, last, applied), applied)


def _dropped(live: Any, last: Any, new: Any) -> Any:
    if not (isinstance(live, dict) and isinstance(last, dict) and isinstance(new, dict)):
        return live
    return {
        k: _dropped(v, last.get(k), new[k]) if k in new else v for k, v in live.items() if k in new or k not in last
    }


def _terminating(body: Body, now: datetime, seconds: int) -> Body:
    metadata = {
        **body["metadata"],
        "deletionTimestamp": stamp(now + timedelta(seconds=seconds)),
        "deletionGracePeriodSeconds": seconds,
    }
    return {**body, "metadata": metadata}


_GENERATED = {
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "DaemonSet",
    "ReplicationController",
    "Ingress",
    "IngressClass",
    "NetworkPolicy",
    "EndpointSlice",
    "Job",
    "Pod",
}


def _count_generation(metadata: Body, body: Body, old: Obj | None) -> None:
    """`generation` counts the changes of what is wanted, not of what is observed."""
    if body["kind"] not in _GENERATED:
        return
    if old is None:
        metadata.setdefault("generation", 1)
    elif any(body.get(k) != old.body.get(k) for k in ("spec", "endpoints", "ports")):
        metadata["generation"] = old.metadata.get("generation", 0) + 1
