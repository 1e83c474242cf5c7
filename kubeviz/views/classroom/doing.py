"""What is done in a class: one address, one table a role. A name that is in no table of one's own is nobody's."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from ... import queries
from ...actions import Problem, Refused, classes
from ...forms import sent_request
from ...models import Classroom, Seat, Trace
from ..access import learner
from .doors import answer, of_class, seat_of, teaches
from .planning import chosen
from .rooms import own_lab

Said = dict[str, Any]
Staff = Callable[[Classroom, QueryDict, HttpRequest], Said | None]
Learner = Callable[[Classroom, QueryDict, Seat], Said | None]


def whole(data: QueryDict, field: str, default: int | None = None) -> int:
    text = data.get(field, "")
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused(Problem("number_wanted", field), code=400)
    return int(text)


def _minutes(data: QueryDict) -> float:
    try:
        return float(data.get("minutes", "") or 0)
    except ValueError:
        raise Refused(Problem("timer_wrong", "minutes"), code=400) from None


def _ask(classroom: Classroom, data: QueryDict, request: HttpRequest) -> Said:
    asked, _ = sent_request(data)
    return {"question": classes.ask(classroom.pk, data.get("kind", ""), asked).pk}


def _replay(classroom: Classroom, data: QueryDict, request: HttpRequest) -> None:
    trace = Trace.objects.select_related("lab").filter(pk=data.get("trace", "")).first()
    if trace is None:
        raise Refused(Problem("no_lab_yet", "trace"), code=404)
    classes.replay(classroom.pk, trace)


def _show_lab(classroom: Classroom, data: QueryDict, request: HttpRequest) -> Said:
    scenario = queries.scenario(data.get("scenario", ""))
    if scenario is None:
        raise Refused(Problem("item_gone", "scenario"), code=404)
    return {"lab": classes.show_lab(classroom.pk, scenario, learner(request))}


def _yes(data: QueryDict, field: str) -> bool:
    return data.get(field) == "yes"


STAFF: dict[str, Staff] = {
    "follow": lambda c, data, _: classes.follow(c.pk),
    "work": lambda c, data, _: classes.work(c.pk, whole(data, "item", 0) or None),
    "pace": lambda c, data, _: classes.set_pace(c.pk, whole(data, "open")),
    "add_items": lambda c, data, _: classes.add_items(c.pk, chosen(data.getlist("items"))),
    "remove_item": lambda c, data, _: classes.remove_item(c.pk, whole(data, "item")),
    "earlier": lambda c, data, _: classes.move_item(c.pk, whole(data, "item"), -1),
    "later": lambda c, data, _: classes.move_item(c.pk, whole(data, "item"), 1),
    "pause": lambda c, data, _: classes.pause(c.pk, data.get("message", "")),
    "go_on": lambda c, data, _: classes.go_on(c.pk),
    "timer": lambda c, data, _: classes.set_timer(c.pk, _minutes(data)),
    "animals": lambda c, data, _: classes.set_animals(c.pk, _yes(data, "animals")),
    "spotlight": lambda c, data, _: classes.spotlight(c.pk, whole(data, "seat")),
    "spotlight_off": lambda c, data, _: classes.spotlight_off(c.pk),
    "replay": _replay,
    "send_copy": lambda c, data, _: classes.send_copy(c.pk),
    "show_lab": _show_lab,
    "point": lambda c, data, _: classes.point(c.pk, data),
    "ask": _ask,
    "second_round": lambda c, data, _: classes.second_round(c.pk, whole(data, "question")),
    "reveal": lambda c, data, _: {"trace": classes.reveal(c.pk, whole(data, "question")).pk},
    "put_away": lambda c, data, _: classes.put_away(c.pk),
    "rename_class": lambda c, data, _: classes.rename_class(c.pk, data.get("name", "")),
    "renew_code": lambda c, data, _: classes.renew_code(c.pk),
    "joinable": lambda c, data, _: classes.set_joinable(c.pk, _yes(data, "joinable")),
    "rename_seat": lambda c, data, _: classes.rename_seat(c.pk, whole(data, "seat"), data.get("name", "")),
    "remove_seat": lambda c, data, _: classes.remove_seat(c.pk, whole(data, "seat")),
    "reset_learner": lambda c, data, _: classes.reset_learner(c.pk, whole(data, "seat")),
    "hand_down": lambda c, data, _: classes.raise_hand(c.pk, whole(data, "seat"), False),
    "add_helper": lambda c, data, _: classes.add_helper(c.pk, data.get("username", "")),
    "remove_helper": lambda c, data, _: classes.remove_helper(c.pk, data.get("username", "")),
    "close": lambda c, data, _: classes.close_class(c.pk),
    "reopen": lambda c, data, _: classes.reopen_class(c.pk),
    "retention": lambda c, data, _: classes.set_retention(c.pk, whole(data, "days")),
    "forget": lambda c, data, _: {"forgotten": classes.delete_personal_data(c.pk)},
    "delete": lambda c, data, _: classes.delete_class(c.pk),
}

LEARNER: dict[str, Learner] = {
    "hand": lambda c, data, seat: classes.raise_hand(c.pk, seat.pk, _yes(data, "up")),
    "vote": lambda c, data, seat: classes.vote(c.pk, seat.pk, whole(data, "question"), data.get("choice", "")),
    "begin": lambda c, data, seat: {"goto": own_lab(c, seat, whole(data, "item", 0) or None)},
    "done": lambda c, data, seat: classes.solve_scenario(c.pk, seat.pk, whole(data, "item"), _yes(data, "done")),
}


@require_POST
@of_class
def do(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """`do=<name>` of the table of one's role."""
    name = request.POST.get("do", "")
    if teaches(request, classroom):
        if name not in STAFF:
            raise Http404
        said = STAFF[name](classroom, request.POST, request)
        return answer(request, _back(request, classroom), **(said or {}))
    seat = seat_of(request, classroom)
    if seat is None or name not in LEARNER:
        raise Http404
    said = LEARNER[name](classroom, request.POST, seat) or {}
    return answer(request, said.get("goto") or f"/classes/{_code(classroom)}/", **said)


def _back(request: HttpRequest, classroom: Classroom) -> str:
    if request.POST.get("do") == "delete":
        return "/classes/"
    return f"/classes/{_code(classroom)}/{'report' if request.POST.get('from') == 'report' else ''}"


def _code(classroom: Classroom) -> str:
    return classroom.codes.order_by("-created").values_list("code", flat=True).first() or ""
