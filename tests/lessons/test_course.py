"""The shipped course: fourteen lessons in the order of the lecture, two exercises each, all of them proven."""

import re

import msgspec
import pytest

from kubeviz.engine import trace
from kubeviz.lessons.content import content_from
from kubeviz.lessons.packs import read, write
from kubeviz.lessons.places import address, sources
from kubeviz.lessons.proof import prove
from kubeviz.lessons.setting import at_rest
from tests.lessons.course import content, exercises, lessons, packs, scenarios

TOPICS = [
    "pod-ips",
    "service",
    "ports",
    "endpoints",
    "empty-endpoints",
    "environment",
    "dns",
    "cluster-ip",
    "node-port",
    "load-balancer",
    "ingress-host",
    "ingress-path",
    "ingress-fails",
    "broken-snackbar",
]
MOST_ENGLISH_WORDS = 200


def test_the_lessons_follow_the_lecture() -> None:
    assert [lesson.slug for lesson in sorted(lessons(), key=lambda lesson: lesson.order)] == TOPICS


@pytest.mark.parametrize("slug", exercises())
def test_every_exercise_is_proven(slug: str) -> None:
    assert prove(content(slug), seeds=range(5)) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_lesson_has_two_exercises_and_one_repairs_something(topic: str) -> None:
    own = [e for e in exercises().values() if e.lesson == [topic]]
    assert len(own) == 2
    assert any("repair" in e.tags for e in own)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_a_lesson_is_short_in_both_languages_and_has_all_its_parts(lesson) -> None:
    words = len(re.findall(r"\S+", lesson.text_en))
    assert 80 <= words <= MOST_ENGLISH_WORDS
    assert len(lesson.text_ko) > 200
    assert lesson.title_en and lesson.remember_ko and lesson.remember_en
    assert lesson.watch and lesson.predictions
    said = [w for item in lesson.watch for w in (item.label_ko, item.label_en, item.text_ko, item.text_en)]
    assert all(said)
    assert all(p.ask_ko and p.ask_en and p.why_ko and p.why_en for p in lesson.predictions)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_what_a_lesson_shows_and_asks_can_be_sent(lesson) -> None:
    scenario = scenarios().scenario(lesson.scenario[0])
    assert scenario is not None
    cluster = at_rest(scenario.setting).cluster
    for item in lesson.watch:
        assert sources(cluster, item.source)
        assert "{" not in address(cluster, item.url)
    for prediction in lesson.predictions:
        record = trace(cluster, prediction.request(cluster)).to_dict()
        assert prediction.judge("", record).actual


def test_no_slug_can_be_one_of_an_instructors() -> None:
    """Theirs have two dashes, so that loading ours again never touches what they wrote."""
    assert not [slug for slug in [*exercises(), *TOPICS] if "--" in slug]


@pytest.mark.parametrize("name", packs())
def test_a_pack_that_is_written_is_read_as_it_was(name: str) -> None:
    pack = packs()[name]
    known = {"scenario": {s.slug for s in scenarios().scenarios}}
    assert read(write(pack), known) == pack


def test_a_version_is_complete_in_itself() -> None:
    first = content("reopen-shops")
    assert content_from(msgspec.to_builtins(first)) == first
