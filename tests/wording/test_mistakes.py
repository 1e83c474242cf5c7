"""What is wrong with what an author wrote, in both languages; what nobody put into words stays as it is."""

import re

import pytest

from kubeviz.wording.mistakes import ROWS, said

SAID = [
    ("a value is needed", "값을 적어 주세요.", "A value is needed."),
    ("Expected `int`, got `str`", "여기에는 정수를 적습니다. 지금은 글입니다.", "Write a whole number here; this is text."),
    ("Expected `bool | int | float | str | null`, got `array`", "여기에는 글이나 수 하나를 적습니다. 지금은 목록(- 로 시작하는 줄들)입니다.", "Write one word or number here; this is a list (lines that begin with -)."),
    ("Expected `int` <= 100", "100 이하여야 합니다.", "At most 100 is possible."),
    ("[0].replicas: Expected `int` <= 100", "[0].replicas: 100 이하여야 합니다.", "[0].replicas: At most 100 is possible."),
    ("there is no service/shop/order", "service/shop/order가 없습니다.", "There is no service/shop/order."),
    ("kubectl get x: exit code 1: error: no x", "`kubectl get x` 명령이 오류로 끝났습니다 (종료 코드 1). error: no x", "`kubectl get x` ended with exit code 1. error: no x"),
    ("a method is a word, such as GET", "메서드는 GET 같은 한 낱말입니다.", "a method is a word, such as GET"),
    ("spec.ports: Required value", "spec.ports: Required value", "spec.ports: Required value"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "ko", "en"), SAID)
def test_a_mistake_is_said_in_both_languages(message: str, ko: str, en: str) -> None:
    assert (said(message, "ko"), said(message, "en")) == (ko, en)


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in ROWS])
def test_a_row_says_only_what_its_pattern_captures(pattern: str) -> None:
    words = dict(ROWS)[pattern]
    parts = re.compile(pattern).groups
    for text in words:
        assert {int(n) for n in re.findall(r"\{(\d)", text)} <= set(range(parts)), text
