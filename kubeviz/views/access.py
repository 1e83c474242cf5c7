"""Who is asking, and what they may see. A lab is its owner's; whoever has its share link may watch."""

import secrets
from collections.abc import Callable, Iterable
from functools import wraps
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.contrib.auth import SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from .. import actions, queries
from ..models import Classroom, Lab
from ..wording import refusals
from ..wording.ui import UI, ui

LEARNER, SHARED, SEATS = "learner", "shared", "seats"
MOST_WATCHED = 50

View = Callable[..., HttpResponse]


class Ground(NamedTuple):
    """Why a page may watch, so that it can be asked again while it does (`consumers/guard.py`)."""

    session: str = ""
    """The key of its session; empty where the share word alone was enough."""
    share: str = ""
    """Knows this word of the lab's share link, which its owner may change at any time."""
    own_seat: int | None = None
    """Watches a class from this seat."""
    seats: tuple[int, ...] = ()
    lab: str = ""
    """The lab of that word, or one shown to the class of one of the seats, or one of a class that the user teaches."""
    user: int | None = None
    classroom: str = ""
    """The user teaches this class."""


def learner(request: HttpRequest) -> str:
    """The learner behind this browser; made up on the first visit."""
    if LEARNER not in request.session:
        request.session[LEARNER] = secrets.token_urlsafe(16)
    return str(request.session[LEARNER])


def seats(session: Any) -> dict[str, int]:
    """Where this browser sits: the seat by the id of its class."""
    return dict(session.get(SEATS, {}))


def _user(session: Any) -> Any:
    return get_user(SimpleNamespace(session=session)) if SESSION_KEY in session else None  # type: ignore[arg-type]


def may_change(session: Any, lab: Lab) -> bool:
    """Its owner; the lab that a class is shown, also those who teach the class."""
    return _owns(session, lab) or _taught(_user(session), Classroom.objects.filter(lab=lab, closed=None)) is not None


def _owns(session: Any, lab: Lab) -> bool:
    return bool(session.get(LEARNER)) and session[LEARNER] == lab.owner


def _taught(user: Any, classes: Iterable[Classroom]) -> Classroom | None:
    """The first of these classes that the user teaches."""
    return next((c for c in classes if queries.classrooms.teaches(user, c)), None) if user is not None else None


def may_watch(session: Any, lab: Lab) -> bool:
    return ground(session, lab) is not None


def ground(session: Any, lab: Lab) -> Ground | None:
    """On what ground this browser may watch the lab: its own, shared with it, shown to its class, or one it teaches."""
    key = session.session_key or ""
    if _owns(session, lab):
        return Ground(key)
    if knows_share(session.get(SHARED, {}).get(lab.id, ""), lab):
        return Ground(key, share=lab.share, lab=lab.id)
    own = tuple(seats(session).values())
    if own and queries.classrooms.shown_to(lab, own):
        return Ground(key, seats=own, lab=lab.id)
    user = _user(session)
    classroom = _taught(user, queries.classrooms.classes_of_lab(lab))
    return Ground(key, user=user.pk, classroom=classroom.pk, lab=lab.id) if classroom is not None else None


def ground_in_class(session: Any, classroom: Classroom) -> Ground | None:
    """As one who teaches the class, or as one who sits in it."""
    key, user = session.session_key or "", _user(session)
    if user is not None and queries.classrooms.teaches(user, classroom):
        return Ground(key, user=user.pk, classroom=classroom.pk)
    seat = seats(session).get(classroom.pk)
    if seat is not None and queries.classrooms.seats_in([seat]).filter(classroom=classroom).exists():
        return Ground(key, own_seat=seat, seats=(seat,))
    return None


def knows_share(said: str, lab: Lab) -> bool:
    """Whoever says the lab's share word may watch: a frame in somebody's slides has no cookies to be known by."""
    return secrets.compare_digest(said.encode(), lab.share.encode())


def remember_share(request: HttpRequest, lab: Lab) -> None:
    """A share link opens the lab to this browser, to watch, for as long as the link holds."""
    if knows_share(request.GET.get("share", ""), lab):
        known = [(id, word) for id, word in request.session.get(SHARED, {}).items() if id != lab.id]
        request.session[SHARED] = dict([*known, (lab.id, lab.share)][-MOST_WATCHED:])


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def gone(request: HttpRequest) -> HttpResponse:
    """A lab that is not there and one that is somebody else's look the same."""
    if wants_json(request):
        return refused(request, actions.Refused("this lab is gone", code=404))
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


def _said(message: str, language: str) -> str:
    return ui(message, language) if message in UI else refusals.said(message, language)


def in_words(refusal: actions.Refused, language: str) -> actions.Refused:
    """Problems whose message is the key of a word of the page, or one of our own sentences, as the reader reads."""
    problems = [p._replace(message=_said(p.message, language)) for p in refusal.problems]
    return actions.Refused(*problems, code=refusal.code)


def refused(request: HttpRequest, refusal: actions.Refused) -> HttpResponse:
    more = {"Retry-After": str(refusal.wait)} if isinstance(refusal, actions.Throttled) else {}
    refusal = in_words(refusal, (get_language() or "ko").partition("-")[0])
    if wants_json(request) or request.headers.get("HX-Request"):
        return JsonResponse(refusal.as_json(), status=refusal.code, headers=more)
    if more:
        answer = render(request, "busy.html", {"wait": more["Retry-After"]}, status=refusal.code)
        answer["Retry-After"] = more["Retry-After"]
        return answer
    return render(request, "refused.html", {"problems": refusal.problems}, status=refusal.code)
