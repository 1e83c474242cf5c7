"""From a workload's pod template to a pod."""

import json
import zlib
from copy import deepcopy

from ..cluster.apiserver import NAME_ALPHABET, Transaction
from ..cluster.changes import Body
from ..cluster.kinds.pod import default
from ..cluster.objects import Obj
from .watching import owner_reference


def template_hash(template: Body) -> str:
    """Ten letters for a template: pod-template-hash. The real one hashes Go's memory layout; ours its JSON."""
    number = zlib.crc32(json.dumps(template, sort_keys=True).encode())
    return "".join(NAME_ALPHABET[ord(digit) % len(NAME_ALPHABET)] for digit in str(number))


def create_pod(
    tx: Transaction,
    owner: Obj,
    name: str,
    labels: Body | None = None,
    spec: Body | None = None,
    annotations: Body | None = None,
    template: Body | None = None,
) -> None:
    """A pod of *owner*'s template (or of an older one), with further labels, annotations and spec fields."""
    template = template or owner.spec["template"]
    metadata = template.get("metadata") or {}
    body: Body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": name,
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
    default(body)
    tx.put(body)
