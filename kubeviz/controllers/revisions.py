"""ControllerRevisions: the templates that a StatefulSet or DaemonSet had, for rolling updates and undo
(pkg/controller/history)."""

from typing import Any

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body
from ..cluster.objects import Obj
from .templates import template_hash
from .watching import owner_reference

KIND = "ControllerRevision"
HASH_LABEL = "controller-revision-hash"


def name_of(owner: Obj) -> str:
    """The revision of the present template."""
    return f"{owner.name}-{template_hash(owner.spec['template'])}"


def history(tx: Transaction, owner: Obj) -> list[Obj]:
    """The revisions of *owner*, oldest first."""
    found: list[Any] = tx.cluster.owned_by(owner.key, KIND)
    return sorted(found, key=lambda r: r.body.get("revision", 0))


def record(tx: Transaction, owner: Obj) -> str:
    """Remember the present template as the newest revision; returns its name."""
    name, known = name_of(owner), history(tx, owner)
    newest = known[-1].body.get("revision", 0) if known else 0
    mine = next((r for r in known if r.name == name), None)
    if mine is None:
        tx.put(_revision(owner, name, newest + 1))
    elif mine.body.get("revision", 0) < newest:
        tx.put({**mine.body, "revision": newest + 1})
    return name


def template_of(tx: Transaction, owner: Obj, name: str) -> Body:
    """The template of a revision; the present one where it is no longer known."""
    found = tx.cluster.get(KIND, owner.namespace, name)
    template: Body = found.body["data"]["spec"]["template"] if found is not None else owner.spec["template"]
    return {k: v for k, v in template.items() if k != "$patch"}


def clean_up(tx: Transaction, owner: Obj, in_use: set[str]) -> None:
    """Only `revisionHistoryLimit` revisions that no pod has any more are kept."""
    idle = [r for r in history(tx, owner) if r.name not in in_use]
    spare = len(idle) - owner.spec.get("revisionHistoryLimit", 10)
    for old in idle[: max(0, spare)]:
        tx.remove(old.key)


def _revision(owner: Obj, name: str, number: int) -> Body:
    template = owner.spec["template"]
    labels = (template.get("metadata") or {}).get("labels") or {}
    return {
        "apiVersion": "apps/v1",
        "kind": KIND,
        "metadata": {
            "name": name,
            "namespace": owner.namespace,
            "labels": {**labels, HASH_LABEL: name.rpartition("-")[2] if owner.kind == "DaemonSet" else name},
            "ownerReferences": [owner_reference(owner.body)],
        },
        "data": {"spec": {"template": {**template, "$patch": "replace"}}},
        "revision": number,
    }
