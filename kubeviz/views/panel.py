"""What stands left of the stage in a lesson's or an exercise's lab: text, tasks and their state, help, what is next."""

from typing import Any

import msgspec

from .. import queries
from ..cluster.state import Cluster
from ..lessons.checks import Question
from ..lessons.content import Content
from ..lessons.places import Unknown, address, sources
from ..lessons.steps import Answer, AnyStep
from ..models import Attempt, Exercise, Lab, Lesson, Visit
from ..wording import checks as checked
from .questions import question


def panel_of(lab: Lab, language: str) -> dict[str, Any] | None:
    """The panel of a lab that belongs to an exercise or a lesson; an author's demonstration; None for any other."""
    attempt = queries.attempt_in(lab.id)
    if attempt is not None:
        return exercise_panel(attempt, lab, language)
    visit = queries.visit_in(lab.id)
    if visit is not None:
        return lesson_panel(visit, lab, language)
    shown = queries.demonstration_in(lab.id)
    if shown is not None:
        title = shown.exercise.said("title", language)
        return {"kind": "demonstration", "slug": shown.exercise.slug, "title": title, "part": shown.part}
    return None


def exercise_panel(attempt: Attempt, lab: Lab, language: str) -> dict[str, Any]:
    content = queries.content_of(attempt)
    cluster = queries.snapshot(lab)
    lesson = attempt.exercise.lesson
    return {
        "kind": "exercise",
        "slug": attempt.exercise.slug,
        "kicker": lesson.said("title", language) if lesson else "",
        "lesson": lesson.slug if lesson else "",
        "title": content.said("title", language),
        "text": content.said("text", language),
        "done": content.said("done", language) if attempt.state == Attempt.SOLVED else "",
        "state": attempt.state,
        "score": attempt.score,
        "points": content.points,
        "submission": attempt.submissions + 1,
        "tasks": tasks(attempt, content, cluster, language),
        "checked": bool(attempt.result),
        "passed": bool(attempt.result.get("passed")),
        "shown": attempt.shown,
        "hints_cost": sum(content.hints[n].cost for n in set(attempt.hints) if n < len(content.hints)),
        "hints": hints(attempt, content, language),
        "opened": bool(attempt.hints or attempt.step or attempt.result.get("offered")),
        "solution": solution(attempt, content, cluster, language),
        "next": after(attempt.exercise, language),
    }


def tasks(attempt: Attempt, content: Content, cluster: Cluster, language: str) -> list[dict[str, Any]]:
    """A line for each check: what it asks, whether it is met, and what is still missing."""
    results = {row["id"]: row for row in attempt.result.get("checks") or ()}
    return [_task(attempt, check, results.get(check.id), cluster, language) for check in content.checks]


def _task(attempt: Attempt, check: Any, row: Any, cluster: Cluster, language: str) -> dict[str, Any]:
    state = "open" if row is None else "passed" if row["passed"] else "failed"
    said = checked.told(row, language) if row and not row["passed"] else {"text": "", "why": ""}
    return {
        "id": check.id,
        "title": checked.title(_asked(check, cluster), language),
        "state": state,
        **said,
        **points_of(row),
        "traces": row["traces"] if row and not row["passed"] else [],
        "question": question(check, attempt.answers.get(check.id), cluster, language, attempt.seed)
        if isinstance(check, Question)
        else None,
    }


def points_of(row: dict[str, Any] | None) -> dict[str, Any]:
    """What a check has earned of what it can earn; nothing where it only has to stay as it was."""
    if not row or (not row.get("most") and row.get("earned", 0) >= 0):
        return {"earned": None, "most": None}
    return {"earned": f"{row['earned']:g}".replace("-", "−"), "most": f"{row['most']:g}"}


def _asked(check: Any, cluster: Cluster) -> dict[str, Any]:
    """The check's fields, `{node node-1}` and the like as the addresses that they are in this lab."""
    fields: dict[str, Any] = msgspec.to_builtins(check)
    return fields | {name: _addressed(fields[name], cluster) for name in ("url", "to") if name in fields}


def _addressed(text: Any, cluster: Cluster) -> Any:
    try:
        return [address(cluster, item) for item in text] if isinstance(text, list) else address(cluster, text)
    except Unknown:
        return text


def hints(attempt: Attempt, content: Content, language: str) -> list[dict[str, Any]]:
    fitting = attempt.result.get("offered") or []
    return [
        {
            "n": n,
            "cost": hint.cost,
            "opened": n in attempt.hints,
            "offered": n in fitting and n not in attempt.hints,
            "text": (hint.text_ko if language == "ko" else hint.text_en or hint.text_ko) if n in attempt.hints else "",
        }
        for n, hint in enumerate(content.hints)
    ]


def solution(attempt: Attempt, content: Content, cluster: Cluster, language: str) -> dict[str, Any]:
    """How far the solution has been shown, and what the last step was."""
    last = content.solution[attempt.step - 1] if 0 < attempt.step <= len(content.solution) else None
    asked = next((c for c in content.checks if isinstance(last, Answer) and c.id == last.check), None)
    return {
        "steps": len(content.solution),
        "step": attempt.step,
        "next": attempt.step + 1,
        "over": attempt.step >= len(content.solution),
        "command": last.command() if last else "",
        "say": _said(last, language) if last else "",
        "asked": question(asked, attempt.answers.get(asked.id), cluster, language)
        if isinstance(asked, Question)
        else None,
    }


def _said(step: AnyStep, language: str) -> str:
    return step.say_ko if language == "ko" else step.say_en or step.say_ko


def remembered(lesson: Lesson, answers: dict[str, Any], language: str) -> str:
    """What to remember, once everything has been predicted: it would tell the answers."""
    return "" if any(p.id not in answers for p in queries.predictions_of(lesson)) else lesson.said("remember", language)


def lesson_panel(visit: Visit, lab: Lab, language: str) -> dict[str, Any]:
    lesson, cluster = visit.lesson, queries.snapshot(lab)
    exercises = exercises_of(lesson, visit.learner, language)
    return {
        "kind": "lesson",
        "slug": lesson.slug,
        "title": lesson.said("title", language),
        "text": lesson.said("text", language),
        "watch": [_watch(n, item, visit, cluster, language) for n, item in enumerate(lesson.watch)],
        "questions": [question(p, visit.answers.get(p.id), cluster, language) for p in queries.predictions_of(lesson)],
        "exercises": exercises,
        "passed": all(e["state"] == Attempt.SOLVED for e in exercises),
        "remember": remembered(lesson, visit.answers, language),
        "next": next_lesson(lesson, language),
    }


def _watch(n: int, item: dict[str, Any], visit: Visit, cluster: Cluster, language: str) -> dict[str, Any]:
    """Something to watch, as the send bar wants it."""
    try:
        url, source = address(cluster, item["url"]), next(iter(sources(cluster, item.get("source", "internet"))), "")
    except Unknown:
        url, source = item["url"], "internet"
    said = {field: item.get(f"{field}_{language}") or item.get(f"{field}_ko", "") for field in ("label", "text")}
    return {**item, **said, "n": n, "url": url, "source": source, "seen": n in visit.watched}


def exercises_of(lesson: Lesson, learner: str, language: str) -> list[dict[str, Any]]:
    attempts = queries.attempts_of(learner)
    return [exercise_line(e, attempts.get(e.id), language) for e in queries.exercises_of(lesson)]


def exercise_line(exercise: Exercise, attempt: Attempt | None, language: str) -> dict[str, Any]:
    return {
        "slug": exercise.slug,
        "title": exercise.said("title", language),
        "difficulty": exercise.difficulty,
        "points": exercise.points,
        "state": attempt.state if attempt else "new",
        "score": attempt.score if attempt else 0,
    }


def after(exercise: Exercise, language: str) -> dict[str, Any] | None:
    """The exercise after this one in its lesson, else the next lesson."""
    if exercise.lesson is None:
        return None
    rest = [e for e in queries.exercises_of(exercise.lesson) if (e.order, e.slug) > (exercise.order, exercise.slug)]
    if rest:
        return {"kind": "exercise", "slug": rest[0].slug, "title": rest[0].said("title", language)}
    return next_lesson(exercise.lesson, language)


def next_lesson(lesson: Lesson, language: str) -> dict[str, Any] | None:
    found = next((le for le in queries.shelf() if (le.order, le.slug) > (lesson.order, lesson.slug)), None)
    return {"kind": "lesson", "slug": found.slug, "title": found.said("title", language)} if found else None
