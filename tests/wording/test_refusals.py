"""What kubeviz refuses, in the reader's language."""

import pytest

from kubeviz.wording.refusals import said


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        pytest.param("a value is needed", "값을 적어 주세요.", id="a whole sentence"),
        pytest.param("a number from 0 to 100 is needed", "0부터 100까지의 수를 적어 주세요.", id="with its numbers"),
        pytest.param("there is no {0} in this lab", "이 실습에 {0}가(이) 없습니다.", id="hostile words are inert"),
        pytest.param(
            'spec.replicas: Invalid value: "x"', 'spec.replicas: Invalid value: "x"', id="the API server's own"
        ),
    ],
)
def test_our_own_sentences_are_told_in_korean_and_the_api_servers_stay(english, korean):
    assert said(english, "ko") == korean
    assert said(english, "en") == english
