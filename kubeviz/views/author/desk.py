"""The desk itself: what an author has, and what can be copied, brought in and carried away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ... import actions
from ...actions import authoring, packing
from ...queries.authoring import authored, to_copy, usable_scenarios
from ..access import learner, refused
from ..accounts import for_instructors
from .forms import KINDS

MOST_UPLOAD = 2 << 20


def own(request: HttpRequest, kind: str, slug: str) -> Any:
    """A row of the author's own; anybody else's is not there."""
    found = KINDS[kind].model.objects.filter(owner=request.user, slug=slug).first() if kind in KINDS else None
    if found is None:
        raise Http404
    return found


def to_edit(kind: str, row: Any, query: str = "") -> HttpResponse:
    return redirect(reverse("author_edit", kwargs={"kind": kind, "slug": row.slug}) + query)


@require_GET
@for_instructors
def desk(request: HttpRequest) -> HttpResponse:
    return _desk(request)


def _desk(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "mine": authored(request.user),
        "shipped": to_copy(),
        "usable": usable_scenarios(request.user),
    }
    brought = request.GET.get("brought", "")
    context["brought"] = int(brought) if brought.isascii() and brought.isdecimal() and len(brought) < 4 else 0
    return render(request, "author/desk.html", context | more, status=status)


@require_POST
@for_instructors
def create(request: HttpRequest, kind: str) -> HttpResponse:
    user: Any = request.user
    if kind == "scenarios":
        return to_edit(kind, authoring.create_scenario(user))
    scenario = usable_scenarios(user).filter(slug=request.POST.get("scenario", "")).first()
    if kind not in KINDS or scenario is None:
        raise Http404
    make = authoring.create_lesson if kind == "lessons" else authoring.create_exercise
    return to_edit(kind, make(user, scenario))


@require_POST
@for_instructors
def copy(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Of one's own, or of a shipped one."""
    user: Any = request.user
    row = KINDS[kind].model.objects.filter(slug=slug).first() if kind in KINDS else None
    if row is None or not (row.shipped or row.owner_id == user.id):
        raise Http404
    return to_edit(kind, authoring.copy(row, user))


@require_POST
@for_instructors
def remove(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    try:
        authoring.remove(own(request, kind, slug), learner(request))
    except actions.Refused as refusal:
        return refused(request, refusal)
    return redirect("desk")


@require_GET
@for_instructors
def export(request: HttpRequest) -> HttpResponse:
    """The chosen row (all exercises and lessons, if none is) with what it stands on as one file."""
    rows = authored(request.user)
    slug = request.GET.get("slug")
    chosen = {kind: list(found.filter(slug=slug) if slug else found) for kind, found in rows.items()}
    for lesson in chosen["lessons"] if slug else ():
        chosen["exercises"] += list(authoring.gathered(lesson))
    if not any(chosen.values()):
        return refused(request, actions.Refused("there is nothing to carry away", code=404))
    text = packing.export(chosen["exercises"], chosen["lessons"], chosen["scenarios"])
    disposition = f'attachment; filename="{slug or "kubeviz-exercises"}.yaml"'
    return HttpResponse(text, content_type="application/yaml", headers={"Content-Disposition": disposition})


@require_POST
@for_instructors
def import_pack(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_UPLOAD:
        problem = actions.Problem("choose a YAML file of at most 2 MB", "file")
        return _desk(request, status=422, problems=[problem])
    try:
        rows = packing.import_pack(file.read().decode("utf-8", errors="replace"), user)
    except actions.Refused as refusal:
        return _desk(request, status=422, problems=refusal.problems)
    exercises = [row for row in rows if type(row) is KINDS["exercises"].model]
    return to_edit("exercises", exercises[0]) if len(exercises) == 1 else redirect(f"/author/?brought={len(rows)}")
