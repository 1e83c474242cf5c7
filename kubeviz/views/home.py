"""The first page: the snackbar itself, loaded and alive. And the shelf of scenarios."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..models import Lab, Scenario
from .access import learner
from .labs import page

FIRST = "snackbar"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """This learner's snackbar; a new one on the first visit. No picker, no dialogue, no account."""
    scenario = queries.scenario(FIRST)
    if scenario is None:
        return redirect("scenarios")
    who = learner(request)
    lab = Lab.objects.filter(owner=who, scenario=scenario).order_by("created").first()
    return page(request, lab or actions.open_lab(scenario, who), first_minute=True)


@require_GET
def scenarios(request: HttpRequest) -> HttpResponse:
    return render(request, "scenarios/page.html", {"scenarios": [_card(s) for s in queries.scenarios()]})


def _card(scenario: Scenario) -> dict[str, object]:
    language = get_language() or "ko"
    text = scenario.said("text", language).strip().partition("\n\n")[0]
    return {
        "slug": scenario.slug,
        "title": scenario.said("title", language),
        "text": text,
        "provider": scenario.provider,
        "addons": scenario.addons,
    }


@require_POST
def open_scenario(request: HttpRequest, slug: str) -> HttpResponse:
    scenario = queries.scenario(slug)
    if scenario is None:
        raise Http404
    return redirect("lab", lab_id=actions.open_lab(scenario, learner(request)).id)
