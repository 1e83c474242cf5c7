"""Who stands at a class's door: one who teaches it, one who sits in it, or nobody who may know that it exists."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from ... import actions, queries
from ...models import Classroom, Seat
from ..access import LEARNER, refused, seats, wants_json

View = Callable[..., HttpResponseBase]


def teaches(request: HttpRequest, classroom: Classroom) -> bool:
    return queries.classrooms.teaches(request.user, classroom)


def seat_of(request: HttpRequest, classroom: Classroom) -> Seat | None:
    """This browser's seat in the class; while it is looked at, the browser is that learner."""
    known = seats(request.session).get(classroom.pk)
    found = classroom.seats.filter(pk=known, removed=None).first() if known else None
    if found is not None and request.session.get(LEARNER) != found.learner:
        request.session[LEARNER] = found.learner
    return found


def of_class(view: View) -> View:
    """The view gets the class in place of its code."""

    @wraps(view)
    def checked(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        classroom = queries.classrooms.by_code(code)
        if classroom is None:
            raise Http404
        try:
            return view(request, classroom, **more)
        except actions.Refused as refusal:
            return refused(request, refusal)

    return checked


def for_staff(view: View) -> View:
    """Only for those who teach the class; to everybody else it does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, classroom: Classroom, **more: Any) -> HttpResponseBase:
        if not teaches(request, classroom):
            raise Http404
        return view(request, classroom, **more)

    return of_class(checked)


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def answer(request: HttpRequest, back: str, **said: Any) -> HttpResponse:
    """To a script what was done, to a form the page it came from."""
    return JsonResponse({"ok": True, **said}) if wants_json(request) else redirect(back)
