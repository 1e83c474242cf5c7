"""One request for good: its permanent link. Whoever has it may read; the stage is for those who may watch the lab."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from .. import queries
from ..models import Trace
from .access import may_change, may_watch, wants_json
from .telling import told


@require_GET
def trace(request: HttpRequest, trace_id: str) -> HttpResponse:
    found = queries.trace(trace_id)
    if found is None:
        raise Http404
    if wants_json(request):
        return JsonResponse(told(found))
    rights = {"may_change": may_change(request.session, found.lab), "may_watch": may_watch(request.session, found.lab)}
    if not request.headers.get("HX-Request"):
        return render(request, "trace/page.html", {"trace": told(found), **rights})
    if rights["may_change"]:
        return render(request, "trace/timeline.html", {"trace": told(found), **rights})
    return HttpResponse(_watched(found.pk, get_language() or "ko", rights["may_watch"]))


@lru_cache(maxsize=256)
def _watched(trace_id: str, language: str, may_watch: bool) -> str:
    """The journey for one who watches: written once for a whole class that follows. A trace never changes."""
    context = {"trace": told(Trace.objects.get(pk=trace_id)), "may_change": False, "may_watch": may_watch}
    return render_to_string("trace/timeline.html", {**context, "LANGUAGE_CODE": language})
