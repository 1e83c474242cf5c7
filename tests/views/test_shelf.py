"""The shelf of scenarios: the course in order, with what one has open already."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kubeviz.controllers.bootstrap import PROVIDERS
from kubeviz.models import Lab, Scenario
from kubeviz.wording.ui import UI
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db

PICTURES = Path(settings.BASE_DIR, "templates/scenarios/pictures")


@pytest.fixture(autouse=True)
def shelf():
    load_shipped()


def test_the_scenarios_stand_in_the_order_of_the_course(client):
    page = client.get("/scenarios/").content.decode()
    shown = re.findall(r'data-scenario="([\w-]+)"', page)
    assert shown == list(Scenario.objects.filter(slug__in=shown).order_by("order").values_list("slug", flat=True))
    assert len(shown) >= 10


def test_every_shipped_scenario_has_a_picture_of_its_own():
    slugs = set(Scenario.objects.filter(shipped=True, slug__startswith="snackbar").values_list("slug", flat=True))
    assert slugs - {file.stem for file in PICTURES.glob("*.svg")} == set()


def test_a_picture_uses_only_the_symbols_that_are_drawn():
    drawn = set(re.findall(r'id="(p-\w+)"', (PICTURES / "symbols.svg").read_text(encoding="utf-8")))
    used = {name for file in PICTURES.glob("*.svg") for name in re.findall(r'href="#([\w-]+)"', file.read_text())}
    assert used - drawn == set()


def test_a_scenario_without_a_picture_gets_the_plain_one(client):
    Scenario.objects.filter(slug="snackbar").update(slug="somebodys-own")
    page = client.get("/scenarios/")
    assert 'data-scenario="somebodys-own"' in page.content.decode()


def test_what_is_open_already_is_gone_on_with(client):
    assert "/labs/" not in client.get("/scenarios/").content.decode()
    opened = client.post("/scenarios/snackbar/open").url
    page = client.get("/scenarios/").content.decode()
    assert f'href="{opened}"' in page
    assert page.count('href="/labs/') == 1


def test_nobody_is_offered_somebody_elses_lab(client):
    other = Lab.objects.create(owner="somebody else", scenario=Scenario.objects.get(slug="snackbar"))
    assert other.id not in client.get("/scenarios/").content.decode()


def test_every_provider_has_its_words():
    assert {f"provider_{name}" for name in PROVIDERS} - set(UI) == set()
