"""The examples of the desk and the catalogue: one of everything, each true in the snackbar; the documents have them."""

from typing import Any, get_args

import msgspec
import pytest

from kubeviz.lessons import examples
from kubeviz.lessons.checks import AnyCheck, CommandCheck, Question, RenewedCheck
from kubeviz.lessons.content import FaultKind, Faults, Hint
from kubeviz.lessons.faults import KINDS
from kubeviz.lessons.packs import Preset
from kubeviz.lessons.schema import CHECK_NAMES, STEP_NAMES
from kubeviz.lessons.setting import Setting, at_rest
from kubeviz.lessons.steps import Answer, AnyStep, Send
from kubeviz.lessons.suggesting import suggestions
from kubeviz.lessons.world import World, after
from kubeviz.wording.ui import UI
from scripts import catalogue
from tests.lessons.course import scenarios

SNACKBAR = next(s.setting for s in scenarios().scenarios if s.slug == "snackbar")
BY_DOING = (CommandCheck, Question, RenewedCheck)
"""What somebody has to do or say first."""


def world() -> World:
    return World(*at_rest(SNACKBAR))


def test_everything_that_can_be_written_has_an_example() -> None:
    assert tuple(examples.CHECKS) == CHECK_NAMES
    assert tuple(examples.STEPS) == STEP_NAMES
    assert set(get_args(FaultKind)) == set(KINDS)


@pytest.mark.parametrize("name", CHECK_NAMES)
def test_the_example_of_a_check_holds_in_the_snackbar(name: str) -> None:
    check = msgspec.convert(examples.CHECKS[name], AnyCheck)
    assert check.problems() == []
    verdict = check.verdict(world())
    assert verdict.passed or isinstance(check, BY_DOING), verdict


def test_the_example_of_a_command_is_found_by_its_own_pattern() -> None:
    start = at_rest(SNACKBAR)
    check = msgspec.convert(examples.CHECKS["command"], CommandCheck)
    assert check.verdict(World(*start, commands=(check.example,))).passed


@pytest.mark.parametrize("name", STEP_NAMES)
def test_the_example_of_a_step_can_be_done(name: str) -> None:
    step = msgspec.convert(examples.STEPS[name], AnyStep)
    start = at_rest(Setting(provider="minikube") if name == "tunnel" else SNACKBAR)
    changed = after(start, [step]).cluster is not start.cluster
    assert changed != isinstance(step, Send | Answer)


@pytest.mark.parametrize(
    ("value", "struct"), [(examples.HINT, Hint), (examples.PRESET, Preset), (examples.FAULTS, Faults)]
)
def test_the_other_examples_load(value: dict[str, Any], struct: Any) -> None:
    msgspec.convert(value, struct)


def test_the_names_that_the_desk_suggests_are_there() -> None:
    found = suggestions(world().cluster)
    assert "pod/snackbar/app=order" in found["place"]
    assert "http://{node node-1}:{nodeport snackbar/order}/" in found["address"]
    assert found["service"] == ["snackbar/order", "snackbar/payment"]
    assert {"delivered", "404", "FirewallBlocked"} <= set(found["outcome"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_catalogue_in_the_documents_is_what_the_code_says(language: str) -> None:
    """If not: python -m scripts.catalogue"""
    assert catalogue.FILES[language].read_text(encoding="utf-8") == catalogue.written(language)
    text = catalogue.catalogue(language)
    assert all(f"### `{name}`" in text for name in (*CHECK_NAMES, *STEP_NAMES))
    assert all(f"- `{kind}`:" in text for kind in KINDS)


@pytest.mark.parametrize("part", ["type_", "about_"])
def test_every_check_and_step_has_words(part: str) -> None:
    assert {name for name in (*CHECK_NAMES, *STEP_NAMES) if f"{part}{name}" not in UI} == set()


def test_every_field_that_an_author_writes_has_words() -> None:
    structs = [*get_args(AnyCheck), *get_args(AnyStep), Hint, Preset, Faults]
    names = {f.encode_name.removesuffix("_ko").removesuffix("_en") for s in structs for f in msgspec.structs.fields(s)}
    assert {name for name in names - {"id"} if f"write_{name}" not in UI} == set()
