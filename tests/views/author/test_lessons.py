"""Lessons of an author's own: words, things to watch, predictions, and exercises in an order."""

import pytest
from django.test import Client

from kubeviz.models import Exercise, Lesson

from .forms import GOOD, WORDS, author, edit, new_exercise, row

pytestmark = pytest.mark.django_db(transaction=True)

LESSON = {
    **WORDS,
    "remember_ko": "기억",
    "remember_en": "Remember",
    "scenario": "snackbar",
    "order": "1000",
    "watch": ["watch-1"],
    **row("watch", "watch-1", label_ko="주문", label_en="Order", url="http://{node node-1}:30080/"),
    "predictions": ["who"],
    **row("predictions", "who", "prediction", ask_ko="누가?", ask_en="Who?", url="http://{order}/", about="pod"),
}


def new_lesson(client: Client) -> Lesson:
    client.post("/author/lessons/new", {"scenario": "snackbar"})
    return Lesson.objects.filter(shipped=False).latest("id")


def save(client: Client, lesson: Lesson, **changes):
    return client.post(f"/author/lessons/{lesson.slug}/", {**LESSON, **changes}, follow=True)


def test_a_lesson_is_written_published_and_read_with_its_exercises_in_order(kim):
    first, second = new_exercise(kim), new_exercise(kim)
    for exercise, title in ((first, "하나"), (second, "둘")):
        edit(kim, exercise, {**GOOD, "title_ko": title}, then="published")
    lesson = new_lesson(kim)
    save(kim, lesson, exercises=[second.slug, first.slug], then="published")
    lesson.refresh_from_db()
    assert (lesson.state, lesson.watch[0]["url"]) == ("published", "http://{node node-1}:30080/")
    assert lesson.predictions == [
        {
            "check": "prediction",
            "id": "who",
            "ask_ko": "누가?",
            "ask_en": "Who?",
            "url": "http://{order}/",
            "about": "pod",
        }
    ]
    page = Client().get(f"/lessons/{lesson.slug}/").content.decode()
    assert page.index("둘") < page.index("하나")
    shelf = Client().get("/lessons/").content.decode()
    assert shelf.index('data-lesson="service"') < shelf.index(f'data-lesson="{lesson.slug}"')
    opened = Client().post(f"/lessons/{lesson.slug}/open", follow=True).content.decode()
    assert "누가?" in opened and 'data-watch="0"' in opened


def test_an_exercise_that_is_taken_out_stands_alone_again(kim):
    exercise, lesson = new_exercise(kim), new_lesson(kim)
    save(kim, lesson, exercises=[exercise.slug])
    assert list(lesson.exercises.all()) == [exercise]
    save(kim, lesson, exercises=[])
    assert list(lesson.exercises.all()) == []
    assert Exercise.objects.filter(id=exercise.id).exists()


def test_nobody_elses_exercise_is_gathered(kim):
    theirs = new_exercise(author("lee"))
    lesson = new_lesson(kim)
    save(kim, lesson, exercises=[theirs.slug, "one-letter"])
    assert list(lesson.exercises.all()) == []
    theirs.refresh_from_db()
    assert theirs.lesson is None


ARRANGED = [
    ("up", "exercises up {b}", ["b", "a"]),
    ("taken out", "exercises remove {a}", ["b"]),
    ("put in", "exercises add", ["a", "b", "c"]),
]


@pytest.mark.parametrize(("doing", "names"), [r[1:] for r in ARRANGED], ids=[r[0] for r in ARRANGED])
def test_the_exercises_of_a_lesson_are_rearranged(kim, doing, names):
    slugs = {name: new_exercise(kim).slug for name in "abc"}
    lesson = new_lesson(kim)
    sent = {**LESSON, "exercises": [slugs["a"], slugs["b"]], "gather": slugs["c"], "rows": doing.format(**slugs)}
    found = kim.post(f"/author/lessons/{lesson.slug}/", sent)
    assert found.context["form"].fields["exercises"] == [slugs[name] for name in names]


def test_what_a_lesson_lacks_keeps_it_off_the_shelf(kim):
    lesson = new_lesson(kim)
    found = save(kim, lesson, text_en="", then="published")
    assert found.context["flaws"]
    lesson.refresh_from_db()
    assert lesson.state == "draft"


def test_a_copy_of_a_shipped_lesson_brings_copies_of_its_exercises(kim):
    kim.post("/author/lessons/service/copy")
    mine = Lesson.objects.get(owner__username="kim")
    assert [e.owner.username for e in mine.exercises.all()] == ["kim", "kim"]
    assert Exercise.objects.filter(lesson__slug="service", shipped=True).count() == 2


def test_what_others_began_or_stand_on_is_not_removed(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, GOOD, then="published")
    Client().post(f"/exercises/{exercise.slug}/open")
    found = kim.post(f"/author/exercises/{exercise.slug}/remove")
    assert (found.status_code, "보관" in found.content.decode()) == (422, True)
    kim.post("/author/scenarios/snackbar/copy")
    scenario = exercise.scenario.__class__.objects.get(owner__username="kim")
    other = new_exercise(kim, scenario.slug)
    assert kim.post(f"/author/scenarios/{scenario.slug}/remove").status_code == 422
    edit(kim, other, {**GOOD, "scenario": scenario.slug}, then="try")
    assert kim.post(f"/author/exercises/{other.slug}/remove").status_code == 302
    assert kim.post(f"/author/scenarios/{scenario.slug}/remove").status_code == 302
    assert Exercise.objects.filter(owner__username="kim").count() == 1
