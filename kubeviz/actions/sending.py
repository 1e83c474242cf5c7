"""Sending requests through a lab."""

import msgspec
from django.db.models import Max

from .. import live, queries
from ..engine import Affinity, InvalidRequest, Request
from ..engine import trace as trace_request
from ..models import Lab, Trace
from .clock import advance
from .errors import Problem, Refused
from .writing import locked

MOST_TIMES = 100
KEPT_TRACES = 300


def send(lab_id: str, request: Request, times: int = 1) -> list[Trace]:
    """Send *request* so many times, with its seed and the ones after it. Raises Refused for what nobody could send."""
    if not 1 <= times <= MOST_TIMES:
        raise Refused(Problem(f"times is a number from 1 to {MOST_TIMES}", "times"))
    advance(lab_id)
    with locked(lab_id) as lab:
        traces = _traces(lab, request, times)
        Trace.objects.bulk_create(traces)
        Trace.objects.filter(lab=lab, number__lte=traces[-1].number - KEPT_TRACES).delete()
        lab.save(update_fields=["affinity"])
    live.publish(lab_id, traces=[trace.id for trace in traces])
    return traces


def _traces(lab: Lab, request: Request, times: int) -> list[Trace]:
    cluster = queries.snapshot(lab)
    affinity: Affinity = {(service, client): address for service, client, address in lab.affinity}
    number = lab.traces.aggregate(last=Max("number"))["last"] or 0
    traces = []
    for i in range(times):
        asked = msgspec.structs.replace(request, seed=request.seed + number + i)
        try:
            result = trace_request(cluster, asked, affinity)
        except InvalidRequest as error:
            raise Refused(Problem(str(error), error.field)) from error
        affinity = result.affinity
        traces.append(
            Trace(
                lab=lab,
                number=number + i + 1,
                rv=cluster.rv,
                request=msgspec.to_builtins(asked),
                result=result.to_dict(),
            )
        )
    lab.affinity = [[service, client, address] for (service, client), address in affinity.items()]
    return traces
