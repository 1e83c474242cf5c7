"""Every object of a lab can be found, looked into, edited, added to and taken away as a file."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kubeviz.models import Lab
from tests.labs import cluster

pytestmark = pytest.mark.django_db(transaction=True)

JSON = {"Accept": "application/json"}
EVERY_KIND = """
apiVersion: v1
kind: ConfigMap
metadata: {name: menu, namespace: snackbar}
data: {a: b}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: snackbar}
spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: log, namespace: snackbar}
spec: {selector: {matchLabels: {app: log}}, template: {metadata: {labels: {app: log}}, spec: {containers: [{name: log, image: log}]}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: snackbar}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: once, image: once}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: wall, namespace: snackbar}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: doorman}
spec: {controller: example.com/doorman}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: snackbar}
spec: {rules: [{host: a.b, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: order, port: {number: 80}}}}]}}]}
---
apiVersion: v1
kind: Secret
metadata: {name: key, namespace: snackbar}
"""


@pytest.fixture
def lab(client: Client) -> Lab:
    from tests.shipped import load_shipped

    load_shipped()
    client.post("/scenarios/snackbar/open")
    lab = Lab.objects.get(owner=client.session["learner"])
    assert client.post(f"/labs/{lab.id}/apply", {"yaml": EVERY_KIND}, headers=JSON).status_code == 200
    return lab


def test_every_object_is_listed_and_looked_into(client, lab):
    text = client.get(f"/labs/{lab.id}/objects/").content.decode()
    kinds = set()
    for obj in cluster(lab):
        if obj.kind in ("Environment", "EnvSnapshot"):
            continue
        kinds.add(obj.kind)
        assert f'data-ref="{obj.ref}"' in text, obj.ref
        page = client.get(f"/labs/{lab.id}/objects/{obj.ref}/", headers={"HX-Request": "true"})
        assert page.status_code == 200, obj.ref
        assert page.context["thing"]["yaml"]
    assert kinds >= {
        "ConfigMap", "NetworkPolicy", "ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job", "IngressClass",
        "EndpointSlice", "Namespace", "Event", "FirewallRule", "Secret", "Pod", "Node", "Service", "Ingress",
    }  # fmt: skip


def test_a_deployment_says_its_essentials_and_its_family(client, lab):
    found = client.get(f"/labs/{lab.id}/objects/deployment/snackbar/order/").context["thing"]
    facts = {fact["label"]: fact["value"] for fact in found["facts"]}
    assert facts["파드 (준비/원하는 수)"] == "2/2"
    assert facts["이미지"] == "nginx:1.29"
    (replicaset,) = found["owns"]
    below = client.get(f"/labs/{lab.id}/objects/{replicaset}/").context["thing"]
    assert below["owner"] == ["deployment/snackbar/order"]
    assert len([ref for ref in below["owns"] if ref.startswith("pod/")]) == 2


def test_what_the_editor_shows_can_be_saved_as_it_is(client, lab):
    for ref in (
        "service/snackbar/order",
        "deployment/snackbar/order",
        "ingress/snackbar/shop",
        "configmap/snackbar/menu",
    ):
        text = client.get(f"/labs/{lab.id}/objects/{ref}/").context["thing"]["text"]
        done = client.post(f"/labs/{lab.id}/edit", {"ref": ref, "yaml": text}, headers=JSON)
        assert done.status_code == 200, (ref, done.content)


def test_an_edit_that_is_wrong_says_where(client, lab):
    text = client.get(f"/labs/{lab.id}/objects/service/snackbar/order/").context["thing"]["text"]
    wrong = text.replace("nodePort: 30080", "nodePort: 99")
    done = client.post(f"/labs/{lab.id}/edit", {"ref": "service/snackbar/order", "yaml": wrong}, headers=JSON)
    assert done.status_code == 422
    line = wrong.splitlines()[done.json()["errors"][0]["line"] - 1]
    assert "nodePort: 99" in line
    plain = client.post(f"/labs/{lab.id}/edit", {"ref": "service/snackbar/order", "yaml": wrong})
    assert plain.status_code == 422 and b"nodePort" in plain.content


def test_a_file_is_applied_like_a_text(client, lab):
    good = b"apiVersion: v1\nkind: Service\nmetadata: {name: extra}\nspec: {ports: [{port: 80}]}"
    sent = {"yaml": "", "file": SimpleUploadedFile("a.yaml", good)}
    assert client.post(f"/labs/{lab.id}/apply", sent, headers=JSON).status_code == 200
    assert cluster(lab).get("Service", "default", "extra")


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"\xff\xfe\x00", 400), (b"#" * ((2 << 20) + 1), 413), (b"", 422), (b"\x00\x01", 422)],
    ids=["no text", "too large", "empty", "control characters"],
)
def test_a_bad_file_is_refused_with_a_sentence(client, lab, content, status):
    done = client.post(f"/labs/{lab.id}/apply", {"file": SimpleUploadedFile("a.yaml", content)}, headers=JSON)
    assert done.status_code == status
    assert done.json()["errors"][0]["message"]


def test_a_lab_is_exported_and_imported(client, lab):
    found = client.get(f"/labs/{lab.id}/export.yaml?for=kubeviz")
    assert found["Content-Disposition"] == 'attachment; filename="snackbar.yaml"'
    text = found.content.decode()
    assert {d["kind"] for d in yaml.safe_load_all(text)} >= {"Namespace", "Deployment", "FirewallRule", "NetworkPolicy"}
    client.post("/scenarios/snackbar-ingress-host/open")
    other = Lab.objects.get(owner=client.session["learner"], scenario__slug="snackbar-ingress-host")
    assert client.post(f"/labs/{other.id}/apply", {"yaml": text}, headers=JSON).status_code == 200
    assert "FirewallRule" not in client.get(f"/labs/{lab.id}/export.yaml").content.decode()


def test_who_only_watches_sees_objects_but_no_buttons(client, lab):
    friend = Client()
    friend.get(f"/labs/{lab.id}/?share={lab.share}")
    for path in ("objects/", "objects/service/snackbar/order/", "twin"):
        page = friend.get(f"/labs/{lab.id}/{path}")
        assert page.status_code == 200
        assert b"data-act" not in page.content.replace(b'class="history" method="post" data-act', b"")
        assert b"<textarea" not in page.content
