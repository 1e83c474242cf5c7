"""Sending requests through a lab."""

from collections.abc import Callable, Sequence

import msgspec
from django.db import transaction
from django.db.models import Max

from .. import live, queries
from ..engine import Affinity, InvalidRequest, Kept, Request
from ..engine import Trace as Result
from ..engine import trace as trace_request
from ..models import Lab, Trace
from ..terminal.forwarding import LostForward, forwarded, of_laptop
from ..terminal.session import Forward
from .clock import advance
from .errors import Problem, Refused
from .writing import locked

MOST_TIMES = 100
KEPT_TRACES = 300

listeners: list[Callable[[Lab, Sequence[Trace]], None]] = []
"""Who else wants to know what was sent, once it is stored: a class counts what failed."""


def send(lab_id: str, request: Request, times: int = 1) -> list[Trace]:
    """Send *request* so many times, with its seed and the ones after it. Raises Refused for what nobody could send."""
    if not 1 <= times <= MOST_TIMES:
        raise Refused(Problem(f"times is a number from 1 to {MOST_TIMES}", "times"))
    advance(lab_id)
    with locked(lab_id) as lab:
        return keep(lab, _traces(lab, _through_forward(lab, request), times))


def _through_forward(lab: Lab, request: Request) -> Request:
    """The laptop's own ports lead where `kubectl port-forward` in one of the lab's terminals has led them."""
    try:
        if not of_laptop(request):
            return request
        found = forwarded(queries.snapshot(lab), request, _forwards(lab))
    except InvalidRequest as error:
        raise Refused(Problem(str(error), error.field)) from error
    except LostForward:
        raise Refused(
            Problem("the pod that this port was forwarded to is gone; run kubectl port-forward again", "url")
        ) from None
    if found is None:
        raise Refused(Problem("nothing listens on this port of the laptop; kubectl port-forward can open it", "url"))
    return found


def _forwards(lab: Lab) -> dict[int, Forward]:
    memories = lab.terminals.values_list("memory", flat=True)
    return {port: Forward(*forward) for memory in memories for port, *forward in memory.get("forwards", ())}


def keep(lab: Lab, results: list[Result]) -> list[Trace]:
    """Store what happened to requests, so that every page plays them; part of the caller's database transaction."""
    number = last_number(lab)
    traces = [_row(lab, number + i, result) for i, result in enumerate(results, 1)]
    Trace.objects.bulk_create(traces)
    Trace.objects.filter(lab=lab, number__lte=number + len(traces) - KEPT_TRACES).delete()
    lab.affinity = [[service, client, *kept] for (service, client), kept in results[-1].affinity.items()]
    lab.save(update_fields=["affinity"])
    transaction.on_commit(lambda: _tell(lab, traces), robust=True)
    return traces


def _tell(lab: Lab, traces: list[Trace]) -> None:
    live.publish(lab.id, traces=[trace.id for trace in traces])
    for listener in listeners:
        listener(lab, traces)


def last_number(lab: Lab) -> int:
    return lab.traces.aggregate(last=Max("number"))["last"] or 0


def affinity_of(lab: Lab) -> Affinity:
    return {(service, client): Kept(*kept) for service, client, *kept in lab.affinity}


def _row(lab: Lab, number: int, result: Result) -> Trace:
    told = result.to_dict()
    return Trace(lab=lab, number=number, rv=told["rv"], request=msgspec.to_builtins(result.request), result=told)


def _traces(lab: Lab, request: Request, times: int) -> list[Result]:
    cluster, affinity, number = queries.snapshot(lab), affinity_of(lab), last_number(lab)
    results = []
    for i in range(times):
        asked = msgspec.structs.replace(request, seed=request.seed + number + i)
        try:
            results.append(trace_request(cluster, asked, affinity, lab.clock))
        except InvalidRequest as error:
            raise Refused(Problem(str(error), error.field)) from error
        affinity = results[-1].affinity
    return results
