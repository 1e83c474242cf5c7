"""What an author sends: a whole exercise as the desk's form has it, and who sends it."""

from django.contrib.auth.models import User
from django.test import Client

from kubeviz.models import Exercise


def author(name: str = "kim") -> Client:
    user, _ = User.objects.get_or_create(username=name, is_staff=True)
    client = Client()
    client.force_login(user)
    return client


def new_exercise(client: Client, scenario: str = "snackbar") -> Exercise:
    client.post("/author/exercises/new", {"scenario": scenario})
    return Exercise.objects.filter(shipped=False).latest("id")


def row(part: str, key: str, type: str = "", **fields: str) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {f"{part}.{key}.type": type}
    return {**found, **{f"{part}.{key}.{name}": value for name, value in fields.items()}}


WORDS = {"title_ko": "셀렉터 찾기", "title_en": "Find the selector", "text_ko": "고치세요.", "text_en": "Mend it."}
NUMBERS = {"scenario": "snackbar", "difficulty": "1", "points": "10", "par": "1"}
UNSOLVED = {"solution.a.selector": "app: nobody"}
GOOD = {
    **WORDS,
    **NUMBERS,
    "start": ["s1"],
    **row("start", "s1", "selector", ref="service/snackbar/order", selector="{app: oder}"),
    "checks": ["served", "why"],
    **row("checks", "served", "request", url="http://{node node-1}:30080/", expect="delivered", weight="2"),
    **row("checks", "why", "text", ask_ko="몇 번?", ask_en="Which?", answers="8080", number="on"),
    "solution": ["a", "b"],
    **row("solution", "a", "selector", ref="service/snackbar/order", selector="app: order"),
    **row("solution", "b", "answer", check="why", value="8080"),
    "hints": ["h"],
    **row("hints", "h", text_ko="레이블", text_en="Labels", cost="2", when="SelectorMatchesNothing"),
}


def edit(client: Client, exercise: Exercise, data: dict, then: str = ""):
    """Saves the form and does what its button says; what is told then is on the page that one is led to."""
    return client.post(f"/author/exercises/{exercise.slug}/", {**data, "then": then}, follow=True)


def proven(client: Client, exercise: Exercise) -> bool:
    return 'data-proven="true"' in client.get(f"/author/exercises/{exercise.slug}/?proof").content.decode()
