"""What an author sees: their own rows, and the shipped ones to copy."""

from typing import Any

from django.db.models import Q, QuerySet

from ..models import Exercise, Lesson, Scenario, State


def authored(user: Any) -> dict[str, QuerySet[Any]]:
    """Their own rows, the latest first; lessons as they stand on the shelf."""
    return {
        "exercises": Exercise.objects.filter(owner=user).select_related("scenario", "lesson").order_by("-edited"),
        "lessons": Lesson.objects.filter(owner=user).select_related("scenario").order_by("order", "slug"),
        "scenarios": Scenario.objects.filter(owner=user).order_by("-edited"),
    }


def to_copy() -> dict[str, QuerySet[Any]]:
    """Shipped rows: a start for one's own."""
    return {
        "exercises": Exercise.objects.filter(shipped=True).select_related("lesson").order_by("lesson__order", "order"),
        "lessons": Lesson.objects.filter(shipped=True).order_by("order"),
        "scenarios": Scenario.objects.filter(shipped=True).order_by("order"),
    }


def usable_scenarios(user: Any) -> QuerySet[Scenario]:
    """Those that an exercise of *user*'s may take place in."""
    return Scenario.objects.filter(Q(state=State.PUBLISHED) | Q(owner=user)).order_by("-shipped", "order", "slug")


def usable_lessons(user: Any) -> QuerySet[Lesson]:
    """Those that an exercise of *user*'s may belong to: nobody hangs theirs on another author's lesson."""
    return Lesson.objects.filter(Q(shipped=True) | Q(owner=user)).order_by("order", "slug")


def exercises_to_gather(user: Any, lesson: Lesson) -> QuerySet[Exercise]:
    """*user*'s exercises that stand in *lesson* or in none."""
    return Exercise.objects.filter(Q(lesson=None) | Q(lesson=lesson), owner=user).order_by("order", "slug")
