"""Who is asking, and what they may see. A lab is its owner's; whoever has its share link may watch."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .. import actions
from ..models import Lab

LEARNER, WATCHED = "learner", "watched"
MOST_WATCHED = 50

View = Callable[..., HttpResponse]


def learner(request: HttpRequest) -> str:
    """The learner behind this browser; made up on the first visit."""
    if LEARNER not in request.session:
        request.session[LEARNER] = secrets.token_urlsafe(16)
    return str(request.session[LEARNER])


def may_change(session: Any, lab: Lab) -> bool:
    return bool(session.get(LEARNER)) and session[LEARNER] == lab.owner


def may_watch(session: Any, lab: Lab) -> bool:
    return may_change(session, lab) or lab.id in session.get(WATCHED, ())


def knows_share(said: str, lab: Lab) -> bool:
    """Whoever says the lab's share word may watch: a frame in somebody's slides has no cookies to be known by."""
    return secrets.compare_digest(said.encode(), lab.share.encode())


def remember_share(request: HttpRequest, lab: Lab) -> None:
    """A share link opens the lab to this browser, to watch."""
    if knows_share(request.GET.get("share", ""), lab):
        known = [found for found in request.session.get(WATCHED, []) if found != lab.id]
        request.session[WATCHED] = [*known, lab.id][-MOST_WATCHED:]


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def gone(request: HttpRequest) -> HttpResponse:
    """A lab that is not there and one that is somebody else's look the same."""
    if wants_json(request):
        return JsonResponse({"errors": [{"message": "this lab is gone", "field": "", "line": 0}]}, status=404)
    return render(request, "lab/gone.html", status=404)


def _allowed(request: HttpRequest, lab: Lab, change: bool) -> bool:
    if change:
        return may_change(request.session, lab)
    return knows_share(request.GET.get("share", ""), lab) or may_watch(request.session, lab)


def of_lab(change: bool = False) -> Callable[[View], View]:
    """The view gets the lab in place of its id, if the browser may watch (or change) it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, lab_id: str, **more: Any) -> HttpResponse:
            lab = Lab.objects.select_related("scenario").filter(id=lab_id).first()
            if lab is None:
                return gone(request)
            if not _allowed(request, lab, change):
                return gone(request)
            try:
                return view(request, lab, **more)
            except actions.Refused as refusal:
                return refused(request, refusal)

        return checked

    return decorate


def refused(request: HttpRequest, refusal: actions.Refused) -> HttpResponse:
    if wants_json(request) or request.headers.get("HX-Request"):
        return JsonResponse(refusal.as_json(), status=refusal.code)
    return render(request, "refused.html", {"problems": refusal.problems}, status=refusal.code)
