"""The one way in. Every write takes the lab's lock, lets the controllers settle, stores objects and log together."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction

from .. import controllers, live, queries
from ..cluster.apiserver import Transaction
from ..cluster.changes import Change as LogEntry
from ..cluster.errors import Rejected
from ..cluster.state import Cluster
from ..models import Action, Change, ClusterObject, Lab
from .errors import Problem, Refused

Work = Callable[[Transaction, Lab], str | None]
"""Changes the transaction or the lab's clock; returns the command that it stands for, or None if nobody did anything:
only time was let pass."""

KEPT_CHANGES = 3000
"""How far back the log of a lab reaches."""
_one_writer = threading.RLock()


class Written(NamedTuple):
    """What a write did: the lab's new version, the user's action in words of the command line, and warnings."""

    rv: int
    command: str
    warnings: list[str]
    cluster: Cluster


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction that writes.

    SQLite takes one writer at a time whatever one does: queueing here instead of in its busy loop is measured to
    be twice as fast, and 20 times so for the unluckiest.
    """
    if connection.vendor == "sqlite":
        with _one_writer, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


@contextmanager
def locked(lab_id: str) -> Iterator[Lab]:
    """The lab, for this writer alone until the database transaction ends. Raises Refused where it is gone."""
    with one_writer():
        yield _locked_row(lab_id)


def _locked_row(lab_id: str) -> Lab:
    try:
        return Lab.objects.select_for_update().get(id=lab_id)
    except Lab.DoesNotExist:
        raise Refused("this lab is gone", code=404) from None


def write(lab_id: str, work: Work, *, who: str = "", verb: str = "", until: datetime | None = None) -> Written:
    """Do *work* in a lab at its virtual now (or *until*). With a *verb* it is a user's action and can be undone."""
    with locked(lab_id) as lab:
        cluster = queries.snapshot(lab)
        tx = Transaction(cluster, lab.clock)
        _let_time_pass(tx, lab, max(lab.clock, until or lab.now()))
        before = tx.cluster.rv
        try:
            command = work(tx, lab)
        except Rejected as error:
            raise Refused(*problems_of(error), code=error.code) from error
        lab.next_due = controllers.settle(tx)
        acted = verb and command is not None and tx.cluster.rv > before
        action = _action(lab, tx, before, who, verb, command or "") if acted else None
        _store(lab, tx, action, before)
        return Written(lab.rv, command or "", tx.warnings, tx.cluster)


def problems_of(error: Rejected) -> list[Problem]:
    causes = list(dict.fromkeys(error.causes))
    return [Problem(cause.message, cause.field) for cause in causes] or [Problem(error.message)]


def _let_time_pass(tx: Transaction, lab: Lab, now: datetime) -> None:
    """What fell due before *now* happens at its own moment, in order."""
    due = lab.next_due
    while due is not None and due <= now:
        tx.now = max(tx.now, due)
        due = controllers.settle(tx)
    tx.now = now
    lab.next_due = due
    lab.set_clock(now)


def _action(lab: Lab, tx: Transaction, before: int, who: str, verb: str, command: str) -> Action:
    return Action.objects.create(
        lab=lab, who=who, verb=verb, command=command, before_rv=before, after_rv=tx.cluster.rv, at=tx.now
    )


def _store(lab: Lab, tx: Transaction, action: Action | None, before: int) -> None:
    """Objects, log and lab at once; the news goes out when the database has it."""
    _store_objects(lab, tx.changes)
    _store_log(lab, tx, action, before)
    lab.rv = tx.cluster.rv
    lab.save()
    if tx.changes and lab.rv // 500 > tx.base.rv // 500:
        Change.objects.filter(lab=lab, rv__lte=lab.rv - KEPT_CHANGES).delete()
    if tx.changes:
        transaction.on_commit(partial(_tell, lab.id, tx.cluster))


def _tell(lab_id: str, cluster: Cluster) -> None:
    queries.remember(lab_id, cluster)
    live.publish(lab_id, rv=cluster.rv)


def _store_objects(lab: Lab, changes: list[LogEntry]) -> None:
    latest = {change.key: change for change in changes}
    rows = [_row(lab, change) for change in latest.values() if change.body is not None]
    ClusterObject.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["lab", "kind", "namespace", "name"],
        update_fields=["uid", "resource_version", "body"],
    )
    for (kind, namespace, name), change in latest.items():
        if change.body is None:
            ClusterObject.objects.filter(lab=lab, kind=kind, namespace=namespace, name=name).delete()


def _row(lab: Lab, change: LogEntry) -> ClusterObject:
    kind, namespace, name = change.key
    body = change.body or {}
    uid = body["metadata"].get("uid", "")
    return ClusterObject(
        lab=lab, kind=kind, namespace=namespace, name=name, uid=uid, resource_version=change.rv, body=body
    )


def _store_log(lab: Lab, tx: Transaction, action: Action | None, before: int) -> None:
    Change.objects.bulk_create(
        Change(
            lab=lab,
            rv=c.rv,
            op=c.op,
            kind=c.key[0],
            namespace=c.key[1],
            name=c.key[2],
            body=c.body,
            old=c.old,
            action=action if c.rv > before else None,
            at=tx.now,
        )
        for c in tx.changes
    )
