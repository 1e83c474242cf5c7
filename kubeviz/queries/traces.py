"""Traces of requests that were sent."""

from ..models import Trace


def trace(trace_id: str) -> Trace | None:
    return Trace.objects.filter(id=trace_id).first()


def last_trace(lab_id: str) -> Trace | None:
    return Trace.objects.filter(lab_id=lab_id).order_by("-number").first()


def traces_after(lab_id: str, trace_id: str, most: int) -> list[Trace]:
    """What was sent after *trace_id*, oldest first, at most the last *most*; all of them if it is unknown."""
    number = Trace.objects.filter(lab_id=lab_id, id=trace_id).values_list("number", flat=True).first()
    found = Trace.objects.filter(lab_id=lab_id, number__gt=number or 0).order_by("-number")[:most]
    return list(reversed(found))


def recent_traces(lab_id: str, most: int) -> list[Trace]:
    """The latest, newest first."""
    return list(Trace.objects.filter(lab_id=lab_id).order_by("-number")[:most])
