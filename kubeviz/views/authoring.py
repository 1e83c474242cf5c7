"""The author's desk: exercises and scenarios, made, tried, proven, published, and carried away as files."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import actions
from ..actions import attempts, authoring, proving
from ..models import Exercise, Scenario
from ..queries.authoring import authored, to_copy, usable_scenarios
from ..wording import checks as checked
from . import author_forms
from .access import learner, refused
from .accounts import for_instructors
from .fields import PARTS, blank
from .telling import language

MODELS: dict[str, Any] = {"exercises": Exercise, "scenarios": Scenario}
MOST_UPLOAD = 2 << 20


def own(request: HttpRequest, kind: str, slug: str) -> Any:
    """A row of the author's own; anybody else's is not there."""
    found = MODELS[kind].objects.filter(owner=request.user, slug=slug).first() if kind in MODELS else None
    if found is None:
        raise Http404
    return found


@require_GET
@for_instructors
def desk(request: HttpRequest) -> HttpResponse:
    context = {**authored(request.user), "shipped": to_copy(), "usable": usable_scenarios(request.user)}
    return render(request, "author/desk.html", context)


@require_POST
@for_instructors
def create(request: HttpRequest, kind: str) -> HttpResponse:
    user: Any = request.user
    if kind == "scenarios":
        return _edit(kind, authoring.create_scenario(user))
    scenario = usable_scenarios(user).filter(slug=request.POST.get("scenario", "")).first()
    if kind != "exercises" or scenario is None:
        raise Http404
    return _edit(kind, authoring.create_exercise(user, scenario))


def _edit(kind: str, row: Any) -> HttpResponse:
    return redirect("author_edit", kind=kind, slug=row.slug)


@require_http_methods(["GET", "POST"])
@for_instructors
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    row = own(request, kind, slug)
    if request.method == "GET":
        return _page(request, kind, row, author_forms.shown(row, request.user))
    form = author_forms.read(row, request.POST, request.user)
    if not form.values:
        return _page(request, kind, row, form, status=422)
    flaws = authoring.save(row, form.values)
    return _page(request, kind, row, author_forms.shown(row, request.user), saved=True, flaws=_said(flaws))


def _page(request: HttpRequest, kind: str, row: Any, form: author_forms.Form, **more: Any) -> HttpResponse:
    context = {"kind": kind, "row": row, "form": form, "types": {part: list(PARTS[part]) for part in PARTS}, **more}
    return TemplateResponse(request, "author/edit.html", context, status=more.get("status", 200))


def _said(flaws: list[Any]) -> list[str]:
    return [checked.flaw(flaw.code, flaw.params, language()) for flaw in flaws]


@require_POST
@for_instructors
def copy(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Of one's own, or of a shipped one."""
    user: Any = request.user
    model = MODELS.get(kind)
    row = model.objects.filter(slug=slug).first() if model else None
    if row is None or not (row.shipped or row.owner_id == user.id):
        raise Http404
    return _edit(kind, authoring.copy(row, user))


@require_POST
@for_instructors
def state(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Publish, share, archive, or back to a draft."""
    row = own(request, kind, slug)
    try:
        flaws = authoring.set_state(row, request.POST.get("state", ""))
    except actions.Refused as refusal:
        return refused(request, refusal)
    if not flaws:
        return _edit(kind, row)
    return _page(request, kind, row, author_forms.shown(row, request.user), flaws=_said(flaws), status=422)


@require_POST
@for_instructors
def prove(request: HttpRequest, slug: str) -> HttpResponse:
    """Start must fail, solution must pass, both languages must be there."""
    row = own(request, "exercises", slug)
    flaws = proving.prove(row)
    context = {"flaws": _said(flaws), "proven": not flaws}
    if request.headers.get("HX-Request"):
        return render(request, "author/proof.html", context)
    return _page(request, "exercises", row, author_forms.shown(row, request.user), **context)


@require_POST
@for_instructors
def try_it(request: HttpRequest, slug: str) -> HttpResponse:
    """The exercise as a learner has it, in its latest version."""
    row = own(request, "exercises", slug)
    try:
        attempt = attempts.start(row, learner(request))
        attempts.restart(attempt.id)
    except (actions.Refused, msgspec.ValidationError) as error:
        refusal = error if isinstance(error, actions.Refused) else actions.Refused(str(error))
        return refused(request, refusal)
    return redirect("lab", lab_id=attempt.lab_id)


@require_GET
@for_instructors
def row(request: HttpRequest, part: str) -> HttpResponse:
    """A blank row for the form."""
    kind = request.GET.get("type", "")
    if part not in PARTS or kind not in PARTS[part]:
        raise Http404
    return render(request, "author/row.html", {"row": blank(part, kind)})


@require_POST
@for_instructors
def preview(request: HttpRequest) -> HttpResponse:
    """Markdown as learners will see it: the one field that was sent."""
    texts = [value for name, value in request.POST.items() if name.partition("_")[0] in ("text", "done", "note")]
    return render(request, "author/preview.html", {"text": (texts or [""])[0][:20_000]})


@require_POST
@for_instructors
def manifests(request: HttpRequest) -> HttpResponse:
    """Whether manifests load, as the API server says it, each problem at its line."""
    problems = author_forms.manifest_problems(request.POST)
    return render(request, "author/manifests.html", {"problems": problems})


@require_GET
@for_instructors
def export(request: HttpRequest) -> HttpResponse:
    """The chosen exercises (all, if none is) with their scenarios as one file."""
    chosen = request.GET.getlist("slug")
    mine = authored(request.user)["exercises"]
    rows = list(mine.filter(slug__in=chosen) if chosen else mine)
    if not rows:
        return refused(request, actions.Refused("there is no exercise to export", code=404))
    name = rows[0].slug if len(rows) == 1 else "kubeviz-exercises"
    disposition = f'attachment; filename="{name}.yaml"'
    return HttpResponse(
        authoring.export(rows), content_type="application/yaml", headers={"Content-Disposition": disposition}
    )


@require_POST
@for_instructors
def import_pack(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_UPLOAD:
        refusal = actions.Refused(actions.Problem("choose a YAML file of at most 2 MB", "file"))
        return _desk_with(request, refusal)
    try:
        rows = authoring.import_pack(file.read().decode("utf-8", errors="replace"), user)
    except actions.Refused as refusal:
        return _desk_with(request, refusal)
    return _edit("exercises", rows[0]) if len(rows) == 1 else redirect(reverse("desk"))


def _desk_with(request: HttpRequest, refusal: actions.Refused) -> HttpResponse:
    context = {**authored(request.user), "shipped": to_copy(), "usable": usable_scenarios(request.user)}
    return render(request, "author/desk.html", {**context, "problems": refusal.problems}, status=422)
