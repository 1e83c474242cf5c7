"""From a workload's pod template to a pod."""

import json
import zlib
from copy import deepcopy

from ..cluster.apiserver import NAME_ALPHABET, Transaction
from ..cluster.changes import Body
from ..cluster.kinds.pod import default
from ..cluster.objects import Obj
from .watching import owner_reference

MOST_GENERATED = 58
"""A name that is generated leaves room for five characters."""
MOST_PODS = 2_000
"""More of one workload are never made, whatever it asks for, as if a quota were used up: no slip stops the server."""


def most_of(tx: Transaction, owner: Obj, wanted: int) -> int:
    """*wanted*, as far as pods are made; who asks for more is told."""
    if wanted > MOST_PODS:
        text = f"Error creating: kubeviz makes at most {MOST_PODS:,} pods of one workload, not {wanted:,}"
        tx.event(owner, "FailedCreate", text, f"{owner.kind.lower()}-controller", "Warning", once=True)
    return min(wanted, MOST_PODS)


def template_hash(template: Body) -> str:
    """Ten letters for a template: pod-template-hash. The real one hashes Go's memory layout; ours its JSON."""
    number = zlib.crc32(json.dumps(template, sort_keys=True).encode())
    return "".join(NAME_ALPHABET[ord(digit) % len(NAME_ALPHABET)] for digit in str(number))


def create_pod(
    tx: Transaction,
    owner: Obj,
    name: str = "",
    *,
    labels: Body | None = None,
    spec: Body | None = None,
    annotations: Body | None = None,
    template: Body | None = None,
    generated: str = "",
    finalizer: str = "",
) -> str:
    """A pod of *owner*'s template (or of an older one), with further labels, annotations and spec fields. It bears
    *name*, or five random characters behind what is *generated*; returns its name."""
    template = template or owner.spec["template"]
    metadata = template.get("metadata") or {}
    named = {"name": name} if name else _generated(tx, owner, generated or f"{owner.name}-")
    body: Body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            **named,
            "namespace": owner.namespace,
            "labels": {**(metadata.get("labels") or {}), **(labels or {})},
            "ownerReferences": [owner_reference(owner.body)],
        },
        # A copy to the bottom: the defaults of a pod are not those of a template.
        "spec": {**deepcopy(template["spec"]), **(spec or {})},
    }
    notes = {**(metadata.get("annotations") or {}), **(annotations or {})}
    if notes:
        body["metadata"]["annotations"] = notes
    if finalizers := [*(metadata.get("finalizers") or ()), *([finalizer] if finalizer else ())]:
        body["metadata"]["finalizers"] = finalizers
    default(body)
    tx.put(body)
    return str(named["name"])


def _generated(tx: Transaction, owner: Obj, prefix: str) -> Body:
    return {"generateName": prefix, "name": f"{prefix[:MOST_GENERATED]}{tx.suffix(owner.key, prefix)}"}
