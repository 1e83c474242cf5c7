"""The revisions of a Deployment: its ReplicaSets, the present one and those before."""

from ...cluster.objects import Obj
from ...cluster.state import Cluster
from ...controllers.deployment import REVISION, revision

__all__ = ["CHANGE_CAUSE", "REVISION", "all_sets", "current", "replica_sets", "revision"]

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
