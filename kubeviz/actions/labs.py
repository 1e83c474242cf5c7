"""Labs: opened from a scenario, started afresh, cleared away."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from .. import controllers, live, queries
from ..cluster.apiserver import Transaction
from ..cluster.manifest import ManifestError
from ..cluster.state import Cluster
from ..controllers.loading import LoadError
from ..lessons.content import content_from
from ..lessons.opening import opened
from ..lessons.setting import Start, at_rest
from ..models import ClusterObject, Lab, Scenario
from ..models.lab import secret
from .applying import refusal_of
from .errors import Refused
from .restoring import restore
from .writing import Written, one_writer, write

AT_ONCE = 25
"""Labs cleared in one transaction, so that nobody waits long for the database."""


def open_lab(scenario: Scenario, owner: str) -> Lab:
    """A lab of *owner*'s own, at rest, as the scenario wants it."""
    return open_at(starting_point(scenario), owner, scenario, scenario.title_ko)


def share_anew(lab_id: str) -> None:
    """Another word lets people watch; the old link opens nothing any more."""
    Lab.objects.filter(pk=lab_id).update(share=secret())


def copy_lab(lab: Lab, owner: str, rv: int | None = None) -> Lab:
    """*lab* as it is now, or was at *rv* if that is still known, for somebody else to work in."""
    now = queries.snapshot(lab)
    then = queries.at(lab.pk, now, rv) if rv is not None else None
    return open_at(Start(then or now, lab.now()), owner, lab.scenario, lab.title)


def open_at(start: Start, owner: str, scenario: Scenario | None, title: str) -> Lab:
    """A lab of *owner*'s own that begins as *start*."""
    cluster, clock = start
    with one_writer():
        _make_room(owner)
        lab = Lab.objects.create(
            owner=owner,
            scenario=scenario,
            title=title,
            provider=cluster.environment["provider"],
            seed=cluster.environment["seed"],
            rv=cluster.rv,
            opened_rv=cluster.rv,
            clock=clock,
            next_due=controllers.next_due(cluster),
        )
        ClusterObject.objects.bulk_create(_rows(lab, cluster))
    queries.remember(lab.id, cluster)
    return lab


def _make_room(owner: str) -> None:
    """Opening one more than a learner may keep clears the one not seen for longest."""
    most = settings.LABS_PER_LEARNER
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
    """The scenario's cluster after everything has come to rest, and when that was. Raises Refused."""
    try:
        return at_rest(queries.setting_of(scenario))
    except (ManifestError, LoadError) as error:
        raise refusal_of(error) from error


def reset(lab_id: str, *, who: str) -> Written:
    """Everything as it was when the lab was opened; itself an action that can be undone."""

    def work(tx: Transaction, lab: Lab) -> str:
        restore(tx, _beginning(lab).cluster)
        lab.affinity = []
        return ""

    return write(lab_id, work, who=who, verb="reset")


def _beginning(lab: Lab) -> Start:
    """Where a lab began: its exercise (worked on, or demonstrated), else its scenario."""
    attempt = queries.attempt_in(lab.id)
    if attempt is not None:
        return opened(queries.content_of(attempt))
    shown = queries.demonstration_in(lab.id)
    if shown is not None:
        return opened(content_from(shown.content))
    if lab.scenario is None:
        raise Refused("this lab's scenario is gone")
    return starting_point(lab.scenario)


def expire() -> None:
    """Labs that nobody has looked at for LABS_EXPIRE_DAYS go; looked for once an hour, by whoever opens one."""
    if cache.add("labs/expired", True, timeout=3600):
        clear_labs(timedelta(days=settings.LABS_EXPIRE_DAYS))


def clear_labs(unseen_for: timedelta) -> int:
    """Delete labs that nobody has looked at for so long, and what learners made for them; says how many labs."""
    old = Lab.objects.filter(last_seen__lt=timezone.now() - unseen_for)
    count = 0
    while batch := list(old.values_list("id", flat=True)[:AT_ONCE]):
        for lab_id in batch:
            queries.forget(lab_id)
            live.publish(lab_id, gone=True)
        old.filter(id__in=batch).delete()
        count += len(batch)
    Scenario.objects.filter(edited__lt=timezone.now() - unseen_for, lab=None).exclude(learner="").delete()
    return count
