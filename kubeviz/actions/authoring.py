"""What authors write: make, copy, save, publish, archive, and packs in and out. Everybody changes only their own."""

import secrets
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.text import slugify

from ..lessons.packs import ExerciseFields, LessonFields, Pack, PackError, ScenarioFields, read, write
from ..lessons.proof import Flaw
from ..models import Exercise, Lesson, Scenario, State
from ..models.lab import ALPHABET
from .errors import Problem, Refused
from .proving import prove
from .writing import one_writer

KINDS: dict[str, Any] = {"scenario": Scenario, "lesson": Lesson, "exercise": Exercise}
SCHEMAS: dict[str, Any] = {"scenario": ScenarioFields, "lesson": LessonFields, "exercise": ExerciseFields}
MOST_OF_ONE = 2_000
"""Rows that one instructor may have."""


def new_slug(base: str) -> str:
    """Two dashes set an instructor's slugs apart from the shipped ones, so that `loaddata` never meets them."""
    stem = slugify(base.partition("--")[0])[:60].strip("-") or "exercise"
    return f"{stem}--{''.join(secrets.choice(ALPHABET) for _ in range(4))}"


def create_exercise(user: User, scenario: Scenario) -> Exercise:
    _room(user)
    return Exercise.objects.create(
        slug=new_slug("exercise"),
        owner=user,
        state=State.DRAFT,
        scenario=scenario,
        title_ko="새 과제",
        title_en="New exercise",
    )


def create_scenario(user: User) -> Scenario:
    _room(user)
    titles = {"title_ko": "새 시나리오", "title_en": "New scenario"}
    made: Scenario = Scenario.objects.create(slug=new_slug("scenario"), owner=user, state=State.DRAFT, **titles)
    return made


def _room(user: User) -> None:
    if sum(model.objects.filter(owner=user).count() for model in KINDS.values()) >= MOST_OF_ONE:
        raise Refused(f"an instructor keeps at most {MOST_OF_ONE:,} scenarios and exercises")


def copy(row: Any, user: User) -> Any:
    """A draft of one's own, of something one may see."""
    _room(user)
    made = type(row).objects.get(pk=row.pk)
    made.pk, made.slug, made.owner = None, new_slug(row.slug), user
    made.state, made.shipped, made.edited = State.DRAFT, False, timezone.now()
    made.share = type(row)._meta.get_field("share").get_default()
    made._state.adding = True
    made.save()
    return made


def save(row: Any, values: dict[str, Any]) -> list[Flaw]:
    """Store what an author wrote. What is published stays so only if it is proven; the flaws are told."""
    with one_writer():
        for name, value in values.items():
            setattr(row, name, value)
        row.edited = timezone.now()
        flaws = prove(row) if isinstance(row, Exercise) and row.state in (State.PUBLISHED, State.SHARED) else []
        if flaws:
            row.state = State.DRAFT
        row.save()
    return flaws


def set_state(row: Any, state: str) -> list[Flaw]:
    """Publish, share, archive, or back to a draft. What learners may find must be proven."""
    if state not in State.values:
        raise Refused(Problem(f"a state is one of {', '.join(State.values)}", "state"))
    flaws = prove(row) if isinstance(row, Exercise) and state in (State.PUBLISHED, State.SHARED) else []
    if not flaws:
        row.state = state
        row.save(update_fields=["state"])
    return flaws


# ── packs ──


def export(exercises: list[Exercise]) -> str:
    """One file with the exercises and their scenarios."""
    scenarios = {e.scenario_id: e.scenario for e in exercises}
    return write(Pack([_fields(s) for s in scenarios.values()], [], [_fields(e) for e in exercises]))


def _fields(row: Any) -> Any:
    """The row as a pack has it. A lesson that only this installation has is left out."""
    schema = SCHEMAS[type(row).__name__.lower()]
    values = {
        f.name: getattr(row, f.name) for f in msgspec.structs.fields(schema) if f.name not in ("scenario", "lesson")
    }
    if hasattr(row, "scenario"):
        values["scenario"] = [row.scenario.slug]
    lesson = getattr(row, "lesson", None)
    values |= {"lesson": [lesson.slug]} if lesson is not None and lesson.shipped else {}
    return msgspec.convert({**values, "shipped": False}, schema)


def import_pack(text: str, user: User) -> list[Exercise]:
    """All rows of a pack as drafts of *user*'s, or none of them. A slug that is taken gets a new end."""
    _room(user)
    known = {name: set(KINDS[name].objects.values_list("slug", flat=True)) for name in ("scenario", "lesson")}
    try:
        pack = read(text, known)
    except PackError as error:
        raise Refused(*(Problem(m.message, m.field, m.line) for m in error.mistakes)) from error
    with one_writer():
        made: dict[tuple[str, str], Any] = {}
        parts: list[tuple[str, list[Any]]] = [("scenario", pack.scenarios), ("lesson", pack.lessons)]
        for name, rows in [*parts, ("exercise", pack.exercises)]:
            for fields in rows:
                made[name, fields.slug] = _known(name, fields) or _made(name, fields, user, made)
        return [row for (name, _), row in made.items() if name == "exercise"]


def _known(name: str, fields: Any) -> Scenario | None:
    """A shipped scenario that is here already, word for word, is not made again."""
    found = Scenario.objects.filter(slug=fields.slug, shipped=True).first() if name == "scenario" else None
    same = found is not None and _fields(found) == msgspec.structs.replace(fields, shipped=False)
    return found if same else None


def _made(name: str, fields: Any, user: User, made: dict[tuple[str, str], Any]) -> Any:
    values = {**msgspec.to_builtins(fields), "owner": user, "state": State.DRAFT, "shipped": False}
    for kind in ("scenario", "lesson"):
        key = values.pop(kind, None)
        if key:
            values[kind] = made.get((kind, key[0])) or KINDS[kind].objects.get(slug=key[0])
    model = KINDS[name]
    taken = "--" not in fields.slug or model.objects.filter(slug=fields.slug).exists()
    return model.objects.create(**{**values, "slug": new_slug(fields.slug) if taken else fields.slug})
