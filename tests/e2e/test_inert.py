"""Whatever a cluster holds is text: markup in names, labels, rules and answers never becomes part of the page."""

from playwright.sync_api import Page, expect

from .learner import node_port, objects, open_scenario, send

MARKUP = "<img src=x onerror=hacked=1><b>bold</b>"
MANIFEST = f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: markup
  namespace: snackbar
  annotations: {{note: "{MARKUP}"}}
spec:
  rules:
  - http: {{paths: [{{path: "/{MARKUP}", pathType: Exact, backend: {{service: {{name: order, port: {{number: 80}}}}}}}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: order, namespace: snackbar}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: order}}}}
  template:
    metadata:
      labels: {{app: order}}
      annotations:
        kubeviz.dev/app: |
          listen: [8080]
          routes: {{/: {{status: 200, body: "{MARKUP}"}}}}
    spec: {{containers: [{{name: order, image: "order:2"}}]}}
"""
APPLY = """async ([url, yaml]) => {
  const csrf = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = {"X-CSRFToken": csrf, "Accept": "application/json"};
  return (await fetch(url, {method: "POST", headers, body: new URLSearchParams({yaml})})).status;
}"""


FOREIGN = "img:not([src^='/labs/'])"
"""Pictures that the page did not put there itself: it draws one, the QR code of its own lab."""


def test_markup_stays_text_on_the_stage_in_the_journey_and_in_the_inspector(page: Page) -> None:
    address = open_scenario(page, "snackbar")
    before = objects(page)
    assert page.evaluate(APPLY, [f"{address}apply", MANIFEST]) == 200
    expect(page.locator(".card[data-object='ingress/snackbar/markup']")).to_contain_text("<img src=x")
    for pod in [ref for ref in before if "/order-" in ref]:
        expect(page.locator(f".card[data-object='{pod}']")).to_have_count(0)

    journey = send(page, node_port(page))
    expect(journey.locator(".ending")).to_contain_text("<img src=x")
    expect(page.locator(".bubble")).to_contain_text("200")
    page.locator(".card[data-object='ingress/snackbar/markup']").click()
    expect(page.locator(".inspector .yaml").first).to_contain_text("<img src=x")
    page.locator(".twin summary").click()
    assert page.locator(FOREIGN).count() == 0
    assert page.evaluate("typeof hacked") == "undefined"


def test_markup_in_an_address_is_told_as_text(page: Page) -> None:
    open_scenario(page, "snackbar")
    journey = send(page, "http://203.0.113.11:30080/?q=<img/src=x/onerror=hacked=1>")
    expect(journey.locator(".request")).to_contain_text("<img")
    assert page.locator(FOREIGN).count() == 0
