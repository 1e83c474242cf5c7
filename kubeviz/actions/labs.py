"""Labs: opened from a scenario, started afresh, cleared away."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .. import controllers, live, queries
from ..cluster import manifest
from ..cluster.apiserver import Transaction
from ..cluster.state import Cluster
from ..controllers.bootstrap import READY, new_cluster
from ..models import ClusterObject, Lab, Scenario
from .applying import apply_manifest
from .errors import Refused
from .restoring import restore
from .writing import Written, write


class Start(NamedTuple):
    """A cluster at rest and the virtual time it is there."""

    cluster: Cluster
    clock: datetime


LABS_OF_ONE = 20
"""Labs that one learner keeps; opening another clears the one not seen for longest."""


def open_lab(scenario: Scenario, owner: str) -> Lab:
    """A lab of *owner*'s own, at rest, as the scenario wants it."""
    cluster, clock = starting_point(scenario)
    with transaction.atomic():
        _make_room(owner)
        lab = Lab.objects.create(
            owner=owner,
            scenario=scenario,
            title=scenario.title_ko,
            provider=scenario.provider,
            seed=scenario.seed,
            rv=cluster.rv,
            opened_rv=cluster.rv,
            clock=clock,
            next_due=controllers.next_due(cluster),
        )
        ClusterObject.objects.bulk_create(_rows(lab, cluster))
    queries.remember(lab.id, cluster)
    return lab


def _make_room(owner: str) -> None:
    most = getattr(settings, "LABS_PER_LEARNER", LABS_OF_ONE)
    kept = Lab.objects.filter(owner=owner).order_by("-last_seen").values_list("id", flat=True)[: most - 1]
    Lab.objects.filter(owner=owner).exclude(id__in=list(kept)).delete()


def _rows(lab: Lab, cluster: Cluster) -> list[ClusterObject]:
    return [
        ClusterObject(
            lab=lab,
            kind=obj.kind,
            namespace=obj.namespace,
            name=obj.name,
            uid=obj.uid,
            resource_version=int(obj.metadata["resourceVersion"]),
            body=obj.body,
        )
        for obj in cluster
    ]


def starting_point(scenario: Scenario) -> Start:
    """The scenario's cluster after everything has come to rest, and when that was."""
    return _start(scenario.manifests, scenario.provider, tuple(scenario.addons), scenario.seed, scenario.firewall)


@lru_cache(maxsize=64)
def _start(manifests: str, provider: str, addons: tuple[str, ...], seed: int, firewall: str) -> Start:
    tx = Transaction(new_cluster(provider, addons, seed, firewall), READY)
    apply_manifest(tx, manifest.load(manifests, "scenario"))
    controllers.quiesce(tx)
    return Start(tx.cluster, tx.now)


def reset(lab_id: str, *, who: str) -> Written:
    """Everything as it was when the lab was opened; itself an action that can be undone."""

    def work(tx: Transaction, lab: Lab) -> str:
        if lab.scenario is None:
            raise Refused("this lab's scenario is gone")
        restore(tx, starting_point(lab.scenario).cluster)
        lab.affinity = []
        return ""

    return write(lab_id, work, who=who, verb="reset")


def clear_labs(unseen_for: timedelta) -> int:
    """Delete labs that nobody has looked at for so long; says how many."""
    old = Lab.objects.filter(last_seen__lt=timezone.now() - unseen_for)
    count = old.count()
    for lab_id in old.values_list("id", flat=True):
        queries.forget(lab_id)
        live.publish(lab_id, gone=True)
    old.delete()
    return count
