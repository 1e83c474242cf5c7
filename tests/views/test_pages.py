"""The page's doors, without JavaScript and with it."""

import pytest
from django.test import Client

from kubeviz.models import Lab, Scenario
from tests.labs import cluster, open_lab, orders

pytestmark = pytest.mark.django_db(transaction=True)

NODE = "http://203.0.113.11:30080/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def visited(client: Client) -> Lab:
    """The lab that a first visit to / opens."""
    open_lab(owner="somebody else")
    assert client.get("/").status_code == 200
    return Lab.objects.get(owner=client.session["learner"])


def test_the_first_page_is_a_lab_of_ones_own_and_stays_the_same(client, visited):
    assert client.get("/").context["lab"]["id"] == visited.id
    assert Client().get("/").context["lab"]["id"] != visited.id


def test_every_scenario_opens(client, visited):
    page = client.get("/scenarios/")
    for scenario in page.context["scenarios"]:
        found = client.post(f"/scenarios/{scenario['slug']}/open", follow=True)
        assert found.status_code == 200
        assert scenario["title"] in found.content.decode()


def test_the_graph_is_json_and_unchanged_is_304(client, visited):
    found = client.get(f"/labs/{visited.id}/graph.json")
    assert {e["id"] for e in found.json()["elements"]} >= {"client/internet", "service/snackbar/order", "node/node-1"}
    assert client.get(f"/labs/{visited.id}/graph.json", headers={"If-None-Match": found["ETag"]}).status_code == 304


def test_a_plain_form_gets_the_page_with_the_journey(client, visited):
    found = client.post(f"/labs/{visited.id}/send", {"url": NODE, "source": "internet"})
    assert found.status_code == 200
    assert 'data-verdict="delivered"' in found.content.decode()


def test_a_script_gets_the_trace_with_its_words(client, visited):
    found = client.post(f"/labs/{visited.id}/send", {"url": NODE, "times": "3"}, headers=JSON).json()
    assert len(found["traces"]) == sum(found["share"].values()) == 3
    trace = found["traces"][0]
    assert trace["say"]["verdict"] == "도착"
    assert client.get(f"/traces/{trace['id']}/").status_code == 200
    assert client.get(f"/traces/{trace['id']}/", headers=JSON).json()["verdict"] == "delivered"


BAD_REQUESTS = [
    ("no address", {"url": ""}, "url"),
    ("no host", {"url": "http://"}, "url"),
    ("port 99999", {"url": "http://a:99999/"}, "url"),
    ("a space", {"url": "http://a b/"}, "url"),
    ("an unknown pod", {"url": NODE, "source": "pod/snackbar/ghost"}, "from"),
    ("times that is no number", {"url": NODE, "times": "many"}, "times"),
    ("too many times", {"url": NODE, "times": "1000"}, "times"),
    ("a header without colon", {"url": NODE, "headers": "nonsense"}, "headers"),
    ("an address of 3,000 letters", {"url": "http://" + "a" * 3000}, "url"),
    ("control characters", {"url": "http://a\x00b/"}, "url"),
]


@pytest.mark.parametrize(("sent", "field"), [r[1:] for r in BAD_REQUESTS], ids=[r[0] for r in BAD_REQUESTS])
def test_a_bad_request_gets_a_sentence_at_its_field(client, visited, sent, field):
    found = client.post(f"/labs/{visited.id}/send", sent, headers=JSON)
    assert 400 <= found.status_code < 500
    assert found.json()["errors"][0]["field"] == field
    assert found.json()["errors"][0]["message"]
    assert 400 <= client.post(f"/labs/{visited.id}/send", sent).status_code < 500


def test_every_element_can_be_inspected_and_each_field_has_its_line(client, visited):
    for element in client.get(f"/labs/{visited.id}/graph.json").json()["elements"]:
        if element["type"] != "edge":
            found = client.get(f"/labs/{visited.id}/objects/{element['id']}/", headers={"HX-Request": "true"})
            assert found.status_code == 200, element["id"]
    found = client.get(f"/labs/{visited.id}/objects/service/snackbar/order/").context["thing"]
    paths = {line["path"]: line["text"].strip() for line in reversed(found["yaml"])}
    assert paths["spec.ports[0].targetPort"] == "targetPort: 8080"
    assert paths["spec.selector"] == "selector:"
    assert paths["spec.selector.app"] == "app: order"
    assert paths["metadata.name"] == "name: order"
    assert client.get(f"/labs/{visited.id}/objects/pod/x/y/").status_code == 404


def test_the_twin_has_what_the_stage_has(client, visited):
    text = client.get(f"/labs/{visited.id}/twin").content.decode()
    for pod in orders(visited):
        assert f'data-object="{pod.ref}"' in text


def test_an_action_changes_the_lab_and_names_its_command(client, visited):
    pod = orders(visited)[0]
    found = client.post(f"/labs/{visited.id}/act", {"action": "delete_pod", "ref": pod.ref}, headers=JSON)
    assert found.json()["command"] == f"kubectl delete pod {pod.name} -n snackbar"
    assert client.post(f"/labs/{visited.id}/undo", headers=JSON).status_code == 200
    assert pod.ref in {p.ref for p in orders(visited)}


def test_an_unknown_action_or_object_is_refused(client, visited):
    assert client.post(f"/labs/{visited.id}/act", {"action": "explode", "ref": "x"}, headers=JSON).status_code == 400
    assert (
        client.post(
            f"/labs/{visited.id}/act", {"action": "scale", "ref": "deployment/x/y", "replicas": "1"}, headers=JSON
        ).status_code
        == 404
    )
    assert (
        client.post(
            f"/labs/{visited.id}/act",
            {"action": "scale", "ref": "deployment/snackbar/order", "replicas": "-1"},
            headers=JSON,
        ).status_code
        == 422
    )


def test_yaml_is_applied_or_refused_with_its_line(client, visited):
    found = client.post(
        f"/labs/{visited.id}/apply",
        {"yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: X_\nspec: {ports: [{port: 80}]}"},
        headers=JSON,
    )
    assert found.status_code == 422
    assert found.json()["errors"][0] | {"message": ""} == {"field": "metadata.name", "line": 4, "message": ""}
    good = "apiVersion: v1\nkind: Service\nmetadata: {name: extra, namespace: snackbar}\nspec: {ports: [{port: 80}]}"
    assert client.post(f"/labs/{visited.id}/apply", {"yaml": good}, headers=JSON).status_code == 200
    assert cluster(visited).get("Service", "snackbar", "extra")


def test_the_language_is_kept(client, visited):
    client.post("/language", {"language": "en", "next": "/"})
    assert b"Order a snack" in client.get("/").content
    sent = client.post(f"/labs/{visited.id}/send", {"url": NODE}, headers=JSON).json()
    assert sent["traces"][0]["say"]["verdict"] == "delivered"


def test_a_share_link_lets_one_watch_but_not_touch(client, visited):
    friend = Client()
    assert friend.get(f"/labs/{visited.id}/").status_code == 404
    assert friend.get(f"/labs/{visited.id}/?share={visited.share}").status_code == 200
    assert friend.get(f"/labs/{visited.id}/graph.json").status_code == 200
    assert (
        friend.post(f"/labs/{visited.id}/act", {"action": "delete", "ref": "service/snackbar/order"}).status_code == 404
    )


def test_forms_want_their_token(visited):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/labs/{visited.id}/send", {"url": NODE}).status_code == 403


MARKUP = "<img src=x onerror=alert(1)>"


def test_markup_in_what_is_sent_stays_text(client, visited):
    found = client.post(f"/labs/{visited.id}/send", {"url": NODE, "headers": f"X: {MARKUP}", "method": "GET"})
    assert MARKUP not in found.content.decode()
    found = client.post(f"/labs/{visited.id}/send", {"url": f"http://{MARKUP}/"})
    assert MARKUP not in found.content.decode()


def test_a_scenario_without_examples_opens_with_an_empty_address(client, visited):
    Scenario.objects.filter(slug="snackbar").update(presets=[])
    found = client.post("/scenarios/snackbar/open", follow=True)
    assert found.status_code == 200
    assert 'aria-describedby="send-error" value=""' in found.content.decode()
