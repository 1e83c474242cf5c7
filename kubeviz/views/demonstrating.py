"""Playing the solution at the author's desk: begin in a lab, then choose what becomes steps and checks."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..actions import demonstrating
from ..models import Demonstration, Exercise
from ..wording import checks as checked
from .access import learner, refused
from .accounts import for_instructors
from .authoring import own
from .telling import language


@require_POST
@for_instructors
def play(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = demonstrating.begin(own(request, "exercises", slug), learner(request))
    except actions.Refused as refusal:
        return refused(request, refusal)
    return redirect("lab", lab_id=found.lab_id)


@require_http_methods(["GET", "POST"])
@for_instructors
def played(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done and what it proposes, each with a box to tick; what is ticked is taken."""
    exercise = own(request, "exercises", slug)
    found = Demonstration.objects.select_related("exercise", "lab").filter(exercise=exercise).first()
    if found is None:
        raise Http404
    if request.method == "GET":
        return render(request, "author/played.html", _context(exercise, found))
    try:
        demonstrating.take(found, _numbers(request.POST, "step"), _numbers(request.POST, "check"))
    except actions.Refused as refusal:
        return refused(request, refusal)
    return redirect("author_edit", kind="exercises", slug=slug)


def _context(exercise: Exercise, found: Demonstration) -> dict[str, Any]:
    shown = demonstrating.shown(found)
    checks = [(check, checked.title(msgspec.to_builtins(check), language())) for check in shown.checks]
    return {
        "exercise": exercise,
        "lab_id": found.lab_id,
        "steps": [{"type": step.__struct_config__.tag, "command": step.command()} for step in shown.steps],
        "checks": [{"type": check.__struct_config__.tag, "title": title} for check, title in checks],
    }


def _numbers(data: QueryDict, name: str) -> list[int]:
    return [int(n) for n in data.getlist(name) if n.isascii() and n.isdecimal() and len(n) < 4]
