"""A learner's own starting points: made from a text, a file, a copy; kept for this browser alone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kubeviz.actions import clear_labs, own
from kubeviz.models import Lab, Scenario
from tests.shipped import load_shipped

pytestmark = pytest.mark.django_db

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: mine}
spec:
  ports: [{port: 80}]
"""
FORM = {"title": "My shop", "manifests": SERVICE, "provider": "bare", "firewall": "closed"}


@pytest.fixture(autouse=True)
def shelf():
    load_shipped()


def own_labs() -> list[str]:
    return list(Lab.objects.filter(scenario__learner__gt="").values_list("title", flat=True))


def test_manifests_become_a_lab_and_stand_on_the_learners_shelf(client):
    lab = client.post("/scenarios/new", FORM).url
    assert "service/default/mine" in client.get(f"{lab}graph.json").content.decode()
    assert "My shop" in client.get("/scenarios/").content.decode()
    assert "My shop" not in Client().get("/scenarios/").content.decode()


def test_a_file_is_taken_where_nothing_was_pasted(client):
    file = SimpleUploadedFile("shop.yaml", SERVICE.encode())
    assert client.post("/scenarios/new", {**FORM, "manifests": "", "file": file}).status_code == 302


def test_a_shipped_scenario_is_edited_as_a_copy_with_its_requests(client):
    shipped = Scenario.objects.get(slug="snackbar")
    assert shipped.manifests.split("\n")[0] in client.get("/scenarios/new?from=snackbar").content.decode()
    client.post("/scenarios/new", {**FORM, "from": "snackbar"})
    assert Scenario.objects.get(title_ko="My shop").presets == shipped.presets


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param({"manifests": "  "}, "객체가 하나도 없습니다", id="nothing"),
        pytest.param({"manifests": "a: [1"}, 'class="error"', id="no YAML"),
        pytest.param({"manifests": SERVICE.replace("80", "99999")}, "spec.ports[0].port", id="an impossible port"),
        pytest.param({"provider": "moon"}, "목록에 없는 값입니다", id="an unknown provider"),
        pytest.param({"addons": "virus"}, "목록에 없는 값입니다", id="an unknown addon"),
        pytest.param({"title": "x" * 201}, "200자까지", id="a long title"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_kept(client, wrong, told):
    answer = client.post("/scenarios/new", {**FORM, **wrong})
    assert answer.status_code in (400, 422)
    assert told in answer.content.decode()
    assert not Scenario.objects.exclude(learner="").exists()


def test_a_learner_keeps_so_many(client, monkeypatch):
    monkeypatch.setattr(own, "MOST_OWN", 1)
    client.post("/scenarios/new", FORM)
    assert client.post("/scenarios/new", FORM).status_code == 422
    assert own_labs() == ["My shop"]


def test_starting_over_gives_the_manifests_back_and_removing_takes_the_labs(client):
    lab = client.post("/scenarios/new", FORM).url
    assert client.post(f"{lab}reset").status_code == 302
    slug = Scenario.objects.exclude(learner="").get().slug
    assert Client().post(f"/scenarios/{slug}/remove").status_code == 404
    assert Client().post(f"/scenarios/{slug}/open").status_code == 404
    client.post(f"/scenarios/{slug}/remove")
    assert own_labs() == []


def test_what_was_made_goes_with_the_last_of_its_labs(client):
    client.post("/scenarios/new", FORM)
    clear_labs(timedelta(days=1))
    assert own_labs() == ["My shop"]
    clear_labs(timedelta(0))
    assert not Scenario.objects.exclude(learner="").exists()
    assert Scenario.objects.filter(slug="snackbar").exists()
