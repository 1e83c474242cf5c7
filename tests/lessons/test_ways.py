"""An exercise takes every repair that works, and says of one that does not what is missing. One row, one way."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.lessons.course import exercises
from tests.lessons.doing import done, missing

FILES = sorted((Path(__file__).parent / "ways").glob("lesson-*.yaml"))


@cache
def ways() -> dict[str, dict[str, Any]]:
    found = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in FILES]
    return {slug: rows for rows_of in found for slug, rows in rows_of.items()}


def rows(kind: str) -> list[Any]:
    return [
        pytest.param(slug, row, id=f"{slug}: {name}")
        for slug, every in ways().items()
        for name, row in every[kind].items()
    ]


@pytest.mark.parametrize(("slug", "lines"), rows("right"))
def test_it_counts(slug: str, lines: list[str]) -> None:
    graded = done(slug, lines)
    assert missing(graded) == {}
    assert graded.share == pytest.approx(1)


@pytest.mark.parametrize(("slug", "row"), rows("wrong"))
def test_it_is_told_what_is_missing(slug: str, row: dict[str, Any]) -> None:
    graded = done(slug, row["lines"])
    assert missing(graded) == row["missing"]
    assert graded.share < 1


def test_every_exercise_with_something_to_do_has_three_ways_of_each_kind() -> None:
    to_do = {slug for slug, exercise in exercises().items() if exercise.par}
    assert {slug for slug in to_do if len(ways()[slug]["right"]) < 3} == set()
    assert {slug for slug in to_do if len(ways()[slug]["wrong"]) < 2} == set()


@pytest.mark.parametrize("slug", exercises())
def test_nothing_done_earns_nothing(slug: str) -> None:
    graded = done(slug, [], told=False)
    assert graded.share == 0
    assert not graded.passed
