"""The API server: every object comes in here, is admitted, gets its identity and one resource version.

A `Transaction` collects ordered changes on top of an immutable `Cluster`; whoever runs it stores them at once
or not at all. Users come through `create`, `replace`, `apply`, `patch` and `delete` (admission included);
controllers write status and children with `put` and `remove`.
"""

import hashlib
import random
from datetime import datetime
from typing import Any, Literal

from . import admission
from .admission import Validation
from .changes import Body, Change, Key
from .clock import stamp
from .deletion import deletion_finalizers, grace_of, is_released, require_mortal, terminating, without_owner
from .editing import with_value
from .errors import Rejected, negative_replicas, not_found, rejected_fields
from .events import new_event
from .identity import (
    body_key,
    count_generation,
    count_template_generation,
    in_namespace,
    require_no_version,
    require_version,
    with_identity,
)
from .kinds import KINDS
from .objects import Obj, wrap
from .patches import PatchKind
from .patches.applying import annotated, apply_patch, in_patch, patched, three_way
from .state import Cluster

Propagation = Literal["background", "foreground", "orphan"]
SCALABLE = ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController")
NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
"""No vowels and no digits that look like letters (k8s.io/apimachinery/pkg/util/rand)."""


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
    #
    # `validation` says what becomes of unknown fields (kubectl --validate); with `dry_run` everything is checked,
    # nothing is stored, and what would have been stored is returned.

    def create(
        self, body: Body, dump: bool = False, *, validation: Validation = "strict", dry_run: bool = False
    ) -> Any:
        """Store a new object. Raises Rejected: Invalid, AlreadyExists, NotFound (its namespace)."""
        body = in_namespace(body)
        if not dump:
            require_no_version(body)
        admitted = admission.admit_create(
            body,
            self.cluster,
            self._rng(body),
            dump=dump,
            validation=validation,
            dry_run=dry_run,
            uid=self._uid(body_key(body)),
        )
        self.warnings += admitted.warnings
        return self._store(admitted.body, dry_run)

    def replace(self, body: Body, *, validation: Validation = "strict", dry_run: bool = False) -> Any:
        """Store a new version of an existing object, keeping its identity and its status.

        Returns the very object that was there where nothing changes. Raises Rejected: NotFound, Conflict, Invalid.
        """
        body = in_namespace(body)
        return self._update(body, self.require(body_key(body)), validation, dry_run)

    def apply(self, body: Body, *, validation: Validation = "strict", dry_run: bool = False) -> Any:
        """`kubectl apply`: create, or a three-way strategic merge of last applied, new and live."""
        body = in_namespace(body)
        old = self.cluster.find(body_key(body))
        applied = annotated(body)
        if old is None:
            return self.create(applied, validation=validation, dry_run=dry_run)
        merged = three_way(old, applied)
        try:
            return self._update(merged, old, validation, dry_run)
        except Rejected as refusal:
            raise in_patch(refusal, apply_patch(old, body), merged, "strategic") from None

    def patch(
        self,
        key: Key,
        patch: Any,
        kind: PatchKind = "merge",
        *,
        subresource: str = "",
        validation: Validation = "strict",
        dry_run: bool = False,
    ) -> Any:
        """Change one object (or its `status`, its `scale`) by a patch. Raises Rejected: also BadRequest, Conflict."""
        old = self.require(key)
        body = patched(old, patch, kind)
        if subresource == "status":
            return self.replace_status(body, dry_run=dry_run)
        try:
            return self._update(body, old, validation, dry_run)
        except Rejected as refusal:
            raise in_patch(refusal, patch, body, kind) from None

    def replace_status(self, body: Body, *, dry_run: bool = False) -> Any:
        """The subresource `status`: everything but the status stays as it is."""
        old = self.require(body_key(body))
        require_version(body, old)
        new = {**old.body, "status": body.get("status") or {}}
        return old if new == old.body else self._store(new, dry_run)

    def scale(self, key: Key, replicas: int, *, dry_run: bool = False) -> Any:
        """The subresource `scale`. Raises Rejected: NotFound (no such thing, or nothing to scale), Invalid."""
        old = self.require(key)
        if old.kind not in SCALABLE:
            # A path without a handler is a bare 404, which the client words (errors.NewGenericServerResponse).
            asked = f"(patch {KINDS[old.kind].plural} {old.name})"
            raise Rejected(404, "NotFound", f"the server could not find the requested resource {asked}")
        if replicas < 0:
            raise rejected_fields("Scale", "autoscaling", old.name, [negative_replicas(replicas)])
        return self._update(with_value(old.body, ("spec", "replicas"), replicas), old, "strict", dry_run)

    def delete(
        self, key: Key, grace: int | None = None, propagation: Propagation = "background", *, dry_run: bool = False
    ) -> None:
        """Delete. A pod that was scheduled is given its grace period; finalizers hold any object.

        *propagation*: what an object controls goes after it (background), before it (foreground), or stays (orphan).
        Raises Rejected: NotFound, Forbidden (a namespace that every cluster needs).
        """
        old = self.require(key)
        require_mortal(key)
        if dry_run:
            return
        if propagation == "orphan":
            self._orphan(old)
        seconds = grace_of(old, grace)
        finalizers = deletion_finalizers(old, propagation)
        if not seconds and not finalizers:
            return self.remove(key)
        marked = terminating(old, self.now, seconds, finalizers)
        if marked != old.body:
            self.put(marked)

    def _update(self, body: Body, old: Any, validation: Validation, dry_run: bool) -> Any:
        require_version(body, old)
        new = with_identity(body, old)
        admitted = admission.admit_update(
            new, old.body, self.cluster, self._rng(body), validation=validation, dry_run=dry_run
        )
        self.warnings += admitted.warnings
        if admitted.body == old.body:
            return old
        stored = self._store(admitted.body, dry_run)
        if is_released(stored) and not dry_run:
            self.remove(stored.key)
        return stored

    def _store(self, body: Body, dry_run: bool) -> Any:
        if not dry_run:
            return self.put(body)
        old = self.cluster.find(body_key(body))
        stored = Transaction(self.cluster, self.now).put(body).body
        version = {"resourceVersion": old.metadata["resourceVersion"]} if old is not None else {}
        rest = {k: v for k, v in stored["metadata"].items() if k != "resourceVersion"}
        return wrap({**stored, "metadata": {**rest, **version}})

    def _orphan(self, owner: Obj) -> None:
        """What *owner* controls loses its owner and lives on."""
        for child in self.cluster.lookup("owner", owner.key).values():
            self.put(without_owner(child.body, owner.uid))

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
        count_generation(metadata, body, old)
        count_template_generation(metadata, body, old)
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

    def event(
        self,
        about: Obj,
        reason: str,
        message: str,
        source: str,
        type: str = "Normal",
        *,
        field: str = "",
        once: bool = False,
    ) -> None:
        """What a controller has to say about an object (or its *field*): `kubectl get events`.

        The same said again counts up the event that is there, unless it is said *once*.
        """
        suffix = f"{self.digest('event', about.uid, reason, message, source, type, field):032x}"[:16]
        key = ("Event", about.namespace or "default", f"{about.name}.{suffix}")
        known = self.cluster.find(key)
        if known is None:
            self.put(new_event(about, key, (reason, message, source, type), field, stamp(self.now)))
        elif not once:
            self.put({**known.body, "count": known.body.get("count", 1) + 1, "lastTimestamp": stamp(self.now)})

    def _record(self, change: Change) -> None:
        self.cluster = self.cluster.with_change(change)
        self.changes.append(change)

    def _uid(self, key: Key) -> str:
        digits = f"{self.digest('uid', self.cluster.rv, *key):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
