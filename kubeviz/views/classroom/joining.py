"""Into a class: by code, by QR, or back to one's own seat. No account; a nickname is enough."""

from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ... import actions, queries
from ...actions import classes
from ...environment import lan_addresses
from ...models import Classroom, Seat
from ..access import LEARNER, SEATS, in_words, seats
from ..labs import language
from .doors import address, of_class, seat_of, teaches

MOST_SEATS_OF_BROWSER = 12


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """`/join/` and `/j/<code>`: the code, then a name. Whoever is in already goes on to the class."""
    code = code or request.POST.get("code", "") or request.GET.get("code", "")
    inside = _inside(request, code)
    if inside is not None:
        return inside
    if request.method == "GET":
        return render(request, "classroom/join.html", {"code": code, "errors": {}})
    try:
        classroom = classes.find_class(code, address(request))
        seat = classes.take_seat(classroom.pk, request.POST.get("name", ""), request.session.get(LEARNER, ""))
    except actions.Refused as refusal:
        return _again(request, "classroom/join.html", refusal, code=code, name=request.POST.get("name", ""))
    sit_down(request, seat)
    return redirect("class", code=queries.classrooms.current_code(classroom))


def _inside(request: HttpRequest, code: str) -> HttpResponse | None:
    classroom = queries.classrooms.by_code(code) if code else None
    if classroom is None or "new" in request.GET or "new" in request.POST:
        return None
    mine = seat_of(request, classroom) is not None and not classroom.closed
    return redirect("class", code=code) if mine or teaches(request, classroom) else None


def sit_down(request: HttpRequest, seat: Seat) -> None:
    """The browser takes the seat, with a new session key: one that was planted before knows nothing now."""
    request.session.cycle_key()
    known = {**seats(request.session), seat.classroom_id: seat.pk}
    request.session[SEATS] = dict(list(known.items())[-MOST_SEATS_OF_BROWSER:])
    request.session[LEARNER] = seat.learner


@never_cache
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Back to one's seat from another device, or after the browser forgot: with the personal code."""
    if request.method == "GET":
        return render(request, "classroom/resume.html", {"errors": {}})
    try:
        seat = classes.resume_seat(request.POST.get("resume", ""), address(request))
    except actions.Refused as refusal:
        return _again(request, "classroom/resume.html", refusal, resume=request.POST.get("resume", ""))
    sit_down(request, seat)
    return redirect("class", code=queries.classrooms.current_code(seat.classroom))


def _again(request: HttpRequest, template: str, refusal: actions.Refused, **sent: Any) -> HttpResponse:
    errors: dict[str, str] = {}
    for problem in in_words(refusal, language()).problems:
        errors.setdefault(problem.field or "all", problem.message)
    wait = getattr(refusal, "wait", None)
    return render(request, template, {"errors": errors, "wait": wait, **sent}, status=refusal.code)


@require_GET
@of_class
def qr(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """The join address as a QR code."""
    code = queries.classrooms.current_code(classroom)
    if not code or not (teaches(request, classroom) or seat_of(request, classroom)):
        raise Http404
    made = segno.make(join_address(request, code), error="m")
    picture = BytesIO()
    made.save(picture, kind="svg", border=2, dark="#000", light="#fff", omitsize=True)
    return HttpResponse(
        picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"}
    )


def join_address(request: HttpRequest, code: str) -> str:
    """Where the class's own devices find this page: a laptop that was opened as 127.0.0.1 is somewhere else to them."""
    return f"{request.scheme}://{_host(request)}/j/{code}"


def _host(request: HttpRequest) -> str:
    host, _, port = request.get_host().partition(":")
    if host not in ("127.0.0.1", "localhost"):
        return request.get_host()
    outside = next(iter(lan_addresses()), host) if is_open_to_network() else host
    return f"{outside}:{port}" if port else outside


def is_open_to_network() -> bool:
    """Whether other devices reach this server at all (HOST=0.0.0.0)."""
    return any(address in settings.ALLOWED_HOSTS for address in lan_addresses()) or "*" in settings.ALLOWED_HOSTS
