"""A patch applied to a stored object, and the merge of `kubectl apply`, refused as the API server refuses."""

import json
from typing import Any

from .. import go_json
from ..changes import Body
from ..editing import merge, with_value, without
from ..errors import Rejected, bad_request, invalid
from ..identity import PRIVATE, body_key
from ..objects import Obj
from . import PatchKind, difference, fields, jsonpatch, strategic, threeway
from .jsonpatch import PatchError

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
UNPROCESSABLE = "the server rejected our request due to an error in our request"
UNSUPPORTED = (
    "the body of the request was in an unknown format - accepted media types include: "
    "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
)


def patched(old: Obj, patch: Any, kind: PatchKind) -> Body:
    """The object's body after the patch, still the same object."""
    body = {k: v for k, v in old.body.items() if k != PRIVATE}
    result = _patched(body, json.loads(json.dumps(patch, default=str)), kind)
    if not isinstance(result, dict) or not isinstance(result.get("metadata"), dict):
        raise bad_request("the patched object must be an object with metadata")
    if any(result.get(k) != body.get(k) for k in ("apiVersion", "kind")):
        raise bad_request("the patch must not change apiVersion and kind of the object")
    _require_same_name(old, result)
    return result


def _patched(body: Body, patch: Any, kind: PatchKind) -> Any:
    if kind == "json":
        return _json(body, patch)
    if not isinstance(patch, dict):
        raise bad_request("a patch is an object with the fields to change")
    if kind == "merge":
        return merge(body, patch)
    root = fields.root(body)
    if root is None:
        raise Rejected(415, "UnsupportedMediaType", UNSUPPORTED)
    try:
        return strategic.apply(body, patch, root)
    except PatchError as error:
        raise Rejected(500, "", str(error)) from None


def _json(body: Body, operations: Any) -> Any:
    try:
        return jsonpatch.apply(body, operations)
    except PatchError:
        raise Rejected(422, "Invalid", UNPROCESSABLE) from None


def in_patch(refusal: Rejected, patch: Any, body: Body, kind: PatchKind) -> Rejected:
    """A patched object that cannot be decoded is the patch's fault, as the server has it: 422, the field `patch`."""
    if refusal.decoding is None:
        return refusal
    as_json, as_converter = refusal.decoding
    if kind == "strategic":
        cause = invalid("patch", strategic.printed(patch), as_converter)
    else:
        cause = invalid("patch", go_json.line(body), as_json)
    found = Rejected(422, "Invalid", f' "" is invalid: {cause}', [cause])
    found.warnings, found.field = refusal.warnings, refusal.field
    return found


def _require_same_name(old: Obj, body: Body) -> None:
    _, namespace, name = body_key(body)
    if name != old.name:
        raise bad_request(f"the name of the object ({name}) does not match the name on the URL ({old.name})")
    if namespace != old.namespace:
        raise bad_request("the namespace of the provided object does not match the namespace sent on the request")


def annotated(body: Body) -> Body:
    """With the annotation in which kubectl apply remembers what it sent."""
    bare = without(without(body, ("metadata", "annotations", LAST_APPLIED)), ("status",))
    metadata = {**bare["metadata"], "annotations": bare["metadata"].get("annotations") or {}}
    text = go_json.line({**bare, "metadata": metadata}) + "\n"
    return with_value(body, ("metadata", "annotations", LAST_APPLIED), text)


def three_way(old: Obj, applied: Body) -> Body:
    """Fields that the last apply set and this one does not are removed; the others merge into the live object."""
    live = {k: v for k, v in old.body.items() if k != PRIVATE}
    merged: Body = threeway.merge(live, last_applied(old), applied, fields.root(applied) or fields.PLAIN)
    return merged


def apply_patch(old: Obj, body: Body) -> Body:
    """What `kubectl apply` of *body* sends for an object that is there; nothing where nothing is to be changed."""
    live, applied = {k: v for k, v in old.body.items() if k != PRIVATE}, annotated(body)
    found = difference.three_way_patch(live, last_applied(old), applied, fields.root(applied) or fields.PLAIN)
    return found


def last_applied(old: Obj) -> Body:
    """What the last `kubectl apply` sent; nothing where the object was made otherwise."""
    try:
        last = json.loads(old.annotations.get(LAST_APPLIED) or "{}")
    except ValueError:
        return {}
    return last if isinstance(last, dict) else {}
