"""The revisions of a workload: a Deployment's ReplicaSets, and the ControllerRevisions of the others."""

from typing import NamedTuple

from ...cluster.changes import Body
from ...cluster.objects import Obj
from ...cluster.state import Cluster
from ...controllers.scaling import REVISION, revision

__all__ = ["CHANGE_CAUSE", "REVISION", "Revision", "all_sets", "current", "replica_sets", "revision", "revisions"]

CHANGE_CAUSE = "kubernetes.io/change-cause"


def all_sets(cluster: Cluster, deployment: Obj) -> list[Obj]:
    """Every ReplicaSet it owns, oldest revision first."""
    return sorted(cluster.owned_by(deployment.key, "ReplicaSet"), key=lambda s: (revision(s), s.name))


def current(cluster: Cluster, deployment: Obj) -> Obj | None:
    """The ReplicaSet that has the Deployment's present template."""
    wanted = revision(deployment)
    return next((s for s in all_sets(cluster, deployment) if revision(s) == wanted), None)


def replica_sets(cluster: Cluster, deployment: Obj) -> tuple[Obj | None, list[Obj]]:
    """The new one, and the old ones by name, as `describe` lists them."""
    new = current(cluster, deployment)
    old = [s for s in all_sets(cluster, deployment) if new is None or s.key != new.key]
    return new, sorted(old, key=lambda s: s.name)


class Revision(NamedTuple):
    number: int
    cause: str
    template: Body


def revisions(cluster: Cluster, workload: Obj) -> list[Revision]:
    """All that are known, oldest first; the last is the present one."""
    if workload.kind == "Deployment":
        return [_revision(found, revision(found), found.spec["template"]) for found in all_sets(cluster, workload)]
    known = cluster.owned_by(workload.key, "ControllerRevision")
    listed = [
        _revision(found, found.body.get("revision") or 0, found.body["data"]["spec"]["template"]) for found in known
    ]
    return sorted(listed, key=lambda r: r.number)


def _revision(found: Obj, number: int, template: Body) -> Revision:
    cause = found.annotations.get(CHANGE_CAUSE) or ""
    return Revision(number, cause, {k: v for k, v in template.items() if k != "$patch"})
