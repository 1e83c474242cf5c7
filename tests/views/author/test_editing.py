"""The author's desk: written, tried, proven, published; everybody only with their own."""

import pytest
from django.test import Client

from kubeviz.models import Attempt, Exercise, Lab, Scenario
from tests.shipped import load_shipped

from .forms import GOOD, UNSOLVED, WORDS, edit, new_exercise, proven, row

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_exercise_is_written_proven_published_and_solved(kim):
    exercise = new_exercise(kim)
    assert edit(kim, exercise, GOOD).status_code == 200
    exercise.refresh_from_db()
    assert exercise.checks[0] == {
        "check": "request",
        "id": "served",
        "url": "http://{node node-1}:30080/",
        "expect": "delivered",
        "weight": 2,
    }
    assert exercise.hints == [{"text_ko": "레이블", "text_en": "Labels", "cost": 2, "when": ["SelectorMatchesNothing"]}]
    assert proven(kim, exercise)
    assert Client().get(f"/exercises/{exercise.slug}/").status_code == 404
    edit(kim, exercise, GOOD, then="published")
    learner = Client()
    assert learner.get(f"/exercises/{exercise.slug}/").status_code == 200
    opened = learner.post(f"/exercises/{exercise.slug}/open", follow=True)
    assert "셀렉터 찾기" in opened.content.decode()
    assert Attempt.objects.filter(exercise=exercise).count() == 1


def test_what_is_stored_is_what_the_form_shows_and_sends_again(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, GOOD)
    form = kim.get(f"/author/exercises/{exercise.slug}/").context["form"]
    assert {part: len(rows) for part, rows in form.rows.items()} == {
        "start": 1,
        "solution": 2,
        "checks": 2,
        "hints": 1,
        "faults": 0,
    }
    values = {f.name: value for f, value, _ in form.rows["checks"][0].fields}
    assert (values["url"], values["weight"]) == ("http://{node node-1}:30080/", "2")


WRONG = [
    ("a number that is none", {"points": "many"}, "points"),
    ("a scenario that is not there", {"scenario": "nowhere"}, "scenario"),
    ("a lesson that is not there", {"lesson": "nowhere"}, "lesson"),
    ("a difficulty that is none", {"difficulty": "9"}, "difficulty"),
    ("a title without end", {"title_ko": "가" * 201}, "title_ko"),
    ("more tags than fit", {"tags": ",".join("abcdefghijklmnopqrstuvwxyz")}, "tags"),
    (
        "more hints than fit",
        {
            "hints": [f"h{n}" for n in range(13)],
            **{f"hints.h{n}.{f}": v for n in range(13) for f, v in {"type": "", "text_ko": "가"}.items()},
        },
        "hints",
    ),
]


@pytest.mark.parametrize(("changes", "field"), [r[1:] for r in WRONG], ids=[r[0] for r in WRONG])
def test_a_mistake_is_told_at_its_field_and_nothing_is_stored(kim, changes, field):
    exercise = new_exercise(kim)
    found = edit(kim, exercise, {**GOOD, **changes})
    assert found.status_code == 422
    assert field in found.context["form"].errors
    exercise.refresh_from_db()
    assert (exercise.title_ko, exercise.checks) == ("새 과제", [])


FAULTS = {"faults": ["f"], **row("faults", "f", count="7")}
ROWS = [
    ("no address", "checks", {"checks.served.url": ""}, "url", "값을 적어", "A value is needed"),
    ("an address that is none", "checks", {"checks.served.url": "ftp://x"}, "url", "http://나 https://로", "Begin with http://"),
    ("an outcome that is none", "checks", {"checks.served.expect": "arrives"}, "expect", "끝나는 모습이 아닙니다", "is no outcome"),
    ("a weight that is no number", "checks", {"checks.served.weight": "heavy"}, "weight", "수를 적습니다", "Write a number"),
    ("steps that are no YAML", "checks", {"checks.served.after": "[{"}, "after", "", ""),
    ("steps that are none", "checks", {"checks.served.after": "[{do: explode}]"}, "after", "이 가운데 하나: run, apply", "none of these: run, apply"),
    ("an answer to no question", "solution", {"solution.b.check": "nobody"}, "check", "물음의 id를", "id of one"),
    ("more pods than fit", "start", {"start.s1.type": "scale", "start.s1.replicas": "101"}, "replicas", "100 이하", "At most 100"),
    ("more faults than there may be", "faults", FAULTS, "count", "6 이하", "At most 6"),
    ("a fault that is none", "faults", {**FAULTS, "faults.f.count": "1", "faults.f.from": ["magic"]}, "from", "고를 수 있는 값이 아닙니다", "none of the choices"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "changes", "field", "ko", "en"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_mistake_in_a_row_is_told_at_its_field_in_both_languages(kim, part, changes, field, ko, en):
    exercise = new_exercise(kim)
    found = edit(kim, exercise, {**GOOD, **changes})
    assert found.status_code == 422
    wrong = {f.name for r in found.context["form"].rows[part] for f, _, message in r.fields if message}
    assert wrong == {field}
    assert ko in found.content.decode()
    kim.cookies["kubeviz_language"] = "en"
    assert en in edit(kim, exercise, {**GOOD, **changes}).content.decode()
    exercise.refresh_from_db()
    assert exercise.checks == []


ARRANGED = [
    ("a row goes up", "checks up why", ["why", "served"]),
    ("a row goes down", "checks down served", ["why", "served"]),
    ("the first cannot go higher", "checks up served", ["served", "why"]),
    ("the last cannot go lower", "checks down why", ["served", "why"]),
    ("a row is taken away", "checks remove served", ["why"]),
    ("a row is added, with a name of its own", "checks add request", ["served", "why", "request-1"]),
    ("a type that is none", "checks add magic", ["served", "why"]),
    ("a row that is not there", "checks remove nobody", ["served", "why"]),
    ("a part that is not there", "owner remove served", ["served", "why"]),
    ("nothing at all", "", ["served", "why"]),
]  # fmt: skip


@pytest.mark.parametrize(("doing", "keys"), [r[1:] for r in ARRANGED], ids=[r[0] for r in ARRANGED])
def test_rows_are_rearranged_in_the_form_and_nothing_is_stored(kim, doing, keys):
    exercise = new_exercise(kim)
    found = kim.post(f"/author/exercises/{exercise.slug}/", {**GOOD, "rows": doing})
    form = found.context["form"]
    assert [row.key for row in form.rows["checks"]] == keys
    assert form.fields["title_ko"] == WORDS["title_ko"] and not form.wrong
    exercise.refresh_from_db()
    assert exercise.checks == []


def test_with_scripts_only_the_part_that_was_rearranged_comes_back(kim):
    exercise = new_exercise(kim)
    data = {**GOOD, "rows": "checks up why"}
    found = kim.post(f"/author/exercises/{exercise.slug}/", data, headers={"HX-Request": "true"}).content.decode()
    assert 'id="part-checks"' in found and "<html" not in found


def test_the_order_of_the_rows_is_what_is_stored(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, {**GOOD, "checks": ["why", "served"]})
    exercise.refresh_from_db()
    assert [check["id"] for check in exercise.checks] == ["why", "served"]


def test_what_is_not_proven_is_not_published(kim):
    exercise = new_exercise(kim)
    found = edit(kim, exercise, {**GOOD, **UNSOLVED}, then="published")
    assert found.context["flaws"]
    exercise.refresh_from_db()
    assert exercise.state == "draft"


def test_an_edit_that_is_no_longer_proven_takes_it_off_the_shelf(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, GOOD, then="published")
    edit(kim, exercise, {**GOOD, "text_en": ""})
    exercise.refresh_from_db()
    assert exercise.state == "draft"


def test_a_link_opens_what_is_shared_and_only_with_its_secret(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, GOOD, then="shared")
    stranger = Client()
    assert stranger.get(f"/exercises/{exercise.slug}/").status_code == 404
    assert stranger.get(f"/exercises/{exercise.slug}/?share=guess").status_code == 404
    assert stranger.get(f"/exercises/{exercise.slug}/?share={exercise.share}").status_code == 200
    assert exercise.slug not in stranger.get("/lessons/").content.decode()


def test_the_author_tries_it_as_a_learner_in_its_latest_version(kim):
    exercise = new_exercise(kim)
    edit(kim, exercise, GOOD, then="try")
    page = edit(kim, exercise, {**GOOD, "title_ko": "새 제목"}, then="try")
    assert "새 제목" in page.content.decode()
    assert Lab.objects.filter(attempt__exercise=exercise).count() == 1


def test_a_shipped_exercise_is_copied_to_be_edited_and_loading_leaves_the_copy_alone(kim):
    kim.post("/author/exercises/one-letter/copy")
    mine = Exercise.objects.get(owner__username="kim")
    assert (mine.shipped, mine.state, "--" in mine.slug) == (False, "draft", True)
    mine.title_ko = "내 것"
    mine.save()
    load_shipped()
    mine.refresh_from_db()
    assert mine.title_ko == "내 것"
    assert kim.get("/author/exercises/one-letter/").status_code == 404


def test_manifests_are_checked_while_they_are_written(kim):
    bad = "apiVersion: v1\nkind: Service\nmetadata: {name: X}\nspec: {ports: [{port: 80}]}"
    found = kim.post("/author/manifests", {"manifests": bad}).content.decode()
    assert 'data-line="3"' in found and "metadata.name" in found
    assert "✓" in kim.post("/author/manifests", {"manifests": bad.replace("X", "x")}).content.decode()


def test_a_scenario_with_bad_manifests_is_not_stored(kim):
    kim.post("/author/scenarios/new")
    scenario = Scenario.objects.get(owner__username="kim")
    data = {**WORDS, "provider": "cloud", "firewall": "open", "seed": "1", "manifests": "kind: Service"}
    assert kim.post(f"/author/scenarios/{scenario.slug}/", data).status_code == 422
    good = {**data, "manifests": ""}
    assert kim.post(f"/author/scenarios/{scenario.slug}/", good).status_code == 302
    scenario.refresh_from_db()
    assert (scenario.firewall, scenario.title_en) == ("open", "Find the selector")


def test_the_preview_shows_markdown_and_does_no_harm(kim):
    found = kim.post("/author/preview", {"text_ko": "**굵게** <script>alert(1)</script>"}).content.decode()
    assert "<strong>굵게</strong>" in found and "<script>" not in found
