"""Tables: `kubectl get pods` on 1,000 pods beside writing the same rows as JSON."""

import json

from kubeviz.cluster import tables
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import quiesce
from kubeviz.controllers.bootstrap import READY
from kubeviz.terminal import Session
from kubeviz.terminal import run as typed

from . import microseconds, report
from .routing import cluster

PODS = 1_000
TARGET = 10.0


def run() -> bool:
    session = Session(Transaction(cluster(PODS // 2), READY), quiesce)
    pods = session.tx.cluster.of_kind("Pod")
    rows = [tables.cells(pod, session.tx.now) for pod in pods]
    floor = microseconds(lambda: json.dumps(rows), number=20)
    good = True
    for line in ("kubectl get pods -A", "kubectl get pods -A -o wide", "kubectl get pods -A -o name"):
        cost = microseconds(lambda line=line: typed(line, session), number=5, repeat=5)
        target = TARGET if line.endswith("-A") else None
        good = report(f"{line}, {len(rows):,} pods ÷ rows as JSON", cost, floor, target) and good
    return good
