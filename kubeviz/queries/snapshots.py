"""The immutable Cluster of a lab, kept in memory and advanced by the change log instead of being rebuilt."""

import threading
from collections import OrderedDict

from ..cluster.changes import Change as LogEntry
from ..cluster.state import Cluster
from ..models import ClusterObject, Lab
from .changes import log_as_entries

KEPT = 600
"""Labs whose latest Cluster stays in memory; versions share what did not change."""
FAR = 500
"""More changes than this are not replayed: rebuilding from the rows is cheaper."""

_latest: OrderedDict[str, Cluster] = OrderedDict()
_lock = threading.Lock()


def snapshot(lab: Lab) -> Cluster:
    """The cluster at `lab.rv`."""
    known = _latest.get(lab.id)
    if known is not None and known.rv == lab.rv:
        return known
    if known is not None and known.rv > lab.rv:
        return at(lab.id, known, lab.rv) or _rebuilt(lab)
    cluster = _advanced(known, lab) if known is not None else None
    return remember(lab.id, cluster or _rebuilt(lab))


def _advanced(known: Cluster, lab: Lab) -> Cluster | None:
    if lab.rv - known.rv > FAR:
        return None
    entries = log_as_entries(lab.id, known.rv, lab.rv)
    return None if entries is None else known.with_changes(entries)


def _rebuilt(lab: Lab) -> Cluster:
    """From the rows; read again if somebody wrote in the meantime."""
    for _ in range(10):
        bodies = list(ClusterObject.objects.filter(lab_id=lab.id).values_list("body", flat=True))
        rv = Lab.objects.values_list("rv", flat=True).get(id=lab.id)
        if rv == lab.rv:
            break
        lab.rv = rv
    return Cluster.of(lab.rv, bodies)


def at(lab_id: str, newer: Cluster, rv: int, most: int = FAR) -> Cluster | None:
    """The cluster as it was at *rv*: *newer* with the log unwound. None where the log does not reach so far."""
    if rv > newer.rv or newer.rv - rv > most:
        return None
    entries = log_as_entries(lab_id, rv, newer.rv)
    if entries is None:
        return None
    back = [LogEntry(rv, "modified" if e.old else "deleted", e.key, e.old, e.body) for e in reversed(entries)]
    return newer.with_changes(back)


def remember(lab_id: str, cluster: Cluster) -> Cluster:
    """Keep *cluster* as the latest of its lab, unless a later one is known."""
    with _lock:
        known = _latest.get(lab_id)
        if known is None or known.rv <= cluster.rv:
            _latest[lab_id] = cluster
        _latest.move_to_end(lab_id)
        while len(_latest) > KEPT:
            _latest.popitem(last=False)
    return cluster


def forget(lab_id: str) -> None:
    with _lock:
        _latest.pop(lab_id, None)
