"""Lessons and exercises, and what learners did with them."""

from functools import lru_cache
from typing import Any

import msgspec
from django.db.models import Prefetch, Q, QuerySet

from ..lessons.checks import Prediction
from ..lessons.content import Content, content_from
from ..lessons.opening import realise
from ..lessons.setting import Setting
from ..lessons.steps import Send
from ..models import Attempt, Demonstration, Exercise, Lab, Lesson, Scenario, State, Version, Visit


def setting_of(scenario: Scenario) -> Setting:
    return Setting(
        provider=scenario.provider,
        addons=tuple(scenario.addons),
        firewall=scenario.firewall,
        seed=scenario.seed,
        manifests=scenario.manifests,
    )


def content_of(attempt: Attempt) -> Content:
    """The exercise as this learner has it: their version, their faults."""
    return realise(_content(attempt.version_id), attempt.seed)


@lru_cache(maxsize=256)
def _content(version_id: int) -> Content:
    """A version never changes."""
    return content_from(Version.objects.get(id=version_id).content)


def attempt_in(lab_id: str) -> Attempt | None:
    return Attempt.objects.select_related("exercise__lesson").filter(lab_id=lab_id).first()


def demonstration_in(lab_id: str) -> Demonstration | None:
    return Demonstration.objects.select_related("exercise").filter(lab_id=lab_id).first()


def visit_in(lab_id: str) -> Visit | None:
    return Visit.objects.select_related("lesson").filter(lab_id=lab_id).first()


def open_to(user: Any, share: str = "") -> Q:
    """What somebody may begin: what is on the shelf, what they were given the link of, what they wrote themselves."""
    found = Q(state=State.PUBLISHED)
    if share:
        found |= Q(state=State.SHARED, share=share)
    if user is not None and user.is_authenticated:
        found |= Q(owner=user)
    return found


def lesson(slug: str, user: Any, share: str = "") -> Lesson | None:
    return Lesson.objects.select_related("scenario").filter(open_to(user, share), slug=slug).first()


def exercise(slug: str, user: Any, share: str = "") -> Exercise | None:
    found = Exercise.objects.select_related("scenario", "lesson").filter(open_to(user, share), slug=slug)
    return found.first()


def shelf() -> QuerySet[Lesson]:
    """The published lessons in order, each with its published exercises."""
    published = Exercise.objects.filter(state=State.PUBLISHED).order_by("order", "slug")
    return Lesson.objects.filter(state=State.PUBLISHED).prefetch_related(Prefetch("exercises", published))


def exercises_of(lesson: Lesson) -> QuerySet[Exercise]:
    """A lesson's published exercises, in order."""
    return lesson.exercises.filter(state=State.PUBLISHED).order_by("order", "slug")


def loose_exercises() -> QuerySet[Exercise]:
    """Published exercises that belong to no lesson on the shelf."""
    return Exercise.objects.filter(state=State.PUBLISHED).exclude(lesson__state=State.PUBLISHED)


def attempts_of(learner: str) -> dict[int, Attempt]:
    """A learner's attempts by exercise."""
    return {attempt.exercise_id: attempt for attempt in Attempt.objects.filter(learner=learner)}


def answers_in(lesson: Lesson, learner: str) -> dict[str, Any]:
    """What a learner has predicted in a lesson."""
    found = Visit.objects.filter(lesson=lesson, learner=learner).first()
    return found.answers if found else {}


def visited_by(learner: str) -> set[int]:
    """The lessons that a learner has opened."""
    return set(Visit.objects.filter(learner=learner).values_list("lesson_id", flat=True))


def predictions_of(lesson: Lesson) -> list[Prediction]:
    """What a lesson asks; a prediction without an id is named by its place."""
    found = msgspec.convert(lesson.predictions, list[Prediction])
    return [p if p.id else msgspec.structs.replace(p, id=f"prediction-{n}") for n, p in enumerate(found, 1)]


def commands(lab: Lab, since: int) -> list[str]:
    """What was done in a lab since a version, as command lines: buttons, terminal, and requests as curl."""
    done = lab.actions.filter(after_rv__gt=since, redo_rv=None).exclude(command="").order_by("id")
    typed = [line for row in lab.terminals.all() for line in row.memory.get("history") or ()]
    sent = lab.traces.filter(number__gt=0, rv__gte=since).order_by("number")
    curled = [Send(source=trace.request["source"], url=trace.request["url"]).command() for trace in sent]
    return [*done.values_list("command", flat=True), *typed, *curled]
