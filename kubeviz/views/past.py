"""The lab's clock and what was done in it: a menu of the header, a page of its own without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .. import queries
from ..models import Action, Lab
from ..models.lab import SPEEDS
from ..wording.ui import ui
from ..wording.verbs import VERBS
from .access import learner, may_change, of_lab
from .labs import about
from .telling import language


@require_GET
@of_lab()
def past(request: HttpRequest, lab: Lab) -> HttpResponse:
    now = lab.now()
    done = queries.done(lab)
    latest = next((action.id for action in done if action.redo_rv is None), 0)
    context = {
        "lab": about(lab),
        "now": now,
        "clock": lab,
        "speeds": [f"{speed:g}" for speed in SPEEDS],
        "speed": f"{lab.speed:g}",
        "due": queries.due(lab, queries.snapshot(lab), now),
        "done": [{**_told(action, learner(request)), "back": action.id < latest} for action in done],
        "latest": latest,
        "may_change": may_change(request.session, lab),
    }
    return render(request, "lab/past.html" if request.headers.get("HX-Request") else "lab/past-page.html", context)


def _told(action: Action, who: str) -> dict[str, Any]:
    """An action by its command, or where it has none by its name."""
    known = VERBS.get(action.verb)
    name = known[language() == "en"] if known else ui("reset", language()) if action.verb == "reset" else action.verb
    return {
        "id": action.id,
        "command": action.command or name,
        "at": action.at,
        "own": action.who == who,
        "undone": action.redo_rv is not None,
    }
