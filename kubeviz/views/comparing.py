"""Journeys beside each other: two that were sent, or one and what it would take to go another way; and the latest."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .. import actions, queries
from ..lessons.comparing import compare
from ..lessons.instead import instead
from ..models import Lab, Trace
from ..wording import BECAUSE, say, short
from ..wording.needs import NEEDS
from .access import of_lab
from .labs import about
from .telling import language, told

MOST_RECENT = 20
TAUGHT = ("taught", "both")


@require_GET
@of_lab()
def recent(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The latest requests of the lab, to be played again or set beside the one on show."""
    shown = [told(trace) for trace in queries.recent_traces(lab.id, MOST_RECENT)]
    context = {"traces": shown, "lab": about(lab), "beside": request.GET.get("beside", "")}
    return render(request, _template(request, "recent"), context)


@require_GET
@of_lab()
def against(request: HttpRequest, lab: Lab, trace_id: str, other_id: str) -> HttpResponse:
    left, right = _of(lab, trace_id), _of(lab, other_id)
    return _side_by_side(request, lab, left.result, right.result, "")


@require_GET
@of_lab()
def why(request: HttpRequest, lab: Lab, trace_id: str) -> HttpResponse:
    """Why this and not that: the journey beside one that goes by way of the candidate, or what that would need."""
    trace, candidate = _of(lab, trace_id), request.GET.get("object", "")
    because = _because(trace.result, candidate)
    needs = NEEDS[because][language() == "en"] if because else ""
    found = instead(queries.snapshot(lab), actions.sent(trace), trace.result, candidate) if because else None
    if found is not None:
        return _side_by_side(request, lab, trace.result, found[1].to_dict(), needs, candidate)
    text = BECAUSE[because][language() == "en"] if because else ""
    context = {"lab": about(lab), "candidate": short(candidate), "because": text, "needs": needs, "ref": candidate}
    return render(request, _template(request, "why"), context)


def _because(result: dict[str, Any], candidate: str) -> str:
    """The reason code with which the journey, or a call inside, passed the candidate over."""
    for hop in result["hops"]:
        for step in hop["steps"]:
            for other in step["candidates"]:
                if other["object"] == candidate and not other["chosen"]:
                    return str(other["because"])
    return next((found for call in result["calls"] if (found := _because(call, candidate))), "")


def _side_by_side(
    request: HttpRequest, lab: Lab, left: dict[str, Any], right: dict[str, Any], needs: str, candidate: str = ""
) -> HttpResponse:
    one, other = _column(left), _column(right)
    rows = [
        {"left": _at(one["hops"], row.left), "right": _at(other["hops"], row.right), "same": row.same}
        for row in compare(one["hops"], other["hops"])
    ]
    parting = next((i for i, row in enumerate(rows, 1) if not row["same"]), 0)
    context = {"lab": about(lab), "left": one, "right": other, "rows": rows, "parting": parting, "needs": needs}
    return render(
        request, _template(request, "versus"), {**context, "candidate": short(candidate) if candidate else ""}
    )


def _column(result: dict[str, Any]) -> dict[str, Any]:
    """A journey as it is taught, in words."""
    words = say(result, language())
    pairs = [(hop, told) for hop, told in zip(result["hops"], words["hops"], strict=True) if hop["view"] in TAUGHT]
    return {**result, "words": words, "hops": [{**hop, **told, "steps": _steps(hop, told)} for hop, told in pairs]}


def _steps(hop: dict[str, Any], told: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**step, **words} for step, words in zip(hop["steps"], told["steps"], strict=True)]


def _at(hops: list[dict[str, Any]], place: int | None) -> dict[str, Any] | None:
    return None if place is None else hops[place]


def _template(request: HttpRequest, name: str) -> str:
    return f"trace/{name}.html" if request.headers.get("HX-Request") else f"trace/{name}-page.html"


def _of(lab: Lab, trace_id: str) -> Trace:
    trace = queries.trace(trace_id)
    if trace is None or trace.lab_id != lab.id:
        raise Http404
    return trace
