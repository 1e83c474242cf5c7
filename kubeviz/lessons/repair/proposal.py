"""What could be done about a request that failed: an edit, another request, or both; and what it would come to."""

import difflib
import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from ...cluster.apiserver import Transaction
from ...cluster.changes import Body, Key, ref
from ...cluster.editing import merge
from ...cluster.objects import Obj
from ...cluster.state import Cluster
from ...cluster.yaml_text import to_yaml
from ...controllers.bootstrap import install
from ...engine import Request

NOT_SHOWN = ("status", "kubeviz")


class Patch(NamedTuple):
    """A JSON merge patch of one object."""

    key: Key
    patch: Body


class Create(NamedTuple):
    """A new object."""

    body: Body


class Install(NamedTuple):
    """An addon of the cluster."""

    addon: str


Edit = Patch | Create | Install


class Proposal(NamedTuple):
    """`code` and `params` are for wording. No `edits`: just another request; no `request`: the same one again."""

    code: str
    params: dict[str, Any] = {}
    command: str = ""
    """The line of kubectl, gcloud or minikube that does it."""
    edits: tuple[Edit, ...] = ()
    request: Request | None = None
    mends: bool = False
    """Whether the request arrives then; otherwise it fails further on, for another reason."""

    @property
    def id(self) -> str:
        """The same for the same remedy, so that a page can ask for it by name."""
        parts = [self.code, *self.edits, msgspec.to_builtins(self.request) if self.request else None]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def field(self) -> tuple[str, str] | None:
        """(object, path) of the field that is edited first."""
        patch = next((edit for edit in self.edits if isinstance(edit, Patch)), None)
        return (ref(*patch.key), ".".join(_leaf(patch.patch))) if patch else None


def _leaf(patch: Any) -> Iterator[str]:
    """Down to where the patch says something; a key with a dot of its own is the last that is named."""
    while isinstance(patch, dict) and patch:
        key = next(iter(patch))
        if "." in key or "/" in key:
            return
        yield key
        patch = patch[key]


def apply(tx: Transaction, proposal: Proposal) -> None:
    """Do the edits. Raises Rejected as the API server would."""
    for edit in proposal.edits:
        if isinstance(edit, Patch):
            tx.patch(edit.key, edit.patch)
        elif isinstance(edit, Create):
            tx.create(edit.body)
        else:
            install(tx, edit.addon)


def difference(cluster: Cluster, proposal: Proposal) -> list[str]:
    """What would change, as a diff of YAML: lines that begin with a space, + or -."""
    lines: list[str] = []
    for edit in proposal.edits:
        if isinstance(edit, Patch):
            old = cluster.find(edit.key)
            lines += _diff(_shown(old), merge(_shown(old), edit.patch))
        elif isinstance(edit, Create):
            lines += [f"+{line}" for line in to_yaml(edit.body).splitlines()]
    return lines


def _shown(obj: Obj) -> Body:
    return {k: v for k, v in obj.body.items() if k not in NOT_SHOWN}


def _diff(old: Body, new: Body) -> list[str]:
    before, after = to_yaml(old).splitlines(), to_yaml(new).splitlines()
    lines = list(difflib.unified_diff(before, after, n=2, lineterm=""))[2:]  # without the names of files
    return [line for line in lines if not line.startswith("@@")]


def kubectl_patch(obj: Obj, patch: Body) -> str:
    """The line of kubectl for a merge patch."""
    return f"kubectl patch {obj.kind.lower()} {obj.name}{n(obj)} --type=merge -p '{_json(patch)}'"


def kubectl_set(obj: Obj, pointer: str, value: Any) -> str:
    """The line of kubectl that replaces one field of a list, as a JSON patch."""
    operation = {"op": "replace", "path": pointer, "value": value}
    return f"kubectl patch {obj.kind.lower()} {obj.name}{n(obj)} --type=json -p '{_json([operation])}'"


def kubectl_apply(*bodies: Body) -> str:
    text = "---\n".join(to_yaml(body) for body in bodies)
    return f"kubectl apply -f - <<'EOF'\n{text}EOF"


def n(obj: Obj) -> str:
    return f" -n {obj.namespace}" if obj.namespace and obj.namespace != "default" else ""


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
