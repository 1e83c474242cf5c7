"""Every verdict of a check and every flaw of an exercise has words in both languages."""

import ast
import re
import string
from pathlib import Path

import msgspec
import pytest

import kubeviz.lessons
from kubeviz.lessons.checks import AnyCheck
from kubeviz.wording import LANGUAGES
from kubeviz.wording.checks import CHECKED, FLAWS, TITLES, flaw, outcome, title, told
from tests.lessons.course import content, exercises

SOURCES = sorted(Path(kubeviz.lessons.__file__).parent.rglob("*.py"))

CODE = re.compile(r"([A-Z][a-z]+){2,}(?<!Check)|Unchanged|Changed")


def codes(call: str, position: int) -> set[str]:
    """The constant codes that calls of *call* are given anywhere in the lessons."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call and len(node.args) > position:
                found |= {n.value for n in ast.walk(node.args[position]) if isinstance(n, ast.Constant)}
    return {code for code in found if isinstance(code, str)}


def test_every_verdict_has_words_and_no_words_are_idle() -> None:
    """A code is two words or more in one, as nothing else in the modules of the checks is."""
    files = [source for source in SOURCES if source.parent.name == "checks" and source.stem != "__init__"]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    said = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    assert {text for text in said if CODE.fullmatch(text)} == set(CHECKED)


def test_every_flaw_has_words() -> None:
    assert codes("Flaw", 0) | {"DeadLink", "CannotBeSent"} == set(FLAWS)


def test_every_type_of_check_has_a_title() -> None:
    assert {c.__struct_config__.tag for c in AnyCheck.__args__} == set(TITLES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [*CHECKED.values(), *TITLES.values()], ids=[*CHECKED, *TITLES])
def test_both_languages_name_the_same_things(words) -> None:
    ko, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (words.ko, words.en))
    assert ko == en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", exercises())
def test_every_task_of_the_course_has_a_title(slug: str, language: str) -> None:
    said = [title(msgspec.to_builtins(check), language) for check in content(slug).checks]
    assert all(text and "{" not in text for text in said)


def test_a_verdict_is_said_with_the_reason_of_its_first_failing_request() -> None:
    verdict = {
        "code": "EndsOtherwise",
        "passed": False,
        "params": {"from": "internet", "url": "http://a/", "verdict": "refused", "status": None, "wanted": "delivered"},
        "traces": [{"id": "x", "reason": "SelectorMatchesNothing", "params": {"service": "service/shop/order"}}],
    }
    assert told(verdict, "en")["text"] == "client → http://a/ should arrive; now it is refused."
    assert "order" in told(verdict, "ko")["why"]


@pytest.mark.parametrize(
    ("code", "ko"),
    [("refused", "연결 거절"), ("404", "HTTP 404"), ("failed", "닿지 않음"), ("FirewallBlocked", "FirewallBlocked")],
)
def test_an_outcome_is_said(code: str, ko: str) -> None:
    assert outcome(code, "ko") == ko


def test_a_flaw_is_said_in_both_languages() -> None:
    params = {"field": "title", "language": "en"}
    assert flaw("WordsMissing", params, "ko") == "영어 글이 없습니다: 제목"
    assert flaw("WordsMissing", params, "en") == "Not written in English: Title"
