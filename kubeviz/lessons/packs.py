"""Packs: scenarios, lessons and exercises as one YAML file, in the form of Django's fixtures with natural keys.

The same file is loaded by `loaddata` and, behind this schema, by upload. Every mistake is told with its line.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import yaml
from msgspec import Meta

from ..cluster import manifest, nodes, safe_yaml
from ..controllers.loading import LoadError
from .checks import AnyCheck, Prediction
from .checks.check import Line
from .content import Content, Faults, Hint, Task, Title, content_from, problems
from .schema import brief, mistakes, told
from .setting import Setting, at_rest
from .steps import AnyStep, Text

MOST_BYTES = 2 << 20
MOST_ROWS = 300
Slug = Annotated[str, Meta(pattern=r"^[-a-zA-Z0-9_]+$", max_length=80)]
Key = Annotated[list[Slug], Meta(min_length=1, max_length=1)]
"""A natural key: a list of one slug."""
Manifests = Annotated[str, Meta(max_length=400_000)]


class Mistake(NamedTuple):
    """What is wrong, at which field, on which line (from 1)."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.field}: {self.message}" if self.field else f"{self.line}: {self.message}"


class PackError(ValueError):
    """A file that is no pack. Nothing of it may be loaded."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = sorted(mistakes)


FAILS = "✗"
"""How the label of a request begins that is meant to fail."""


class Preset(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A request worth sending; in a lesson `text` says what to look at."""

    label_ko: Line
    label_en: Line = ""
    text_ko: Text = ""
    text_en: Text = ""
    source: Line = "internet"
    url: Line
    method: Line = "GET"
    headers: dict[str, str] = {}
    connect_to: Line | None = None
    times: Annotated[int, Meta(ge=1, le=100)] = 1


class Words(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What every row has. Who owns it, and who finds it, is not for a file to say."""

    slug: Slug
    title_ko: Title
    title_en: Title = ""
    text_ko: Text = ""
    text_en: Text = ""
    order: Annotated[int, Meta(ge=0, le=100_000)] = 0
    shipped: bool = False


class ScenarioFields(Words, kw_only=True):
    note_ko: Text = ""
    note_en: Text = ""
    provider: Literal["cloud", "minikube", "bare"] = "cloud"
    addons: Annotated[list[Literal["ingress-nginx"]], Meta(max_length=5)] = []
    firewall: Literal["closed", "open"] = "closed"
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    manifests: Manifests = ""
    presets: Annotated[list[Preset], Meta(max_length=60)] = []

    @property
    def setting(self) -> Setting:
        return Setting(
            provider=self.provider,
            addons=tuple(self.addons),
            firewall=self.firewall,
            seed=self.seed,
            manifests=self.manifests,
        )


class LessonFields(Words, kw_only=True):
    scenario: Key
    remember_ko: Text = ""
    remember_en: Text = ""
    watch: Annotated[list[Preset], Meta(max_length=30)] = []
    predictions: Annotated[list[Prediction], Meta(max_length=20)] = []


class ExerciseFields(Words, kw_only=True):
    lesson: Key | None = None
    scenario: Key
    done_ko: Text = ""
    done_en: Text = ""
    start: Annotated[list[AnyStep], Meta(max_length=40)] = []
    faults: Faults | None = None
    checks: Annotated[list[AnyCheck], Meta(max_length=40)] = []
    hints: Annotated[list[Hint], Meta(max_length=12)] = []
    solution: Annotated[list[AnyStep], Meta(max_length=40)] = []
    par: Annotated[int, Meta(ge=0, le=100)] = 1
    points: Annotated[int, Meta(ge=0, le=1000)] = 10
    tags: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=20)] = []
    difficulty: Literal[1, 2, 3] = 1

    def content(self, scenario: ScenarioFields) -> Content:
        """The exercise complete in itself."""
        every = msgspec.to_builtins(self)
        kept = {f.encode_name for f in msgspec.structs.fields(Content)} - {"setting"}
        mine = {name: value for name, value in every.items() if name in kept}
        return content_from({**mine, "setting": msgspec.to_builtins(scenario.setting)})


class ScenarioRow(msgspec.Struct, tag_field="model", tag="kubeviz.scenario", forbid_unknown_fields=True):
    fields: ScenarioFields


class LessonRow(msgspec.Struct, tag_field="model", tag="kubeviz.lesson", forbid_unknown_fields=True):
    fields: LessonFields


class ExerciseRow(msgspec.Struct, tag_field="model", tag="kubeviz.exercise", forbid_unknown_fields=True):
    fields: ExerciseFields


Row = ScenarioRow | LessonRow | ExerciseRow
SCHEMAS: dict[str, Any] = {
    "kubeviz.scenario": ScenarioFields,
    "kubeviz.lesson": LessonFields,
    "kubeviz.exercise": ExerciseFields,
}
ITEMS: dict[str, Any] = {
    "checks": AnyCheck,
    "hints": Hint,
    "start": AnyStep,
    "solution": AnyStep,
    "predictions": Prediction,
    "watch": Preset,
    "presets": Preset,
}
"""Lists whose entries are checked one by one, so that every mistake is told and not only the first."""


class Pack(NamedTuple):
    scenarios: list[ScenarioFields]
    lessons: list[LessonFields]
    exercises: list[ExerciseFields]

    def scenario(self, slug: str) -> ScenarioFields | None:
        return next((s for s in self.scenarios if s.slug == slug), None)


def read(text: str, known: dict[str, set[str]] | None = None) -> Pack:
    """A pack, whole and consistent. *known* are slugs that its rows may name beyond their own: {"scenario": …,
    "lesson": …}. Raises PackError."""
    value, lines = _parsed(text)
    rows, mistakes = [], []
    for i, entry in enumerate(value):
        row, wrong = _row(entry)
        rows.append(row)
        mistakes += [_at(lines, f"[{i}]{path}", message) for path, message in wrong]
    for i, row in enumerate(rows):
        if row is not None:
            named = _references(row, rows[:i], rows, known or {}) if all(rows) else ()  # one mistake, told once
            deeper = [*_deeper(row), *named]
            mistakes += [_at(lines, f"[{i}].fields{path}", message, below) for path, message, below in deeper]
    if mistakes:
        raise PackError(mistakes)
    return Pack(
        [row.fields for row in rows if isinstance(row, ScenarioRow)],
        [row.fields for row in rows if isinstance(row, LessonRow)],
        [row.fields for row in rows if isinstance(row, ExerciseRow)],
    )


def _parsed(text: str) -> tuple[list[Any], nodes.Lines]:
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise PackError([Mistake(1, "", f"larger than {MOST_BYTES >> 20} MiB")])
    lines: nodes.Lines = {}
    try:
        documents = safe_yaml.compose(text)
        value = nodes.build(documents[0], lines) if len(documents) == 1 else None
    except safe_yaml.YamlError as error:
        raise PackError([Mistake(error.line, "", manifest.explained(str(error), text, error.line))]) from None
    except nodes.NodeError as error:
        raise PackError([Mistake(error.line, error.field, str(error))]) from None
    if not isinstance(value, list) or not value:
        raise PackError([Mistake(1, "", "a pack is one list of rows, each with `model` and `fields`")])
    if len(value) > MOST_ROWS:
        raise PackError([Mistake(1, "", f"more than {MOST_ROWS} rows")])
    return value, lines


def _at(lines: nodes.Lines, path: str, message: str, below: int = 0) -> Mistake:
    """The line of a field, or of the nearest parent that is there; *below* counts lines inside a block of text."""
    where = path
    while where and where not in lines:
        where = where[: max(where.rfind("."), where.rfind("["))]
    return Mistake(lines.get(where, 1) + below, path.partition("].")[2].removeprefix("fields."), message)


def _row(entry: Any) -> tuple[Any, list[tuple[str, str]]]:
    """The row, or what is wrong with it as (path, message)."""
    try:
        return msgspec.convert(entry, Row), []
    except msgspec.ValidationError as error:
        return None, list(_each_field(entry)) or [_told(error)]


def _each_field(entry: Any) -> Iterator[tuple[str, str]]:
    """Every mistake in the fields of a row; none where the row itself is none."""
    model, fields = (entry.get("model"), entry.get("fields")) if isinstance(entry, dict) else (None, None)
    if not isinstance(fields, dict) or not isinstance(model, str) or model not in SCHEMAS:
        return
    listed = {name: items for name, items in fields.items() if name in ITEMS and isinstance(items, list)}
    plain = {name: value for name, value in fields.items() if name not in listed}
    yield from ((f".fields{path}", message) for path, message in mistakes(SCHEMAS[model], plain))
    for name, items in listed.items():
        for i, item in enumerate(items):
            try:
                msgspec.convert(item, ITEMS[name])
            except msgspec.ValidationError as error:
                path, message = _told(error)
                yield f".fields.{name}[{i}]{path}", message


def _told(error: msgspec.ValidationError) -> tuple[str, str]:
    path, message = told(error)
    if path == ".model":
        return path, "only kubeviz.scenario, kubeviz.lesson and kubeviz.exercise can be loaded"
    return path, message


def _deeper(row: Any) -> Iterator[tuple[str, str, int]]:
    """What the types alone cannot say: (path, message, lines below the field)."""
    fields = row.fields
    if isinstance(row, ScenarioRow):
        yield from _manifests(fields)
    elif isinstance(row, ExerciseRow):
        task = Task(**{f.name: getattr(fields, f.name) for f in msgspec.structs.fields(Task)})
        yield from ((f".{path}", message, 0) for path, message in problems(task))
    else:
        for i, prediction in enumerate(fields.predictions):
            parts = (problem.partition(": ") for problem in prediction.problems())
            yield from ((f".predictions[{i}].{field}", wrong, 0) for field, _, wrong in parts)


def _manifests(fields: ScenarioFields) -> Iterator[tuple[str, str, int]]:
    try:
        at_rest(fields.setting)
    except manifest.ManifestError as error:
        yield ".manifests", error.message, error.line
    except LoadError as refusal:
        for problem in refusal.errors:
            yield ".manifests", f"{problem.field}: {problem.message}", problem.line


def _references(row: Any, before: list[Any], rows: list[Any], known: dict[str, set[str]]) -> Iterator[Any]:
    """Slugs are unique among their kind, and what a row names is there."""
    if any(type(other) is type(row) and other.fields.slug == row.fields.slug for other in before if other):
        yield ".slug", f"{row.fields.slug!r} is the slug of another row", 0
    for field, kind in (("scenario", ScenarioRow), ("lesson", LessonRow)):
        key = getattr(row.fields, field, None)
        there = {r.fields.slug for r in rows if isinstance(r, kind)} | known.get(field, set())
        if key and key[0] not in there:
            yield f".{field}", f"there is no {field} {key[0]!r}", 0


# ── writing ──


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, in the order of the fields."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write(pack: Pack) -> str:
    """The file that `read` and `loaddata` take."""
    parts = (("scenario", pack.scenarios), ("lesson", pack.lessons), ("exercise", pack.exercises))
    rows = [{"model": f"kubeviz.{name}", "fields": _tidy(brief(fields))} for name, every in parts for fields in every]
    return str(yaml.dump(rows, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def _tidy(value: Any) -> Any:
    """Trailing blanks would turn a block into an escaped string."""
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.split("\n"))
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    return {k: _tidy(v) for k, v in value.items()} if isinstance(value, dict) else value
