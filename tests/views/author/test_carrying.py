"""Packs out and in: all of a file or nothing, and nothing that is somebody else's."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kubeviz.assets import assets
from kubeviz.models import Attempt, Exercise, Lesson, Scenario

from .forms import GOOD, author, edit, new_exercise, proven

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_carries_an_exercise_into_another_installation(kim):
    kim.post("/author/scenarios/new")
    scenario = Scenario.objects.get(owner__username="kim")
    Scenario.objects.filter(id=scenario.id).update(manifests=Scenario.objects.get(slug="snackbar").manifests)
    exercise = new_exercise(kim, scenario.slug)
    edit(kim, exercise, {**GOOD, "scenario": scenario.slug})
    file = kim.get(f"/author/export?slug={exercise.slug}").content
    Exercise.objects.filter(owner__username="kim").delete()
    Scenario.objects.filter(owner__username="kim").delete()
    lee = author("lee")
    lee.post("/author/import", {"file": SimpleUploadedFile("pack.yaml", file)})
    brought = Exercise.objects.get(owner__username="lee")
    assert (brought.title_ko, brought.state, brought.scenario.owner.username) == ("셀렉터 찾기", "draft", "lee")
    assert proven(lee, brought)


BAD_FILES = [
    ("no file", b""),
    ("no YAML", b"- {"),
    ("another model", b"- {model: auth.user, fields: {username: eve, is_superuser: true}}"),
    ("a mistake in the second row", b"- {model: kubeviz.scenario, fields: {slug: a, title_ko: a}}\n- {model: kubeviz.exercise, fields: {slug: b}}"),
    ("no text at all", bytes(range(256))),
]  # fmt: skip


@pytest.mark.parametrize("file", [r[1] for r in BAD_FILES], ids=[r[0] for r in BAD_FILES])
def test_a_bad_file_brings_in_nothing(kim, file):
    before = (User.objects.count(), Scenario.objects.count(), Exercise.objects.count())
    found = kim.post("/author/import", {"file": SimpleUploadedFile("pack.yaml", file)})
    assert found.status_code == 422
    assert found.context["problems"]
    assert (User.objects.count(), Scenario.objects.count(), Exercise.objects.count()) == before


# ── strangers' files ──

EXERCISE = """
- model: kubeviz.exercise
  fields:
    slug: SLUG
    title_ko: 찾기
    scenario: [snackbar]
    checks: [{check: endpoints, service: snackbar/order, pods: none}]
"""
HOSTILE = [
    ("a hundred thousand levels", "[" * 100_000),
    ("a billion laughs", "- &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"- &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))),
    ("larger than a file may be", "#" * ((2 << 20) + 1)),
    ("more rows than a pack may have", EXERCISE * 301),
    ("a row's number", EXERCISE.replace("  fields:", "  pk: 1\n  fields:")),
    ("an owner", EXERCISE.replace("slug: SLUG", "slug: a\n    owner: 1")),
    ("a state", EXERCISE.replace("slug: SLUG", "slug: a\n    state: published")),
    ("a share word", EXERCISE.replace("slug: SLUG", "slug: a\n    share: known")),
    ("a learner's attempt", "- {model: kubeviz.attempt, fields: {learner: a, score: 100}}"),
    ("a slug that leads upwards", EXERCISE.replace("SLUG", "../../etc/passwd")),
    ("a slug with markup", EXERCISE.replace("SLUG", "'<script>alert(1)</script>'")),
    ("the same slug twice", EXERCISE + EXERCISE),
    ("a title that is a list", EXERCISE.replace("찾기", "[a]")),
    ("checks that are no list", EXERCISE.replace("[{check", "{check").replace("none}]", "none}")),
    ("a scenario by number", EXERCISE.replace("[snackbar]", "[1]")),
    ("another author's draft", EXERCISE.replace("[snackbar]", "[secret--abcd]")),
    ("a learner's own scenario", EXERCISE.replace("[snackbar]", "[own--abcdabcd]")),
    ("another author's lesson", EXERCISE.replace("slug: SLUG", "slug: a\n    lesson: [theirs--abcd]")),
    ("an object of Python's", "- !!python/object/apply:os.system [ls]"),
    ("ten thousand pods", "- {model: kubeviz.scenario, fields: {slug: a, title_ko: a, manifests: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 10000, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}'}}"),
]  # fmt: skip


@pytest.fixture
def theirs(course) -> User:
    """What other people have: an author's drafts, a learner's scenario."""
    lee = User.objects.create_user("lee", is_staff=True)
    secret = Scenario.objects.create(slug="secret--abcd", title_ko="비밀", owner=lee, state="draft")
    Scenario.objects.create(slug="own--abcdabcd", title_ko="YAML", learner="somebody", state="draft")
    Lesson.objects.create(slug="theirs--abcd", title_ko="남의 강의", owner=lee, state="published", scenario=secret)
    Exercise.objects.create(slug="find--abcd", title_ko="남의 과제", owner=lee, state="published", scenario=secret)
    return lee


def everything() -> list[int]:
    return [model.objects.count() for model in (User, Scenario, Lesson, Exercise, Attempt)]


def bring(client: Client, text: str):
    return client.post("/author/import", {"file": SimpleUploadedFile("pack.yaml", text.encode())})


@pytest.mark.parametrize("text", [r[1] for r in HOSTILE], ids=[r[0] for r in HOSTILE])
def test_a_strangers_file_brings_in_nothing_and_says_why_in_both_languages(kim, theirs, text):
    before = everything()
    found = bring(kim, text.replace("SLUG", "a"))
    assert found.status_code == 422 and found.context["problems"]
    assert everything() == before
    assert "<script>alert" not in found.content.decode()


@pytest.mark.parametrize("slug", ["one-letter", "find--abcd"], ids=["a shipped one", "another author's"])
def test_a_slug_that_is_taken_gets_a_new_end_and_overwrites_nobodys_row(kim, theirs, slug):
    before = Exercise.objects.values().get(slug=slug)
    assert bring(kim, EXERCISE.replace("SLUG", slug)).status_code == 302
    mine = Exercise.objects.get(owner__username="kim")
    assert (mine.slug != slug, mine.state, mine.shipped) == (True, "draft", False)
    assert Exercise.objects.values().get(slug=slug) == before


MARKDOWN = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,AAAA)",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "<iframe src='https://evil.example/'></iframe>",
    "[x](JaVaScRiPt&colon;alert(1))",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_markup_that_came_in_by_file_does_nothing_on_any_page(kim, text):
    quoted = "'" + text.replace("'", "''") + "'"
    fields = f"title_ko: {quoted}\n    text_ko: {quoted}\n    done_ko: {quoted}"
    bring(kim, EXERCISE.replace("SLUG", "a").replace("title_ko: 찾기", fields))
    exercise = Exercise.objects.get(owner__username="kim")
    lab = kim.post(f"/exercises/{exercise.slug}/open")["Location"]
    for page in ("/author/", f"/author/exercises/{exercise.slug}/", f"/exercises/{exercise.slug}/", lab):
        found = Acting()
        found.feed(kim.get(page).content.decode())
        assert found.found == []


OWN = {asset.cdn_url for asset in assets().values()}
"""What the page itself loads where `fetch_assets` has not run."""


class Acting(HTMLParser):
    """Whatever in a page would act or fetch and is not the page's own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        links = [v for n, v in values.items() if n in ("href", "src")]
        away = [v for v in links if not v.startswith(("/", "#")) and v not in OWN]
        if any(name.startswith("on") for name in values) or tag == "iframe" or away:
            self.found.append(self.get_starttag_text() or tag)

    def handle_data(self, data: str) -> None:
        if (
            self.lasttag == "script"
            and "alert(1)" in data
            and "application/json" not in (self.get_starttag_text() or "")
        ):
            self.found.append(data)


def test_a_pack_of_a_lesson_brings_its_exercises_in_order(kim):
    kim.post("/author/lessons/pod-ips/copy")
    lesson = Lesson.objects.get(owner__username="kim")
    file = kim.get(f"/author/export?slug={lesson.slug}").content.decode()
    lee = author("lee")
    assert bring(lee, file)["Location"] == "/author/?brought=3"
    brought = Lesson.objects.get(owner__username="lee")
    titles = [e.title_ko for e in brought.exercises.order_by("order")]
    assert titles == [e.title_ko for e in lesson.exercises.order_by("order")]
    assert "3" in lee.get("/author/?brought=3").content.decode()


@pytest.mark.parametrize("count", ["x", "-1", "99999", "²", ""])
def test_the_number_that_was_brought_in_is_a_number_or_not_said(kim, count):
    assert kim.get("/author/", {"brought": count}).context["brought"] == 0


def test_what_is_not_there_is_not_carried_away(kim, theirs):
    assert kim.get("/author/export?slug=find--abcd").status_code == 404
    assert kim.get("/author/export").status_code == 404
