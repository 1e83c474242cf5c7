"""The forms of the author's desk: what is shown of a row, and what comes back, each mistake at its field."""

from typing import Any, NamedTuple

import msgspec
from django.http import QueryDict

from ..cluster import safe_yaml
from ..cluster.manifest import ManifestError
from ..controllers.bootstrap import ADDONS, PROVIDERS
from ..controllers.loading import LoadError
from ..lessons.content import Faults, Task, problems
from ..lessons.packs import ExerciseFields, ScenarioFields
from ..lessons.setting import Setting, at_rest
from ..models import Exercise
from ..queries.authoring import usable_lessons, usable_scenarios
from .fields import Row, read_rows, rows_for

WORDS = ("title_ko", "title_en", "text_ko", "text_en")
MORE_WORDS = {"exercise": ("done_ko", "done_en"), "scenario": ("note_ko", "note_en")}
ROWS = {"exercise": ("start", "checks", "hints", "solution"), "scenario": ("presets",)}


class Form(NamedTuple):
    """`fields` are the values to show; `values` is what may be stored, empty while there are `errors`."""

    fields: dict[str, Any]
    rows: dict[str, list[Row]]
    choices: dict[str, Any]
    errors: dict[str, str]
    values: dict[str, Any]

    @property
    def wrong(self) -> bool:
        return bool(self.errors) or any(w for rows in self.rows.values() for r in rows for _, _, w in r.fields)


def _name(row: Any) -> str:
    return "exercise" if isinstance(row, Exercise) else "scenario"


def _choices(row: Any, user: Any) -> dict[str, Any]:
    if isinstance(row, Exercise):
        return {"scenario": usable_scenarios(user), "lesson": usable_lessons(user), "difficulty": (1, 2, 3)}
    return {"provider": PROVIDERS, "addons": ADDONS, "firewall": ("closed", "open")}


def shown(row: Any, user: Any) -> Form:
    """The form of what is stored."""
    name = _name(row)
    fields = {field: getattr(row, field) for field in (*WORDS, *MORE_WORDS[name])}
    if isinstance(row, Exercise):
        fields |= {"scenario": row.scenario.slug, "lesson": row.lesson.slug if row.lesson else ""}
        fields |= {"par": row.par, "points": row.points, "difficulty": row.difficulty, "tags": ", ".join(row.tags)}
        fields["faults"] = _faults_text(row.faults)
    else:
        fields |= {f: getattr(row, f) for f in ("provider", "addons", "firewall", "seed", "manifests")}
    rows = {part: rows_for(part, getattr(row, part)) for part in ROWS[name]}
    return Form(fields, rows, _choices(row, user), {}, {})


def _faults_text(faults: dict[str, Any] | None) -> str:
    return ", ".join(f"{k}: {v}" for k, v in faults.items()).replace("'", "") if faults else ""


def read(row: Any, data: QueryDict, user: Any) -> Form:
    """What an author sent. Nothing of it is stored while anything is wrong."""
    name = _name(row)
    sent: dict[str, Any] = {k: v.replace("\r\n", "\n") for k, v in data.items() if isinstance(v, str)}
    parts = {part: read_rows(part, data) for part in ROWS[name]}
    items = {part: found[0] for part, found in parts.items()}
    values, errors = (_exercise if name == "exercise" else _scenario)(sent, data, items, user)
    good = not errors and all(well for _, _, well in parts.values())
    fields = {**sent, "addons": data.getlist("addons")}
    return Form(
        fields, {p: found[1] for p, found in parts.items()}, _choices(row, user), errors, values if good else {}
    )


def _plain(sent: dict[str, Any], name: str) -> dict[str, Any]:
    return {field: sent.get(field, "").strip() for field in (*WORDS, *MORE_WORDS[name])}


def _exercise(sent: dict[str, Any], data: QueryDict, items: dict[str, Any], user: Any) -> tuple[dict[str, Any], Any]:
    errors: dict[str, str] = {}
    scenario = usable_scenarios(user).filter(slug=sent.get("scenario", "")).first()
    lesson = usable_lessons(user).filter(slug=sent.get("lesson", "")).first()
    if scenario is None:
        errors["scenario"] = "choose a scenario"
    faults = _faults(sent.get("faults", ""), errors)
    numbers = {field: _whole(sent.get(field, ""), field, errors) for field in ("par", "points", "difficulty")}
    tags = [tag.strip() for tag in sent.get("tags", "").split(",") if tag.strip()]
    values = {**_plain(sent, "exercise"), **numbers, "tags": tags, "faults": faults, **items}
    key = {"slug": "x", "scenario": ["x"]}
    errors |= _schema(ExerciseFields, {**values, **key}, errors) if not errors else {}
    errors |= _consistent(values) if not errors else {}
    return {**values, "scenario": scenario, "lesson": lesson}, errors


def _faults(text: str, errors: dict[str, str]) -> Any:
    if not text.strip():
        return None
    try:
        found = safe_yaml.load(f"{{{text}}}")
        msgspec.convert(found, Faults)
    except (safe_yaml.YamlError, msgspec.ValidationError) as error:
        errors["faults"] = str(error)
        return None
    return found


def _whole(text: str, field: str, errors: dict[str, str]) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        errors[field] = "a whole number is needed"
        return 0
    return int(text)


def _schema(schema: Any, values: dict[str, Any], errors: dict[str, str]) -> dict[str, str]:
    try:
        msgspec.convert(values, schema)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        field = path.rstrip("`").partition("[")[0].partition(".")[0]
        # What is wrong inside a row is told there.
        return {} if field in (*ROWS["exercise"], *ROWS["scenario"]) else {field: message}
    return {}


def _consistent(values: dict[str, Any]) -> dict[str, str]:
    """Ids that are taken, answers to no question: what one row alone cannot know."""
    try:
        task = msgspec.convert({f.name: values[f.name] for f in msgspec.structs.fields(Task)}, Task)
    except msgspec.ValidationError:
        return {}
    return {path.partition("[")[0]: message for path, message in problems(task)}


def _scenario(sent: dict[str, Any], data: QueryDict, items: dict[str, Any], user: Any) -> tuple[dict[str, Any], Any]:
    errors: dict[str, str] = {}
    values = {**_plain(sent, "scenario"), "provider": sent.get("provider", ""), "firewall": sent.get("firewall", "")}
    values |= {"addons": data.getlist("addons"), "seed": _whole(sent.get("seed", ""), "seed", errors)}
    values |= {"manifests": sent.get("manifests", ""), **items}
    errors |= _schema(ScenarioFields, {**values, "slug": "x"}, errors) if not errors else {}
    if not errors and (wrong := manifest_problems(data)):
        errors["manifests"] = " ".join(f"{line}: {message}" for line, message in wrong[:10])
    return values, errors


def manifest_problems(data: QueryDict) -> list[tuple[int, str]]:
    """(line, what is wrong) of the manifests in a form."""
    try:
        setting = Setting(
            provider=data.get("provider", "cloud"),
            addons=tuple(a for a in data.getlist("addons") if a in ADDONS),
            firewall=data.get("firewall", "closed"),
            manifests=data.get("manifests", "").replace("\r\n", "\n")[:400_000],
        )
        at_rest(setting)
    except ManifestError as error:
        return [(error.line, f"{error.field}: {error.message}" if error.field else error.message)]
    except LoadError as refusal:
        return [(e.line, f"{e.field}: {e.message}" if e.field else e.message) for e in refusal.errors]
    except ValueError as error:
        return [(1, str(error))]
    return []
