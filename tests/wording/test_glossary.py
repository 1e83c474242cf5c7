"""Every word is explained in both languages, and a text is marked where it speaks of one."""

import pytest

from kubeviz.wording import REASONS
from kubeviz.wording.glossary import BY_KEY, TERMS, pieces


def marked(text: str) -> list[tuple[str, str]]:
    return [(text, key) for text, key in pieces(text, set()) if key]


def test_there_are_sixty_terms_each_in_both_languages():
    assert len(TERMS) == len(BY_KEY) >= 60
    for term in TERMS:
        assert all([term.ko, term.en, term.ko_text, term.en_text, *term.marks]), term.key
        assert 1 <= term.en_text.count(".") <= 12


def test_a_mark_means_one_term():
    marks = [mark for term in TERMS for mark in term.marks]
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("서비스가 파드를 고릅니다", [("서비스", "service"), ("파드", "pod")]),
        ("NodePort를 열어도", [("NodePort", "nodeport")]),
        ("헤드리스 서비스라서", [("헤드리스", "headless"), ("서비스", "service")]),
        ("서비스 디스커버리라고 합니다", [("서비스 디스커버리", "discovery")]),
        ("the pod and the pod again", [("pod", "pod")]),
        ("EndpointSlices, not Endpoints", [("EndpointSlices", "endpointslice"), ("Endpoints", "endpoints")]),
        ("http://node/pod-1 and my-service", []),
        ("pod/default/order", []),
        ("<b>none</b>", []),
    ],
)
def test_terms_are_found_as_they_are_written(text, expected):
    assert marked(text) == expected


def test_the_pieces_are_the_text():
    for words in REASONS.values():
        for text in words:
            assert "".join(piece.text for piece in pieces(text, set())) == text


def test_a_term_is_marked_once_in_a_whole_journey():
    known: set[str] = set()
    first = [p.key for p in pieces("서비스", known) if p.key]
    assert first == ["service"]
    assert [p.key for p in pieces("서비스", known) if p.key] == []
