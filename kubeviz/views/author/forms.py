"""The forms of the author's desk: what is shown of a row, and what comes back, each mistake at its field."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from django.http import QueryDict

from ...actions import authoring
from ...cluster.manifest import ManifestError
from ...controllers.bootstrap import ADDONS, PROVIDERS
from ...controllers.loading import LoadError
from ...lessons.content import Task, problems
from ...lessons.packs import ExerciseFields, LessonFields, ScenarioFields
from ...lessons.schema import told
from ...lessons.setting import Setting, at_rest
from ...models import Exercise, Lesson, Scenario
from ...queries.authoring import exercises_to_gather, usable_lessons, usable_scenarios
from .rows import Row, arranged, moved, read_rows, rows_for, sent_rows, with_problems

Values = dict[str, Any]
MOST_MANIFESTS = 400_000
FIREWALLS = ("closed", "open")


class Kind(NamedTuple):
    """What an author writes of one kind of row: words in two languages, single fields, and parts of many rows."""

    model: Any
    schema: Any
    words: tuple[str, ...]
    plain: tuple[str, ...]
    parts: tuple[str, ...]


KINDS = {
    "exercises": Kind(
        Exercise,
        ExerciseFields,
        ("title", "text", "done"),
        ("points", "par", "difficulty", "tags"),
        ("start", "solution", "checks", "hints", "faults"),
    ),
    "scenarios": Kind(
        Scenario,
        ScenarioFields,
        ("title", "text", "note"),
        ("provider", "firewall", "addons", "seed", "manifests"),
        ("presets",),
    ),
    "lessons": Kind(
        Lesson, LessonFields, ("title", "text", "remember"), ("order",), ("watch", "predictions")
    ),
}  # fmt: skip
NUMBERS = ("points", "par", "difficulty", "seed", "order")


class Form(NamedTuple):
    """`fields` are the values to show; `values` is what may be stored, empty while there are `errors`."""

    kind: str
    fields: Values
    rows: dict[str, list[Row]]
    choices: Values
    errors: dict[str, str] = {}
    values: Values = {}

    @property
    def wrong(self) -> bool:
        return bool(self.errors) or any(row.wrong for rows in self.rows.values() for row in rows)

    @property
    def words(self) -> tuple[str, ...]:
        return KINDS[self.kind].words


def _choices(kind: str, row: Any, user: Any) -> Values:
    if kind == "scenarios":
        return {"provider": PROVIDERS, "addons": ADDONS, "firewall": FIREWALLS}
    if kind == "lessons":
        return {"scenario": usable_scenarios(user), "exercises": exercises_to_gather(user, row)}
    return {"scenario": usable_scenarios(user), "lesson": usable_lessons(user), "difficulty": (1, 2, 3)}


def shown(kind: str, row: Any, user: Any) -> Form:
    """The form of what is stored."""
    spec = KINDS[kind]
    fields = {name: getattr(row, name) for name in (*_both(spec.words), *spec.plain)}
    if kind != "scenarios":
        fields["scenario"] = row.scenario.slug
    if kind == "exercises":
        fields |= {"lesson": row.lesson.slug if row.lesson else "", "tags": ", ".join(row.tags)}
    if kind == "lessons":
        fields["exercises"] = list(authoring.gathered(row).values_list("slug", flat=True))
    rows = {part: rows_for(part, _items(getattr(row, part))) for part in spec.parts}
    return Form(kind, fields, rows, _choices(kind, row, user))


def _items(stored: Any) -> list[Values]:
    """A part that is at most one thing (faults) is a list of it."""
    return stored if isinstance(stored, list) else [stored] if stored else []


def _both(words: tuple[str, ...]) -> list[str]:
    return [f"{word}_{language}" for word in words for language in ("ko", "en")]


def rearranged(kind: str, row: Any, data: QueryDict, user: Any) -> Form:
    """The form as it was sent, after `rows` (such as "checks add request", "hints up hints-2") was done to it."""
    part, doing, what = [*data.get("rows", "").split(" "), "", ""][:3]
    rows = {name: sent_rows(name, data) for name in KINDS[kind].parts}
    fields = _fields(data)
    if part in rows:
        rows[part] = arranged(rows[part], part, doing, what)
    elif part == "exercises":
        what = what or data.get("gather", "")
        chosen = fields["exercises"]
        fields["exercises"] = [*chosen, what] if doing == "add" and what else moved(chosen, doing, what)
    return Form(kind, fields, rows, _choices(kind, row, user))


def _fields(data: QueryDict) -> Values:
    single = {k: v.replace("\r\n", "\n") for k, v in data.items() if isinstance(v, str)}
    return {**single, "addons": data.getlist("addons"), "exercises": list(dict.fromkeys(data.getlist("exercises")))}


def read(kind: str, row: Any, data: QueryDict, user: Any) -> Form:
    """What an author sent. Nothing of it is stored while anything is wrong."""
    spec, fields = KINDS[kind], _fields(data)
    parts = {part: read_rows(part, data) for part in spec.parts}
    errors: dict[str, str] = {}
    values = {name: fields.get(name, "").strip() for name in _both(spec.words)}
    values |= {name: _plain(name, fields, errors) for name in spec.plain}
    values |= {part: found.items for part, found in parts.items()}
    errors |= MORE[kind](values, fields, user)
    if not errors:
        errors |= _against_schema(spec, values)
    rows = {part: found.rows for part, found in parts.items()}
    if kind == "exercises" and not errors and all(found.well for found in parts.values()):
        errors |= _together(values, rows)
    form = Form(kind, fields, rows, _choices(kind, row, user), errors)
    return form if form.wrong else form._replace(values=values)


def _plain(name: str, fields: Values, errors: dict[str, str]) -> Any:
    text = fields.get(name, "")
    if name == "tags":
        return [tag.strip() for tag in text.split(",") if tag.strip()]
    if name not in NUMBERS:
        return text
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        errors[name] = "a whole number is needed"
        return 0
    return int(text)


def _exercise(values: Values, fields: Values, user: Any) -> dict[str, str]:
    values["faults"] = next(iter(values["faults"]), None)
    lesson = fields.get("lesson", "")
    values["lesson"] = usable_lessons(user).filter(slug=lesson).first() if lesson else None
    wrong = {"lesson": "choose one of the list"} if lesson and values["lesson"] is None else {}
    return {**wrong, **_on_scenario(values, fields, user)}


def _on_scenario(values: Values, fields: Values, user: Any) -> dict[str, str]:
    values["scenario"] = usable_scenarios(user).filter(slug=fields.get("scenario", "")).first()
    return {} if values["scenario"] else {"scenario": "choose one of the list"}


def _lesson(values: Values, fields: Values, user: Any) -> dict[str, str]:
    values["exercises"] = fields["exercises"]
    return _on_scenario(values, fields, user)


def _scenario(values: Values, fields: Values, user: Any) -> dict[str, str]:
    found = manifest_problems(values)
    lines = "\n".join(f"{line}: {message}" for line, message in found[:10])
    return {"manifests": lines} if lines else {}


MORE: dict[str, Callable[[Values, Values, Any], dict[str, str]]] = {
    "exercises": _exercise,
    "scenarios": _scenario,
    "lessons": _lesson,
}


def _against_schema(spec: Kind, values: Values) -> dict[str, str]:
    """What the schema of packs says of the fields by themselves; what is wrong inside a row is told there."""
    names = {f.name: f for f in msgspec.structs.fields(spec.schema)}
    errors: dict[str, str] = {}
    for name, value in values.items():
        if name not in names or name in ("scenario", "lesson"):
            continue
        try:
            msgspec.convert(value, names[name].type)
        except msgspec.ValidationError as error:
            path, message = told(error)
            errors |= {} if path and name in spec.parts else {name: message}
    return errors


def _together(values: Values, rows: dict[str, list[Row]]) -> dict[str, str]:
    """Ids that are taken, answers to no question: what one row alone cannot know, told at its row."""
    task = msgspec.convert({f.name: values[f.name] for f in msgspec.structs.fields(Task)}, Task)
    found = problems(task)
    for part in rows:
        with_problems(rows[part], [(path, message) for path, message in found if path.startswith(f"{part}[")])
    return {path: message for path, message in found if "[" not in path}


def manifest_problems(values: Values) -> list[tuple[int, str]]:
    """(line, what is wrong) of a scenario's manifests, as the API server says it."""
    try:
        at_rest(
            Setting(
                provider=values.get("provider", "cloud"),
                addons=tuple(a for a in values.get("addons", ()) if a in ADDONS),
                firewall=values.get("firewall", "closed"),
                manifests=values.get("manifests", "").replace("\r\n", "\n")[:MOST_MANIFESTS],
            )
        )
    except ManifestError as error:
        return [(error.line, f"{error.field}: {error.message}" if error.field else error.message)]
    except LoadError as refusal:
        return [(e.line, f"{e.field}: {e.message}" if e.field else e.message) for e in refusal.errors]
    except ValueError as error:
        return [(1, str(error))]
    return []
