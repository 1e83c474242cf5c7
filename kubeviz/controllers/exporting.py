"""A lab's objects as a file that `kubectl apply -f` takes: what users made, without what the cluster added to it."""

from collections.abc import Iterator
from typing import Any

from ..cluster.changes import Body
from ..cluster.editing import without
from ..cluster.identity import PRIVATE, TEMPLATE_GENERATION
from ..cluster.kinds import KINDS
from ..cluster.objects import Obj
from ..cluster.patches.applying import LAST_APPLIED
from ..cluster.state import Cluster
from ..cluster.yaml_text import to_yaml
from . import namespace
from .bootstrap import new_cluster
from .scaling import REVISION

OURS = "kubeviz.dev/"
MADE_BY_THE_CLUSTER = ("Event", "Environment", "EnvSnapshot", "EndpointSlice", "Node")
ADDED = (
    ("status",),
    (PRIVATE,),
    *(("metadata", field) for field in ("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields")),
    ("metadata", "annotations", LAST_APPLIED),
    ("metadata", "annotations", REVISION),
    ("metadata", "annotations", TEMPLATE_GENERATION),
)
ALLOCATED = ("clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort")
JOB_LABELS = tuple(prefix + name for prefix in ("", "batch.kubernetes.io/") for name in ("controller-uid", "job-name"))
FIRST = ("Namespace", "IngressClass", "ConfigMap", "Secret", "Service")
"""Services before the pods whose environment they are to appear in."""


def export(cluster: Cluster, ours: bool = False) -> str:
    """All documents. With *ours* also the firewall rules, which no real cluster knows."""
    return "---\n".join(to_yaml(clean(obj)) for obj in sorted(_made_by_users(cluster, ours), key=_order))


def _order(obj: Obj) -> tuple[int, int, str]:
    first = FIRST.index(obj.kind) if obj.kind in FIRST else len(FIRST)
    return (first, list(KINDS).index(obj.kind), obj.ref)


def _made_by_users(cluster: Cluster, ours: bool) -> Iterator[Obj]:
    spec = cluster.environment
    there = new_cluster(spec.get("provider", "cloud"), tuple(spec.get("addons") or ()), spec.get("seed", 0))
    for obj in cluster:
        if obj.kind in MADE_BY_THE_CLUSTER or namespace.is_own(obj.key):
            continue
        if obj.controller is not None or there.find(obj.key) is not None:
            continue
        if obj.body["apiVersion"].startswith(OURS) and not ours:
            continue
        if obj.kind != "Endpoints" or _by_hand(cluster, obj):
            yield obj


def _by_hand(cluster: Cluster, endpoints: Obj) -> bool:
    """Endpoints of a Service with a selector are the controller's."""
    service = cluster.get("Service", endpoints.namespace, endpoints.name)
    return service is None or not service.selector


def without_identity(obj: Obj) -> Body:
    """The object without what the server notes about it: what one edits."""
    body: Body = obj.body
    for path in ADDED:
        body = without(body, path) if all(_holds(body, path[:i]) for i in range(1, len(path))) else body
    return without(body, ("metadata", "annotations")) if body["metadata"].get("annotations") == {} else body


def _holds(body: Body, path: tuple[str, ...]) -> bool:
    """Whether there is a mapping at *path*."""
    at: Any = body
    for key in path:
        at = at.get(key) if isinstance(at, dict) else None
    return isinstance(at, dict)


def _without_job_labels(body: Body) -> Body:
    """The selector of a Job, and the labels it selects by, name the Job's own uid: the next server makes new ones."""
    for label in JOB_LABELS:
        body = without(body, ("spec", "template", "metadata", "labels", label))
    return without(body, ("spec", "selector"))


def clean(obj: Obj) -> Body:
    """The object without identity, status and what was allocated to it: what another cluster takes."""
    body = without_identity(obj)
    if obj.kind == "Service":
        dropped = ALLOCATED if obj.spec.get("clusterIP") == "None" else (*ALLOCATED, "clusterIP")
        body = {**body, "spec": {k: v for k, v in body["spec"].items() if k not in dropped}}
    if obj.kind == "Namespace":
        body = without(body, ("spec",))
    if obj.kind == "Pod":
        body = without(body, ("spec", "nodeName"))
    if obj.kind == "Job" and not obj.spec.get("manualSelector"):
        body = _without_job_labels(body)
    return body
