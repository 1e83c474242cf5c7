"""A class's pages: by role the console, the learner's page or the way to the learner's own lab; the projector."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ... import actions, queries
from ...actions import classes
from ...models import Classroom, Lab, Seat
from ...queries.classrooms import LEARNER, PROJECTOR, STAFF
from ..access import in_words, learner
from ..accounts import for_instructors
from ..labs import language
from .doors import for_staff, of_class, seat_of, teaches
from .joining import is_open_to_network, join_address
from .planning import choices, chosen

FIRST_PLAN = ("snackbar",)


@never_cache
@for_instructors
@require_http_methods(["GET", "POST"])
def classrooms(request: HttpRequest) -> HttpResponse:
    """My classes, and a new one."""
    if request.method == "GET":
        classes.sweep()
        return _shelf(request)
    try:
        planned = chosen(request.POST.getlist("items"))
        found = classes.create_class(request.user, request.POST.get("name", ""), planned, learner(request))
    except actions.Refused as refusal:
        problems = in_words(refusal, language()).problems
        errors = {problem.field: problem.message for problem in problems}
        return _shelf(request, status=refusal.code, errors=errors, name=request.POST.get("name", ""))
    return redirect("class", code=queries.classrooms.current_code(found))


def _shelf(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    own = [{"classroom": c, "code": _any_code(c)} for c in queries.classrooms.classes_of(request.user)]
    context = {"classes": own, "errors": {}, "plan": choices(), "first": FIRST_PLAN, "language": language()}
    return render(request, "classroom/classes.html", {**context, **more}, status=status)


def _any_code(classroom: Classroom) -> str:
    return classroom.codes.order_by("-created").values_list("code", flat=True).first() or ""


@never_cache
@require_GET
@of_class
def room(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """`/classes/<code>/`."""
    if teaches(request, classroom):
        return console(request, classroom)
    seat = seat_of(request, classroom)
    if seat is None:
        return redirect(f"/join/?code={queries.classrooms.current_code(classroom)}")
    if classroom.mode == Classroom.WORK and not classroom.closed:
        return redirect(own_lab(classroom, seat))
    return render(request, "classroom/learner.html", {**about(request, classroom), "seat": seat, "audience": LEARNER})


def own_lab(classroom: Classroom, seat: Seat, item: int | None = None) -> str:
    """The address of the lab in which the learner works on an item of the plan."""
    cell = classes.begin(classroom.pk, seat.pk, item)
    return f"/labs/{cell.lab_id}/"


def console(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    context = {
        **about(request, classroom),
        "audience": STAFF,
        "helpers": classroom.helpers.order_by("username"),
        "scenarios": queries.scenarios(),
        "plan": choices(),
        "open_to_network": is_open_to_network(),
        "language": language(),
    }
    return render(request, "classroom/console.html", context)


@never_cache
@require_GET
@for_staff
def projector(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """What the class sees on the wall: large, calm, and without anybody's name unless names are shown."""
    return render(request, "classroom/projector.html", {**about(request, classroom), "audience": PROJECTOR})


def about(request: HttpRequest, classroom: Classroom) -> dict[str, Any]:
    code = queries.classrooms.current_code(classroom)
    return {
        "classroom": classroom,
        "code": code or _any_code(classroom),
        "join_address": join_address(request, code) if code else "",
        "items": queries.classrooms.items(classroom),
    }


@never_cache
@require_GET
@of_class
def state(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """All that this page may see, at once: at the start, and whenever something was missed."""
    staff = teaches(request, classroom)
    seat = None if staff else seat_of(request, classroom)
    if not staff and seat is None:
        raise Http404
    audience = LEARNER if not staff else PROJECTOR if request.GET.get("as") == PROJECTOR else STAFF
    news = queries.classrooms.news(classroom.pk, audience, 0)
    if news is None:
        raise Http404
    elements = [element for element in news.elements.values() if element is not None]
    own = queries.classrooms.own(seat, classroom) if seat else None
    return JsonResponse({"rv": news.rv, "elements": elements, "you": own})


@never_cache
@require_GET
@for_staff
def seat(request: HttpRequest, classroom: Classroom, seat_id: int) -> HttpResponse:
    """A look into a learner's lab: the stage as it is, nothing to touch."""
    found = classroom.seats.select_related("lab").filter(pk=seat_id).first()
    if found is None:
        raise Http404
    cells = found.cells.select_related("item__scenario", "item__exercise", "lab").order_by("item__order")
    wanted = request.GET.get("lab", "")
    labs = {cell.lab_id: cell.lab for cell in cells if cell.lab_id}
    lab: Lab | None = None if found.removed else labs.get(wanted) or found.lab
    context = {**about(request, classroom), "seat": found, "cells": cells, "looked": lab, "language": language()}
    return render(request, "classroom/seat.html", context)
