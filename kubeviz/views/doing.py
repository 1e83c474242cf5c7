"""What a page does to its lab: send, act, apply, undo, redo, reset, and the clock."""

from collections import Counter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from .. import actions
from ..forms import clock_change, sent_request
from ..models import Lab
from .access import learner, of_lab, wants_json
from .labs import page
from .telling import told


@require_POST
@of_lab(change=True)
def send(request: HttpRequest, lab: Lab) -> HttpResponse:
    """A request through the lab: JSON for the page's script, the timeline for htmx, the whole page for a plain form."""
    try:
        asked, times = sent_request(request.POST)
        traces = actions.send(lab.id, asked, times)
    except actions.Refused as refusal:
        if wants_json(request) or request.headers.get("HX-Request"):
            raise
        errors = {problem.field: problem.message for problem in refusal.problems}
        return page(
            request, lab, first_minute=False, form={**request.POST.dict(), "errors": errors}, status=refusal.code
        )
    if wants_json(request):
        share = Counter(t.result["served_by"] or "" for t in traces)
        return JsonResponse({"traces": [told(t) for t in traces], "share": share})
    shown = told(traces[-1])
    if request.headers.get("HX-Request"):
        return render(request, "trace/timeline.html", {"trace": shown, "may_change": True, "may_watch": True})
    return page(request, lab, first_minute=False, trace=shown, form=request.POST.dict())


@require_POST
@of_lab(change=True)
def act(request: HttpRequest, lab: Lab) -> HttpResponse:
    verb, ref = request.POST.get("action", ""), request.POST.get("ref", "")
    return done(request, lab, actions.act(lab.id, verb, ref, request.POST, who=learner(request)))


@require_POST
@of_lab(change=True)
def undo(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The latest action; with `to` everything since the action of that number, since the start for 0."""
    to = request.POST.get("to", "")
    if to.isascii() and to.isdecimal() and len(to) < 19:
        return done(request, lab, actions.go_back(lab.id, int(to), who=learner(request)))
    return done(request, lab, actions.undo(lab.id, who=learner(request)))


@require_POST
@of_lab(change=True)
def redo(request: HttpRequest, lab: Lab) -> HttpResponse:
    return done(request, lab, actions.redo(lab.id, who=learner(request)))


@require_POST
@of_lab(change=True)
def reset(request: HttpRequest, lab: Lab) -> HttpResponse:
    return done(request, lab, actions.reset(lab.id, who=learner(request)))


@require_POST
@of_lab(change=True)
def clock(request: HttpRequest, lab: Lab) -> HttpResponse:
    """Play, pause and speed; `step` lets time pass until the next thing happens."""
    if "step" in request.POST:
        return done(request, lab, actions.step(lab.id))
    return done(request, lab, actions.set_clock(lab.id, **clock_change(request.POST)))


def done(request: HttpRequest, lab: Lab, written: actions.Written) -> HttpResponse:
    if wants_json(request) or request.headers.get("HX-Request"):
        return JsonResponse({"rv": written.rv, "command": written.command, "warnings": written.warnings})
    return redirect("lab", lab_id=lab.id)
