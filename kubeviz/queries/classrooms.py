"""What the pages of a class show, as elements by id like those of a lab's stage: who may see what is decided here.

Three audiences: `learner` sees what everybody does, `projector` also counts and (shown) names, `staff` all of it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import Cell, Classroom, Item, JoinCode, Lab, Misconception, Question, Seat, Tally

LEARNER, PROJECTOR, STAFF = AUDIENCES = ("learner", "projector", "staff")

Element = dict[str, Any]


class News(NamedTuple):
    """What changed since a version: elements by id, None for what is gone. `rv` is the latest of their versions."""

    rv: int
    elements: dict[str, Element | None]


def by_code(code: str) -> Classroom | None:
    """The class that a code leads to, be it the latest or an older one."""
    found = JoinCode.objects.select_related("classroom").filter(code=code.lower()).first()
    return found.classroom if found else None


def current_code(classroom: Classroom) -> str:
    found = classroom.codes.filter(ended=None).order_by("-created").values_list("code", flat=True).first()
    return found or ""


def classes_of(user: Any) -> QuerySet[Classroom]:
    """An instructor's own classes and those they help in; all of them for an admin."""
    every = Classroom.objects.order_by("-created")
    return every if user.is_superuser else every.filter(Q(owner=user) | Q(helpers=user)).distinct()


def teaches(user: Any, classroom: Classroom) -> bool:
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return False
    own = user.is_superuser or classroom.owner_id == user.pk
    return own or classroom.helpers.filter(pk=user.pk).exists()


def seats_in(seat_ids: Iterable[int]) -> QuerySet[Seat]:
    """Those of these seats that are still taken in a class that is still open."""
    return Seat.objects.filter(pk__in=list(seat_ids), removed=None, classroom__closed=None)


def shown_to(lab: Lab, seat_ids: Iterable[int]) -> bool:
    """Whether a class shows this lab to one who sits there: the instructor's own, or one in the spotlight."""
    open_classes = seats_in(seat_ids).values("classroom")
    shown = Q(lab=lab, spotlight_lab=None) | Q(spotlight_lab=lab)
    return Classroom.objects.filter(shown, pk__in=open_classes).exists()


def classes_of_lab(lab: Lab) -> QuerySet[Classroom]:
    """Those that show this lab, or where somebody sits who works in it."""
    return Classroom.objects.filter(pk__in=[pk for pk, _ in labs_in_classes([lab.pk])]).order_by("-created")


def labs_in_classes(lab_ids: Iterable[str]) -> set[tuple[str, str]]:
    """(class, lab) for each of these labs and each class whose staff may look into it."""
    wanted = list(lab_ids)
    shown = Classroom.objects.filter(lab__in=wanted).values_list("pk", "lab_id")
    lit = Classroom.objects.filter(spotlight_lab__in=wanted).values_list("pk", "spotlight_lab_id")
    seats = Cell.objects.filter(lab__in=wanted, seat__removed=None).values_list("classroom_id", "lab_id")
    return {(classroom, lab) for classroom, lab in (*shown, *lit, *seats) if lab}


def class_of_lab(lab: Lab) -> Classroom | None:
    """The class whose instructor shows this lab, or whose learner works in it."""
    shown = Classroom.objects.filter(Q(lab=lab) | Q(cells__lab=lab)).distinct().order_by("-created").first()
    return shown or Classroom.objects.filter(spotlight_lab=lab).first()


def classroom_version(classroom_ids: list[str]) -> dict[str, int]:
    return dict(Classroom.objects.filter(pk__in=classroom_ids).values_list("pk", "rv"))


# ── elements ──


def news(classroom_id: str, audience: str, after: int, until: int | None = None) -> News | None:
    """What *audience* has not seen since version *after*, as far as *until*; None where the class is gone."""
    classroom = Classroom.objects.filter(pk=classroom_id).first()
    if classroom is None:
        return None
    found: dict[str, Element | None] = {}
    latest = after
    for rv, id, element in _changed(classroom, audience, after):
        if until is None or rv <= until:
            found[id] = element
            latest = max(latest, rv)
    return News(latest, found)


def _changed(classroom: Classroom, audience: str, after: int) -> Iterable[tuple[int, str, Element | None]]:
    if classroom.shown_rv > after:
        yield classroom.shown_rv, "class", class_element(classroom, audience)
    if classroom.pointer_rv > after:
        yield classroom.pointer_rv, "pointer", {"id": "pointer", "type": "pointer", **classroom.pointer}
    since = {"classroom": classroom, "rv__gt": after}
    for question in Question.objects.filter(**since):
        yield question.rv, f"question/{question.pk}", None if question.over else question_element(question)
    if audience == LEARNER:
        return
    for tally in Tally.objects.filter(**since, question__over=False).select_related("question"):
        yield tally.rv, f"tally/{tally.pk}", tally_element(tally, audience)
    for seat in Seat.objects.filter(**since):
        yield seat.rv, f"seat/{seat.pk}", None if seat.removed else seat_element(seat, classroom, audience)
    yield from _staff_changed(since, audience)


def _staff_changed(since: dict[str, Any], audience: str) -> Iterable[tuple[int, str, Element | None]]:
    for cell in Cell.objects.filter(**since, seat__removed=None).select_related("item"):
        shown = None if cell.item.removed else cell_element(cell, audience)
        yield cell.rv, f"cell/{cell.seat_id}/{cell.item_id}", shown
    if audience != STAFF:
        return
    for row in Misconception.objects.filter(**since).select_related("item"):
        yield row.rv, f"misconception/{row.pk}", None if row.item.removed else misconception_element(row)


def class_element(classroom: Classroom, audience: str) -> Element:
    shown = classroom.spotlight_lab_id or classroom.lab_id
    return {
        "id": "class",
        "type": "class",
        "name": classroom.name,
        "mode": classroom.mode,
        "lab": shown,
        "spotlight": classroom.spotlight_lab_id is not None,
        "items": [_item(item, classroom) for item in items(classroom)],
        "item": classroom.item_id,
        "paused": classroom.paused,
        "message": classroom.message,
        "timer": classroom.timer_ends and classroom.timer_ends.isoformat(),
        "seated": classroom.seated,
        "closed": classroom.closed is not None,
        "animals": classroom.animals,
        **({} if audience == LEARNER else {"code": current_code(classroom), "joinable": classroom.joinable}),
    }


def items(classroom: Classroom) -> list[Item]:
    """The plan, in order."""
    return list(classroom.plan.select_related("scenario", "exercise").order_by("order"))


def _item(item: Item, classroom: Classroom) -> Element:
    return {
        "id": item.pk,
        "ko": item.title("ko"),
        "en": item.title("en"),
        "exercise": item.exercise_id is not None,
        "open": item.order < classroom.pace,
    }


def question_element(question: Question) -> Element:
    """Nobody sees what is right, or who chose what, before it is shown."""
    shown = question.state == Question.SHOWN
    return {
        "id": f"question/{question.pk}",
        "type": "question",
        "kind": question.kind,
        "request": question.request,
        "choices": question.choices,
        "round": question.round,
        "state": question.state,
        "right": question.right if shown else [],
        "trace": question.trace_id if shown else None,
        "tallies": _tallies(question) if shown else [],
    }


def _tallies(question: Question) -> list[list[Any]]:
    """[round, choice, count], most votes first."""
    rows = question.tallies.exclude(choice="").order_by("round", "-count", "choice")
    return [list(row) for row in rows.values_list("round", "choice", "count")]


def tally_element(tally: Tally, audience: str) -> Element | None:
    """The projector gets the sum of a round alone; what was chosen comes with the question once it is shown."""
    if audience == PROJECTOR and tally.choice:
        return None
    return {
        "id": f"tally/{tally.pk}",
        "type": "tally",
        "question": f"question/{tally.question_id}",
        "round": tally.round,
        "choice": tally.choice,
        "count": tally.count,
    }


def seat_element(seat: Seat, classroom: Classroom, audience: str) -> Element:
    id, shared = f"seat/{seat.pk}", {"type": "seat", "number": seat.number}
    if audience == PROJECTOR:
        return {"id": id, **shared, "name": None if classroom.animals else seat.name}
    hand = seat.hand and seat.hand.isoformat()
    here = {"online": seat.online, "hand": hand, "lab": seat.lab_id}
    return {"id": id, **shared, "name": seat.name, **here, "resume": seat.resume}


def cell_element(cell: Cell, audience: str) -> Element:
    id = f"cell/{cell.seat_id}/{cell.item_id}"
    found = {"id": id, "type": "cell", "item": cell.item_id, "state": cell.state}
    if audience == PROJECTOR:
        return found
    return {
        **found,
        "seat": f"seat/{cell.seat_id}",
        "lab": cell.lab_id,
        "failing": cell.failing,
        "hints": cell.hints,
        "score": cell.score,
        "tries": cell.tries,
        "started": cell.started.isoformat(),
        "solved": cell.solved and cell.solved.isoformat(),
    }


def misconception_element(row: Misconception) -> Element:
    return {
        "id": f"misconception/{row.pk}",
        "type": "misconception",
        "item": row.item_id,
        "reason": row.reason,
        "target": row.target,
        "say": row.said,
        "count": row.count,
        "trace": row.trace_id,
    }


# ── one learner's own ──


def own(seat: Seat, classroom: Classroom) -> Element:
    """What only the learner at this seat is told."""
    question = classroom.questions.filter(over=False).order_by("-pk").first()
    votes = dict(seat.votes.filter(question=question).values_list("round", "choice")) if question else {}
    return {
        "type": "you",
        "seat": seat.pk,
        "name": seat.name,
        "resume": seat.resume,
        "hand": seat.hand is not None,
        "lab": seat.lab_id,
        "question": question and f"question/{question.pk}",
        "votes": votes,
        "now": timezone.now().isoformat(),
    }


def changed_seats(classroom_id: str, seat_ids: Iterable[int], after: int) -> list[Seat]:
    """Those of *seat_ids* that changed since version *after*."""
    found = Seat.objects.select_related("classroom").filter(classroom=classroom_id, rv__gt=after, removed=None)
    return list(found.filter(pk__in=list(seat_ids)))
