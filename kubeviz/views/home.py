"""The first page: the snackbar itself, loaded and alive. And the shelf of scenarios."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..lessons.packs import FAILS
from ..models import Lab, Scenario
from .access import LEARNER, learner, refused
from .labs import page
from .quotas import spend_lab

FIRST = "snackbar"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """This learner's snackbar; a new one on the first visit. No picker, no dialogue, no account."""
    scenario = queries.scenario(FIRST)
    if scenario is None:
        return redirect("scenarios")
    who = learner(request)
    lab = Lab.objects.filter(owner=who, scenario=scenario).order_by("created").first()
    try:
        return page(request, lab or _open(request, scenario), first_minute=True)
    except actions.Throttled as refusal:
        return refused(request, refusal)


def _open(request: HttpRequest, scenario: Scenario) -> Lab:
    """Raises Throttled."""
    spend_lab(request)
    actions.expire()
    return actions.open_lab(scenario, learner(request))


@require_GET
def scenarios(request: HttpRequest) -> HttpResponse:
    """The course in its order; what this learner has open already is gone on with."""
    who = request.session.get(LEARNER, "")
    mine = queries.latest_labs(who)
    cards = [_card(scenario, mine.get(scenario.pk)) for scenario in queries.scenarios()]
    own = [_card(scenario, mine.get(scenario.pk)) for scenario in queries.own_scenarios(who)]
    return render(request, "scenarios/page.html", {"scenarios": cards, "own": own})


def _card(scenario: Scenario, lab: Lab | None) -> dict[str, object]:
    language = get_language() or "ko"
    text = scenario.said("text", language).strip().partition("\n\n")[0]
    failing = [p for p in scenario.presets if str(p.get("label_ko", "")).startswith(FAILS)]
    return {
        "lab": lab.id if lab else "",
        "arrive": len(scenario.presets) - len(failing),
        "fail": len(failing),
        "pictures": [f"scenarios/pictures/{scenario.slug}.svg", "scenarios/pictures/any.svg"],
        "slug": scenario.slug,
        "title": scenario.said("title", language),
        "text": text,
        "provider_word": f"provider_{scenario.provider}",
        "addons": scenario.addons,
    }


@require_POST
def open_scenario(request: HttpRequest, slug: str) -> HttpResponse:
    scenario = queries.scenario(slug, request.session.get(LEARNER, ""))
    if scenario is None:
        raise Http404
    try:
        return redirect("lab", lab_id=_open(request, scenario).id)
    except actions.Throttled as refusal:
        return refused(request, refusal)
