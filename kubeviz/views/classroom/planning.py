"""What a class can do, as the forms offer it, and what was chosen in them."""

from typing import Any

from ... import queries
from ...models import Exercise, Lesson, Scenario

Planned = list[Scenario | Exercise]


def choices() -> dict[str, list[Any]]:
    """Whole lessons, and each scenario with the exercises that are set in it."""
    exercises: dict[int, list[Exercise]] = {}
    for exercise in Exercise.objects.filter(state="published").order_by("order", "slug"):
        exercises.setdefault(exercise.scenario_id, []).append(exercise)
    rows = [{"scenario": s, "exercises": exercises.get(s.pk, [])} for s in queries.scenarios()]
    lessons = Lesson.objects.filter(state="published").select_related("scenario").order_by("order", "slug")
    return {"lessons": list(lessons), "rows": rows}


def chosen(values: list[str]) -> Planned:
    """Lessons first, then in the order of the form: each scenario before its exercises."""
    offered, found = choices(), Planned()
    for lesson in offered["lessons"]:
        found += _whole(lesson) if f"lesson/{lesson.slug}" in values else []
    for row in offered["rows"]:
        found += [row["scenario"]] if f"scenario/{row['scenario'].slug}" in values else []
        found += [e for e in row["exercises"] if f"exercise/{e.slug}" in values]
    return found


def _whole(lesson: Lesson) -> Planned:
    """A lesson as a class does it: its scenario to look at together, then its exercises."""
    return [lesson.scenario, *queries.learning.exercises_of(lesson).select_related("scenario")]
