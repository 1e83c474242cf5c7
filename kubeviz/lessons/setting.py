"""Where an exercise takes place: a scenario's cluster, loaded and at rest."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec

from ..cluster import manifest
from ..cluster.apiserver import Transaction
from ..cluster.state import Cluster
from ..controllers import loading, quiesce
from ..controllers.bootstrap import READY, new_cluster


class Start(NamedTuple):
    """A cluster at rest and the virtual time it is there."""

    cluster: Cluster
    clock: datetime


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What decides how a lab looks when it is opened."""

    provider: str = "cloud"
    addons: tuple[str, ...] = ()
    firewall: str = "closed"
    seed: int = 0
    manifests: str = ""


MOST_PODS = 500
"""A pack may come from a stranger: its cluster must fit into a classroom's laptop."""


def pods_wanted(cluster: Cluster) -> int:
    """How many pods the workloads ask for."""
    asking = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")
    return sum(o.spec.get("replicas") or 0 for kind in asking for o in cluster.of_kind(kind))


@lru_cache(maxsize=64)
def at_rest(setting: Setting) -> Start:
    """The cluster after everything has come to rest, and when that was. Raises ManifestError, LoadError."""
    tx = Transaction(new_cluster(setting.provider, setting.addons, setting.seed, setting.firewall), READY)
    loading.load(tx, [manifest.load(setting.manifests, "scenario")])
    if pods_wanted(tx.cluster) > MOST_PODS:
        raise manifest.ManifestError(f"more than {MOST_PODS:,} pods", "scenario", field="spec.replicas")
    quiesce(tx)
    return Start(tx.cluster, tx.now)
