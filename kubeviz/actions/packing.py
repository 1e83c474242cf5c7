"""Packs in and out: exercises and lessons with what they stand on, as one file."""

from typing import Any

import msgspec
from django.contrib.auth.models import User

from ..lessons.packs import SCHEMAS, Pack, PackError, read, write
from ..models import Exercise, Lesson, Scenario, State
from ..queries.authoring import usable_lessons, usable_scenarios
from .authoring import KINDS, new_slug, room
from .errors import Problem, Refused
from .writing import one_writer

Made = dict[tuple[str, str], Any]
"""Rows by kind and the slug that the pack gives them."""


def export(exercises: list[Exercise], lessons: list[Lesson], scenarios: list[Scenario]) -> str:
    """One file with these rows and the scenarios that they take place in."""
    standing: list[Lesson | Exercise] = [*lessons, *exercises]
    on = {row.scenario.pk: row.scenario for row in standing} | {s.pk: s for s in scenarios}
    packed = {lesson.slug for lesson in lessons}
    return write(
        Pack(
            [_fields(s) for s in on.values()],
            [_fields(le) for le in lessons],
            [_fields(e, packed) for e in exercises],
        )
    )


def _fields(row: Any, packed: set[str] | None = None) -> Any:
    """The row as a pack has it. A lesson that only this installation has is left out, unless it is *packed* too."""
    schema = SCHEMAS[f"kubeviz.{type(row).__name__.lower()}"]
    values = {
        f.name: getattr(row, f.name) for f in msgspec.structs.fields(schema) if f.name not in ("scenario", "lesson")
    }
    if hasattr(row, "scenario"):
        values["scenario"] = [row.scenario.slug]
    lesson = getattr(row, "lesson", None)
    if lesson is not None and (lesson.shipped or lesson.slug in (packed or ())):
        values["lesson"] = [lesson.slug]
    return msgspec.convert({**values, "shipped": False}, schema)


def import_pack(text: str, user: User) -> list[Any]:
    """All rows of a pack as drafts of *user*'s, or none of them. A slug that is taken gets a new end; a row may name
    what the pack has, what is shipped, what is published, and what is *user*'s own: never another author's draft."""
    room(user)
    usable = {"scenario": usable_scenarios(user), "lesson": usable_lessons(user)}
    try:
        pack = read(text, {name: set(rows.values_list("slug", flat=True)) for name, rows in usable.items()})
    except PackError as error:
        raise Refused(*(Problem(m.message, m.field, m.line) for m in error.mistakes)) from error
    room(user, len(pack.scenarios) + len(pack.lessons) + len(pack.exercises))
    with one_writer():
        made: Made = {}
        parts: list[tuple[str, list[Any]]] = [("scenario", pack.scenarios), ("lesson", pack.lessons)]
        for name, rows in [*parts, ("exercise", pack.exercises)]:
            for fields in rows:
                made[name, fields.slug] = _known(name, fields) or _made(name, fields, user, made)
    return [row for row in made.values() if row.owner_id == user.pk]


def _known(name: str, fields: Any) -> Scenario | None:
    """A shipped scenario that is here already, word for word, is not made again."""
    found = Scenario.objects.filter(slug=fields.slug, shipped=True).first() if name == "scenario" else None
    same = found is not None and _fields(found) == msgspec.structs.replace(fields, shipped=False)
    return found if same else None


def _made(name: str, fields: Any, user: User, made: Made) -> Any:
    values = {**msgspec.to_builtins(fields), "owner": user, "state": State.DRAFT, "shipped": False}
    for kind in ("scenario", "lesson"):
        key = values.pop(kind, None)
        if key:
            values[kind] = made.get((kind, key[0])) or KINDS[kind].objects.get(slug=key[0])
    model = KINDS[name]
    taken = "--" not in fields.slug or model.objects.filter(slug=fields.slug).exists()
    return model.objects.create(**{**values, "slug": new_slug(fields.slug) if taken else fields.slug})
