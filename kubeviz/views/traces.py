"""One request for good: its permanent link. Whoever has it may read; the stage is for those who may watch the lab."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .. import queries
from .access import may_change, may_watch, wants_json
from .telling import told


@require_GET
def trace(request: HttpRequest, trace_id: str) -> HttpResponse:
    found = queries.trace(trace_id)
    if found is None:
        raise Http404
    shown = told(found)
    if wants_json(request):
        return JsonResponse(shown)
    name = "trace/timeline.html" if request.headers.get("HX-Request") else "trace/page.html"
    rights = {"may_change": may_change(request.session, found.lab), "may_watch": may_watch(request.session, found.lab)}
    return render(request, name, {"trace": shown, **rights})
