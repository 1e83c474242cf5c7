"""Playing the start or the solution at the author's desk: what was done in the lab, to be chosen from."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ... import actions
from ...actions import demonstrating
from ...models import Demonstration
from ...wording import checks as checked
from ..access import refused
from ..accounts import for_instructors
from ..telling import language
from .desk import own, to_edit


@require_http_methods(["GET", "POST"])
@for_instructors
def played(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done and what it proposes, each with a box to tick; what is ticked is taken."""
    exercise = own(request, "exercises", slug)
    found = Demonstration.objects.select_related("exercise", "lab").filter(exercise=exercise).first()
    if found is None:
        raise Http404
    if request.method == "GET":
        return render(request, "author/played.html", {"exercise": exercise, **_context(found)})
    try:
        demonstrating.take(found, _numbers(request.POST, "step"), _numbers(request.POST, "check"))
    except actions.Refused as refusal:
        return refused(request, refusal)
    return to_edit("exercises", exercise, f"?saved#part-{found.part}")


def _context(found: Demonstration) -> dict[str, Any]:
    shown = demonstrating.shown(found)
    return {
        "part": found.part,
        "lab_id": found.lab_id,
        "steps": [{"type": step.__struct_config__.tag, "command": step.command()} for step in shown.steps],
        "checks": [_proposed(msgspec.to_builtins(check), n < shown.likely) for n, check in enumerate(shown.checks)],
    }


def _proposed(check: dict[str, Any], ticked: bool) -> dict[str, Any]:
    bare = checked.title({**check, "title_ko": "", "title_en": ""}, language())
    title = checked.title(check, language())
    return {"type": check["check"], "title": title, "asks": bare if bare != title else "", "ticked": ticked}


def _numbers(data: QueryDict, name: str) -> list[int]:
    return [int(n) for n in data.getlist(name) if n.isascii() and n.isdecimal() and len(n) < 4]
