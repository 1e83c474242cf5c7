"""The words of Kubernetes networking: a page, and the same as data for the bubbles at each term."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from ..wording.glossary import TERMS
from .access import wants_json
from .telling import language


@require_GET
@vary_on_headers("Accept", "Accept-Language", "Cookie")
def glossary(request: HttpRequest) -> HttpResponse:
    told = [dict(zip(("key", "name", "text"), (term.key, *term.said(language())), strict=True)) for term in TERMS]
    if wants_json(request):
        return JsonResponse({"terms": told}, headers={"Cache-Control": "private, max-age=3600"})
    return render(request, "glossary/page.html", {"terms": told})
