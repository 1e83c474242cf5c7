"""A learner's own starting points: the form they are made with, and the bin."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, queries
from ..controllers.bootstrap import ADDONS, PROVIDERS
from ..models import Scenario
from .access import LEARNER, in_words, learner, refused
from .objects import text_of
from .quotas import spend_lab
from .telling import language

BLANK = {"title": "", "manifests": "", "provider": "cloud", "addons": [], "firewall": "closed"}


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """`?from=SLUG` begins with that scenario's manifests: shipped ones are read-only, a copy is one's own."""
    sent = request.POST if request.method == "POST" else request.GET
    like = queries.scenario(sent.get("from", ""), request.session.get(LEARNER, ""))
    if request.method == "GET":
        return _page(request, _of(like) if like is not None else dict(BLANK), like)
    return _open(request, like)


def _open(request: HttpRequest, like: Scenario | None) -> HttpResponse:
    values = _sent(request)
    try:
        values["manifests"] = text_of(request, "manifests")
        spend_lab(request)
        return redirect("lab", lab_id=actions.open_own(values, learner(request), like).id)
    except actions.Throttled as refusal:
        return refused(request, refusal)
    except actions.Refused as refusal:
        problems = in_words(refusal, language()).problems
        return _page(request, values, like, problems=problems, status=refusal.code)


def _of(scenario: Scenario) -> dict[str, Any]:
    return {
        **{name: getattr(scenario, name) for name in BLANK if name != "title"},
        "title": scenario.said("title", language()),
    }


def _sent(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {name: request.POST.get(name, default) for name, default in BLANK.items()}
    return {**values, "title": values["title"].strip(), "addons": request.POST.getlist("addons")}


def _page(request: HttpRequest, values: dict[str, Any], like: Scenario | None, **more: Any) -> HttpResponse:
    choices = {"providers": [(p, f"provider_{p}") for p in PROVIDERS], "addons": ADDONS}
    context = {"values": values, "like": like.slug if like is not None else "", **choices, **more}
    return render(request, "scenarios/own.html", context, status=more.get("status", 200))


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    who = request.session.get(LEARNER, "")
    found = Scenario.objects.filter(slug=slug, learner=who).first() if who else None
    if found is None:
        raise Http404
    actions.remove_own(found)
    return redirect("scenarios")
