"""The course: its shelf, a page for each lesson and exercise, and what a learner does in the panel of their lab."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..actions import attempts, visits
from ..models import Attempt, Exercise, Lab, Lesson, Visit
from .access import learner, of_lab
from .panel import exercise_line, exercises_of, panel_of, remembered
from .telling import about, language


@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Every lesson with its exercises, and how far this learner has come."""
    known, opened = queries.attempts_of(learner(request)), queries.visited_by(learner(request))
    lessons = [_card(lesson, known, opened) for lesson in queries.shelf()]
    loose = [exercise_line(e, known.get(e.id), language()) for e in queries.loose_exercises()]
    every = [e for card in lessons for e in card["exercises"]] + loose
    progress = {
        "done": sum(e["state"] == Attempt.SOLVED for e in every),
        "all": len(every),
        "points": sum(e["score"] for e in every),
        "most": sum(e["points"] for e in every),
    }
    return render(
        request, "lessons/shelf.html", {"lessons": lessons, "loose": loose, "next": _next(lessons), **progress}
    )


def _card(lesson: Lesson, known: dict[int, Attempt], opened: set[int]) -> dict[str, Any]:
    exercises = [exercise_line(e, known.get(e.id), language()) for e in lesson.exercises.all()]
    begun = lesson.id in opened or any(e["state"] != "new" for e in exercises)
    done = bool(exercises) and all(e["state"] == Attempt.SOLVED for e in exercises)
    return {
        "slug": lesson.slug,
        "title": lesson.said("title", language()),
        "about": lesson.said("remember", language()).strip().partition("\n")[0].removeprefix("- "),
        "exercises": exercises,
        "opened": lesson.id in opened,
        "state": "done" if done else "begun" if begun else "new",
    }


def _next(lessons: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What to do now: in the first lesson that is not done, its text if nobody has opened it, else an exercise."""
    card = next((card for card in lessons if card["state"] != "done"), None)
    if card is None:
        return None
    exercise = next((e for e in card["exercises"] if e["state"] != Attempt.SOLVED), None)
    if exercise is None or card["state"] == "new":
        return {"kind": "lesson", "slug": card["slug"], "title": card["title"], "of": ""}
    return {"kind": "exercise", "slug": exercise["slug"], "title": exercise["title"], "of": card["title"]}


def _lesson(request: HttpRequest, slug: str) -> Lesson:
    found = queries.lesson(slug, request.user, request.GET.get("share", ""))
    if found is None:
        raise Http404
    return found


def _exercise(request: HttpRequest, slug: str) -> Exercise:
    share = request.POST.get("share") or request.GET.get("share", "")
    found = queries.exercise(slug, request.user, share)
    if found is None:
        raise Http404
    return found


@require_GET
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    """A lesson to read; its lab opens from here."""
    found = _lesson(request, slug)
    words = {field: found.said(field, language()) for field in ("title", "text")}
    words["remember"] = remembered(found, queries.answers_in(found, learner(request)), language())
    lines = exercises_of(found, learner(request), language())
    return render(request, "lessons/lesson.html", {"slug": slug, **words, "exercises": lines})


@require_POST
def open_lesson(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visits.visit(_lesson(request, slug), learner(request))
    return redirect("lab", lab_id=visit.lab_id)


@require_GET
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """What an exercise asks, before it is begun: also where its link leads."""
    found = _exercise(request, slug)
    words = {field: found.said(field, language()) for field in ("title", "text")}
    attempt = queries.attempts_of(learner(request)).get(found.id)
    line = exercise_line(found, attempt, language())
    return render(request, "lessons/exercise.html", {"exercise": line, **words, "share": request.GET.get("share", "")})


@require_POST
def open_exercise(request: HttpRequest, slug: str) -> HttpResponse:
    attempt = attempts.start(_exercise(request, slug), learner(request))
    return redirect("lab", lab_id=attempt.lab_id)


# ── in the panel ──


@require_POST
@of_lab(change=True)
def check(request: HttpRequest, lab: Lab) -> HttpResponse:
    number = request.POST.get("submission", "")
    known = number.isascii() and number.isdecimal() and len(number) < 9
    attempts.grade(_attempt(lab).id, int(number) if known else None)
    return _panel(request, lab)


@require_POST
@of_lab(change=True)
def hint(request: HttpRequest, lab: Lab) -> HttpResponse:
    number = request.POST.get("hint", "")
    attempts.hint(_attempt(lab).id, int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else -1)
    return _panel(request, lab)


@require_POST
@of_lab(change=True)
def answer(request: HttpRequest, lab: Lab) -> HttpResponse:
    """An answer to a question; a prediction's request is sent, and the page plays it."""
    name, value = request.POST.get("check", ""), request.POST.get("value", "")
    attempt = queries.attempt_in(lab.id)
    if attempt is not None:
        attempts.answer(attempt.id, name, value)
        said = attempts.question_said(attempt.id, name)
    else:
        visit = _visit(lab)
        visits.predict(visit, lab, name, value)
        said = visit.answers.get(name) or {}
    return _panel(request, lab, play=said.get("trace", ""))


@require_POST
@of_lab(change=True)
def restart(request: HttpRequest, lab: Lab) -> HttpResponse:
    attempts.restart(_attempt(lab).id)
    return _panel(request, lab)


@require_POST
@of_lab(change=True)
def show(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The next step of the solution."""
    attempts.show(_attempt(lab).id)
    return _panel(request, lab)


@require_POST
@of_lab(change=True)
def watched(request: HttpRequest, lab: Lab) -> HttpResponse:
    number = request.POST.get("watch", "")
    visits.watched(_visit(lab), int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else -1)
    return _panel(request, lab)


def _attempt(lab: Lab) -> Attempt:
    found = queries.attempt_in(lab.id)
    if found is None:
        raise actions.Refused("this lab belongs to no exercise", code=404)
    return found


def _visit(lab: Lab) -> Visit:
    found = queries.visit_in(lab.id)
    if found is None:
        raise actions.Refused("this lab belongs to no lesson", code=404)
    return found


def _panel(request: HttpRequest, lab: Lab, play: str = "") -> HttpResponse:
    """The panel as it is now; without a script the whole page again, with the journey that was asked for."""
    if not request.headers.get("HX-Request"):
        return redirect(reverse("lab", args=[lab.id]) + (f"?trace={play}" if play else "") + "#lesson")
    lab.refresh_from_db()
    context = {"panel": panel_of(lab, language()), "lab": about(lab), "play": play}
    return render(request, "lessons/panel.html", context)
