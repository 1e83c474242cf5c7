"""One page for each exercise, scenario and lesson. Whatever its buttons do, what is written is saved first."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from ... import actions
from ...actions import attempts, authoring, demonstrating, labs
from ...lessons.checks import Question
from ...lessons.content import content_from
from ...lessons.opening import opened
from ...lessons.setting import at_rest
from ...lessons.suggesting import suggestions
from ...lessons.world import CANNOT
from ...models import Exercise, Scenario, State
from ...queries import setting_of
from ...wording import checks as checked
from ..access import learner, refused
from ..accounts import for_instructors
from ..telling import language
from . import forms
from .desk import own, to_edit
from .fields import PARTS

MOST_PREVIEW = 20_000
Then = Callable[[HttpRequest, str, Any], HttpResponse]


@require_http_methods(["GET", "POST"])
@for_instructors
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """`rows` only rearranges the form; everything else saves it, and then does what `then` says."""
    row = own(request, kind, slug)
    if request.method == "GET":
        return _page(request, row, forms.shown(kind, row, request.user), **_told(request, row))
    if "rows" in request.POST:
        form = forms.rearranged(kind, row, request.POST, request.user)
        return _part(request, row, form) if request.headers.get("HX-Request") else _page(request, row, form, dirty=True)
    form = forms.read(kind, row, request.POST, request.user)
    if form.wrong:
        return _page(request, row, form, status=422, dirty=True)
    flaws = authoring.save(row, form.values)
    if flaws:
        return to_edit(kind, row, "?proof#proof")
    try:
        return THEN.get(request.POST.get("then", ""), _state)(request, kind, row)
    except actions.Refused as refusal:
        return refused(request, refusal)


def _told(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What the page says above the form: that it was saved, or whether it is proven."""
    if "proof" not in request.GET:
        return {"saved": "saved" in request.GET}
    flaws = authoring.flaws_of(row)
    return {"flaws": flaws_said(flaws), "proven": not flaws}


def flaws_said(flaws: list[Any]) -> list[str]:
    return [checked.flaw(flaw.code, flaw.params, language()) for flaw in flaws]


def _page(request: HttpRequest, row: Any, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
    return TemplateResponse(request, "author/edit.html", _context(row, form) | more, status=status)


def _part(request: HttpRequest, row: Any, form: forms.Form) -> HttpResponse:
    """The one part that was rearranged."""
    part = request.POST["rows"].split(" ")[0]
    template = "author/gathered.html" if part == "exercises" else "author/part.html"
    return render(request, template, _context(row, form) | {"part": part, "changed": True})


def _context(row: Any, form: forms.Form) -> dict[str, Any]:
    return {
        "kind": form.kind,
        "row": row,
        "form": form,
        "types": {part: list(PARTS[part]) for part in form.rows},
        "names": _names(row, form),
        "states": [state for state in State.values if state != row.state],
    }


def _names(row: Any, form: forms.Form) -> dict[str, list[str]]:
    """What fields that name something may choose from, as the row is stored."""
    asks = [check.key for check in form.rows.get("checks", ()) if issubclass(PARTS["checks"][check.type], Question)]
    try:
        if isinstance(row, Exercise):
            cluster = opened(content_from(attempts.content_as_stored(row))).cluster
        else:
            cluster = at_rest(setting_of(row if isinstance(row, Scenario) else row.scenario)).cluster
    except (msgspec.ValidationError, ValueError, *CANNOT):
        return {"question": asks}
    return {**suggestions(cluster), "question": asks}


# ── what is done once it is saved ──


def _state(request: HttpRequest, kind: str, row: Any) -> HttpResponse:
    """Publish, share, archive, or back to a draft; nothing where only saving was asked for."""
    state = request.POST.get("then", "")
    if state in State.values and authoring.set_state(row, state):
        return to_edit(kind, row, "?proof#proof")
    return to_edit(kind, row, "?saved")


def _prove(request: HttpRequest, kind: str, row: Any) -> HttpResponse:
    """Start must fail, solution must pass, both languages must be there."""
    return to_edit(kind, row, "?proof#proof")


def _try(request: HttpRequest, kind: str, row: Any) -> HttpResponse:
    """As a learner has it, in its latest version."""
    if isinstance(row, Scenario):
        return redirect("lab", lab_id=labs.open_lab(row, learner(request)).id)
    if not isinstance(row, Exercise):
        return redirect("lesson", slug=row.slug)
    attempt = attempts.start(row, learner(request))
    attempts.restart(attempt.id)
    return redirect("lab", lab_id=attempt.lab_id)


def _play(request: HttpRequest, kind: str, row: Any) -> HttpResponse:
    """A lab in which the start or the solution is played."""
    if not isinstance(row, Exercise):
        return to_edit(kind, row)
    part = "start" if request.POST["then"] == "play_start" else "solution"
    return redirect("lab", lab_id=demonstrating.begin(row, learner(request), part).lab_id)


THEN: dict[str, Then] = {"prove": _prove, "try": _try, "play_start": _play, "play_solution": _play}


# ── while it is written ──


@require_POST
@for_instructors
def preview(request: HttpRequest) -> HttpResponse:
    """Markdown as learners will see it: the one field that was sent."""
    words = {word for kind in forms.KINDS.values() for word in kind.words}
    texts = [value for name, value in request.POST.items() if name.rpartition("_")[0] in words]
    return render(request, "author/preview.html", {"text": (texts or [""])[0][:MOST_PREVIEW]})


@require_POST
@for_instructors
def manifests(request: HttpRequest) -> HttpResponse:
    """Whether manifests load, as the API server says it, each problem at its line."""
    values = {**{k: str(v) for k, v in request.POST.items()}, "addons": request.POST.getlist("addons")}
    return render(request, "author/manifests.html", {"problems": forms.manifest_problems(values)})
