"""What keeps a stored lesson from being proven. The shipped ones have nothing of it."""

import pytest

from kubeviz.actions.proving import prove_lesson
from kubeviz.models import Lesson
from kubeviz.wording.checks import flaw
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    load_shipped()
    return Lesson.objects.get(slug="pod-ips")


def told(lesson: Lesson) -> list[str]:
    return [flaw(found.code, found.params, "en") for found in prove_lesson(lesson)]


def test_the_shipped_lessons_are_without_a_flaw(lesson: Lesson) -> None:
    assert {le.slug: told(le) for le in Lesson.objects.all() if told(le)} == {}


ROWS = [
    ("a title in one language", {"title_en": ""}, ["Not written in English: Title"]),
    ("a dead link", {"remember_ko": "[x](/lessons/nowhere/)"}, ["/lessons/nowhere/: this link leads nowhere."]),
    ("something to watch without a label", {"watch": [{"url": "http://{order}/", "text_ko": "a", "text_en": "b", "label_ko": "c"}]}, ["Not written in English: To watch 1: Label"]),
    ("a request to a Service that is not there", {"watch": [{"url": "http://{menu}/", "text_ko": "a", "text_en": "b", "label_ko": "c", "label_en": "d"}]}, ["watch[0]: it cannot be sent, the scenario has no menu."]),
    ("a prediction that nobody can send", {"predictions": [{"check": "prediction", "from": "pod/snackbar/app=menu", "url": "http://order/", "ask_ko": "a", "ask_en": "b", "why_ko": "c", "why_en": "d"}]}, ["predictions[0]: it cannot be sent, the scenario has no app=menu."]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_flaw_is_told(lesson: Lesson, change: dict, said: list[str]) -> None:
    for field, value in change.items():
        setattr(lesson, field, value)
    assert told(lesson) == said
