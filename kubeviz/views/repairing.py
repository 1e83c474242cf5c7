"""What would mend a failed request, and doing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..lessons.repair import Proposal, difference
from ..models import Lab, Trace
from ..wording.repairs import say
from .access import learner, of_lab
from .doing import done
from .telling import about, language, told


@require_GET
@of_lab(change=True)
def repairs(request: HttpRequest, lab: Lab, trace_id: str) -> HttpResponse:
    """The proposals: a part of the timeline, a page of its own without JavaScript."""
    trace = _of(lab, trace_id)
    offered = [_shown(lab, proposal) for proposal in actions.proposals(lab, trace)]
    name = "trace/repairs.html" if request.headers.get("HX-Request") else "trace/repairs-page.html"
    return render(request, name, {"proposals": offered, "trace": told(trace), "sent": trace.request, "lab": about(lab)})


def _shown(lab: Lab, proposal: Proposal) -> dict[str, Any]:
    """A proposal in words, with the difference it makes and the field it starts at."""
    ref, path = proposal.field or ("", "")
    return {
        "id": proposal.id,
        "code": proposal.code,
        "text": say(proposal.code, proposal.params, language()),
        "command": proposal.command,
        "mends": proposal.mends,
        "edits": bool(proposal.edits),
        "difference": [(line[:1], line[1:]) for line in difference(queries.snapshot(lab), proposal)],
        "ref": ref,
        "path": path,
        "request": proposal.request,
    }


@require_POST
@of_lab(change=True)
def mend(request: HttpRequest, lab: Lab) -> HttpResponse:
    trace = _of(lab, request.POST.get("trace", ""))
    return done(request, lab, actions.mend(lab.id, trace, request.POST.get("proposal", ""), who=learner(request)))


def _of(lab: Lab, trace_id: str) -> Trace:
    trace = queries.trace(trace_id)
    if trace is None or trace.lab_id != lab.id:
        raise Http404
    return trace
