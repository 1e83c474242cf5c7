"""Carrying out what the page proposes after a failed request."""

from datetime import datetime

import msgspec

from .. import queries
from ..cluster.apiserver import Transaction
from ..cluster.state import Cluster
from ..engine import InvalidRequest, Request
from ..engine import trace as trace_request
from ..lessons import repair
from ..lessons.repair import Proposal
from ..models import Lab, Trace
from .errors import Refused
from .writing import Written, write


def sent(trace: Trace) -> Request:
    return msgspec.convert(trace.request, Request)


def proposals(lab: Lab, trace: Trace) -> list[Proposal]:
    """What would mend the request in the lab as it is now; nothing where it would arrive by now."""
    return _proposals(queries.snapshot(lab), sent(trace), lab.now())


def _proposals(cluster: Cluster, request: Request, now: datetime) -> list[Proposal]:
    try:
        result = trace_request(cluster, request).to_dict()
    except InvalidRequest:  # the pod it came from is gone
        return []
    return repair.repair(cluster, request, result, now)


def mend(lab_id: str, trace: Trace, proposal_id: str, *, who: str) -> Written:
    """Do the edits of one proposal. Raises Refused where it would no longer help."""

    def work(tx: Transaction, lab: Lab) -> str:
        offered = _proposals(tx.cluster, sent(trace), tx.now)
        chosen = next((p for p in offered if p.id == proposal_id), None)
        if chosen is None:
            raise Refused("the lab has changed since: this repair no longer fits", code=409)
        repair.apply(tx, chosen)
        return chosen.command

    return write(lab_id, work, who=who, verb="mend")
