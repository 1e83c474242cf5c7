"""The terminal drawer's doors: open it, type a line, complete a word. Only who may change the lab."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from ..actions import terminal
from ..actions.errors import Problem, Refused
from ..models import Lab
from ..terminal.limits import MOST_TEXT
from .access import learner, of_lab
from .labs import language
from .telling import told

MOST_COMPLETED = 4000


@require_GET
@of_lab(change=True)
def opened(request: HttpRequest, lab: Lab) -> HttpResponse:
    return JsonResponse(terminal.opened(lab, learner(request)))


@require_GET
@of_lab(change=True)
def completed(request: HttpRequest, lab: Lab) -> HttpResponse:
    line = request.GET.get("line", "")[-MOST_COMPLETED:]
    return JsonResponse(terminal.completed(lab, line, learner(request))._asdict())


@require_POST
@of_lab(change=True)
def typed(request: HttpRequest, lab: Lab) -> HttpResponse:
    """One line, or with `since` the followed command once more."""
    text, since = request.POST.get("line", ""), request.POST.get("since", "")
    if len(text) > MOST_TEXT:
        raise Refused(Problem(f"at most {MOST_TEXT:,} characters", "line"), code=413)
    if since and not (since.isascii() and since.isdecimal() and len(since) < 16):
        raise Refused(Problem("since is a version of the lab", "since"), code=400)
    found = terminal.type_line(
        lab.id, text, who=learner(request), language=language(), since=int(since) if since else None
    )
    follow = found.follow._asdict() if found.follow else None
    return JsonResponse({**found._asdict(), "follow": follow, "traces": [told(trace) for trace in found.traces]})
