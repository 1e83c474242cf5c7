"""What an object is called, which version of it is meant, and what of it the server keeps through an update."""

from typing import Any

from .changes import Body, Key
from .editing import with_value
from .errors import Rejected, conflict
from .kinds import kind_of
from .objects import Obj

PRIVATE = "kubeviz"
"""The key under which the lab keeps what no real object has; nobody sends it and nobody is shown it."""
STALE = "the object has been modified; please apply your changes to the latest version and try again"
KEPT = (
    "uid",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "resourceVersion",
)
"""What users cannot change about an object's metadata (apimachinery/pkg/api/validation/objectmeta.go)."""
TEMPLATE_GENERATION = "deprecated.daemonset.template.generation"
GENERATED = {
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


def body_key(body: Body) -> Key:
    metadata = body.get("metadata") or {}
    namespaced = kind_of(body).namespaced
    return (
        body["kind"],
        (metadata.get("namespace") or "default") if namespaced else "",
        metadata.get("name") or "",
    )


def in_namespace(body: Body) -> Body:
    """Namespaced objects that name no namespace belong to `default`."""
    metadata = body.get("metadata")
    if not isinstance(metadata, dict) or not kind_of(body).namespaced or metadata.get("namespace"):
        return body
    return with_value(body, ("metadata", "namespace"), "default")


def _version(body: Body) -> Any:
    """The version a client says it has seen; "0" and nothing mean any."""
    metadata = body.get("metadata")
    version = metadata.get("resourceVersion") if isinstance(metadata, dict) else None
    return None if version in (None, "", "0") else version


def require_no_version(body: Body) -> None:
    if _version(body) is not None:
        raise Rejected(500, "", "resourceVersion should not be set on objects to be created")


def require_version(body: Body, old: Obj) -> None:
    """Who says which version, or which object of that name, is meant is refused when it is another by now."""
    version, uid = _version(body), (body.get("metadata") or {}).get("uid")
    if uid and uid != old.uid:
        raise conflict(old.key, f"Precondition failed: UID in precondition: {uid}, UID in object meta: {old.uid}")
    if version is not None and version != old.metadata.get("resourceVersion"):
        raise conflict(old.key, STALE)


def with_identity(body: Body, old: Obj) -> Body:
    kept = {k: old.metadata[k] for k in KEPT if k in old.metadata}
    body = {**{k: v for k, v in body.items() if k != PRIVATE}, "metadata": {**body["metadata"], **kept}}
    return {**body, "status": old.body["status"]} if "status" in old.body else body


def count_generation(metadata: Body, body: Body, old: Obj | None) -> None:
    """`generation` counts the changes of what is wanted, not of what is observed; where a pod runs is no wish."""
    if body["kind"] not in GENERATED:
        return
    if old is None:
        metadata.setdefault("generation", 1)
    elif any(_wanted(body, k) != _wanted(old.body, k) for k in ("spec", "endpoints", "ports")):
        metadata["generation"] = old.metadata.get("generation", 0) + 1


def count_template_generation(metadata: Body, body: Body, old: Obj | None) -> None:
    """A DaemonSet counts its templates too; apps/v1 shows that as an annotation, whatever users write there
    (pkg/registry/apps/daemonset/strategy.go)."""
    if body["kind"] != "DaemonSet":
        return
    noted: Body = metadata.get("annotations") or {}
    if old is None:
        count = str(noted.get(TEMPLATE_GENERATION, "1"))
    else:
        count = old.annotations.get(TEMPLATE_GENERATION, "1")
        if body["spec"]["template"] != old.spec["template"]:
            count = str(int(count) + 1 if count.isdigit() else 1)
    metadata["annotations"] = {**noted, TEMPLATE_GENERATION: count}


def _wanted(body: Body, part: str) -> Any:
    found = body.get(part)
    if body["kind"] == "Pod" and isinstance(found, dict):
        return {k: v for k, v in found.items() if k != "nodeName"}
    return found
