"""What authors write: make, copy, save, publish, archive, remove. Everybody changes only their own."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from ..lessons.proof import Flaw
from ..models import Exercise, Lesson, Scenario, State
from ..models.lab import ALPHABET
from .errors import Problem, Refused
from .proving import prove, prove_lesson
from .writing import one_writer

KINDS: dict[str, Any] = {"scenario": Scenario, "lesson": Lesson, "exercise": Exercise}
MOST_OF_ONE = 2_000
"""Rows that one instructor may have."""
AFTER_THE_COURSE = 1_000
"""Where an instructor's own lessons begin to stand on the shelf."""
SEEN = (State.PUBLISHED, State.SHARED)
"""States in which learners can find a row."""


def new_slug(base: str) -> str:
    """Two dashes set an instructor's slugs apart from the shipped ones, so that `loaddata` never meets them."""
    stem = slugify(base.partition("--")[0])[:60].strip("-") or "exercise"
    return f"{stem}--{''.join(secrets.choice(ALPHABET) for _ in range(4))}"


def create_exercise(user: User, scenario: Scenario) -> Exercise:
    return _create(Exercise, user, "새 과제", "New exercise", scenario=scenario)


def create_lesson(user: User, scenario: Scenario) -> Lesson:
    return _create(Lesson, user, "새 강의", "New lesson", scenario=scenario, order=AFTER_THE_COURSE)


def create_scenario(user: User) -> Scenario:
    return _create(Scenario, user, "새 시나리오", "New scenario")


def _create(model: Any, user: User, title_ko: str, title_en: str, **more: Any) -> Any:
    room(user)
    slug, titles = new_slug(model.__name__), {"title_ko": title_ko, "title_en": title_en}
    return model.objects.create(slug=slug, owner=user, state=State.DRAFT, **titles, **more)


def room(user: User, wanted: int = 1) -> None:
    if sum(model.objects.filter(owner=user).count() for model in KINDS.values()) + wanted > MOST_OF_ONE:
        raise Refused(f"an instructor keeps at most {MOST_OF_ONE:,} scenarios, lessons and exercises")


def copy(row: Any, user: User) -> Any:
    """A draft of one's own, of something one may see; a lesson with its exercises."""
    inside = list(row.exercises.order_by("order", "slug")) if isinstance(row, Lesson) else []
    room(user, 1 + len(inside))
    with one_writer():
        made = _copied(row, user)
        for exercise in inside:
            _copied(exercise, user, lesson=made)
    return made


def _copied(row: Any, user: User, **more: Any) -> Any:
    made = type(row).objects.get(pk=row.pk)
    made.pk, made.slug, made.owner = None, new_slug(row.slug), user
    made.state, made.shipped, made.edited = State.DRAFT, False, timezone.now()
    made.share = type(row)._meta.get_field("share").get_default()
    for name, value in more.items():
        setattr(made, name, value)
    made._state.adding = True
    made.save()
    return made


def save(row: Any, values: dict[str, Any]) -> list[Flaw]:
    """Store what an author wrote. What learners can find stays so only if it is proven; the flaws are told."""
    with one_writer():
        for name, value in values.items():
            if name != "exercises":
                setattr(row, name, value)
        row.edited = timezone.now()
        flaws = flaws_of(row) if row.state in SEEN else []
        if flaws:
            row.state = State.DRAFT
        row.save()
        if "exercises" in values:
            _gather(row, values["exercises"])
    return flaws


def flaws_of(row: Any) -> list[Flaw]:
    """What keeps a row from learners; a scenario is judged when it is saved."""
    return prove(row) if isinstance(row, Exercise) else prove_lesson(row) if isinstance(row, Lesson) else []


def gathered(lesson: Lesson) -> QuerySet[Exercise]:
    """The exercises of an author's lesson, in order; what others hang on it is not the author's to arrange."""
    return Exercise.objects.filter(lesson=lesson, owner=lesson.owner).order_by("order", "slug")


def _gather(lesson: Lesson, slugs: list[str]) -> None:
    """Just these of the author's own exercises belong to the lesson, in this order."""
    mine = Exercise.objects.filter(owner=lesson.owner)
    mine.filter(lesson=lesson).exclude(slug__in=slugs).update(lesson=None)
    for order, slug in enumerate(slugs, 1):
        mine.filter(slug=slug).update(lesson=lesson, order=order)


def set_state(row: Any, state: str) -> list[Flaw]:
    """Publish, share, archive, or back to a draft. What learners may find must be proven."""
    if state not in State.values:
        raise Refused(Problem(f"a state is one of {', '.join(State.values)}", "state"))
    flaws = flaws_of(row) if state in SEEN else []
    if not flaws:
        row.state = state
        row.save(update_fields=["state"])
    return flaws


def remove(row: Any, learner: str) -> None:
    """For good. What others have worked on, and what something else stands on, can only be archived; what its author
    (as *learner*) tried goes with it."""
    with one_writer():
        if isinstance(row, Exercise):
            if row.attempts.exclude(learner=learner).exists():
                raise Refused("remove_begun")
            row.attempts.all().delete()
        try:
            row.delete()
        except ProtectedError as error:
            raise Refused("remove_used") from error
