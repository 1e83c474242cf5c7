"""The shipped course, read from its files."""

from functools import cache
from pathlib import Path

from kubeviz.lessons.content import Content
from kubeviz.lessons.packs import ExerciseFields, LessonFields, Pack, read

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def scenarios() -> Pack:
    return read((FIXTURES / "snackbar.yaml").read_text(encoding="utf-8"))


@cache
def packs() -> dict[str, Pack]:
    """Each lesson's file, behind the schema of uploads."""
    known = {"scenario": {s.slug for s in scenarios().scenarios}}
    files = sorted(FIXTURES.glob("lesson-*/snackbar.yaml"))
    return {file.parent.name: read(file.read_text(encoding="utf-8"), known) for file in files}


def lessons() -> list[LessonFields]:
    return [lesson for pack in packs().values() for lesson in pack.lessons]


def exercises() -> dict[str, ExerciseFields]:
    return {e.slug: e for pack in packs().values() for e in pack.exercises}


def content(slug: str) -> Content:
    fields = exercises()[slug]
    scenario = scenarios().scenario(fields.scenario[0])
    assert scenario is not None
    return fields.content(scenario)
