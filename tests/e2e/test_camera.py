"""What part of the stage is seen when one picture follows another that has nothing in common with it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from .learner import open_scenario

Element = dict[str, Any]

SHOWN = """([elements, fit]) => {
  const stage = document.querySelector("kv-stage");
  const found = new Map(elements.map((element) => [element.id, element]));
  stage.show({ elements: found, rv: 1, get: (id) => found.get(id) });
  if (fit) stage.camera.fit(stage.drawn);
  const { width, height, top } = stage.drawn;
  const { x, y } = stage.cy.pan();
  const zoom = stage.cy.zoom();
  const { clientWidth: w, clientHeight: h } = stage.view;
  return { left: x, right: w - x - width * zoom, above: y + top * zoom, below: h - y - (top + height) * zoom, w, h };
}"""


def hundred_pods() -> list[Element]:
    nodes = [{"id": f"node/n{n}", "type": "node", "lane": "node", "label": f"n{n}", "state": "ready"} for n in range(3)]
    pods = [{"id": f"pod/a/p{n}", "type": "pod", "lane": "node", "label": f"p{n}", "ns": "a", "node": f"node/n{n % 3}", "state": "ready"} for n in range(100)]  # fmt: skip
    return [*nodes, *pods]


def balancers(count: int) -> Callable[[], list[Element]]:
    def made() -> list[Element]:
        client: Element = {"id": "client/internet", "type": "client", "lane": "outside", "label": "internet", "where": "internet"}  # fmt: skip
        doors = [{"id": f"balancer/a/s{n}", "type": "balancer", "lane": "entrance", "label": f"s{n}", "ns": "a", "ip": f"203.0.113.{n}", "ports": [80]} for n in range(count)]  # fmt: skip
        services = [{"id": f"service/a/s{n}", "type": "service", "lane": "service", "label": f"s{n}", "ns": "a", "ports": [], "state": "ok"} for n in range(count)]  # fmt: skip
        return [client, *doors, *services]

    return made


def services_alone() -> list[Element]:
    """As high as 14 balancers with theirs, and less than half as wide."""
    return [element for element in balancers(14)() if element["type"] == "service"]


def two_pods() -> list[Element]:
    return hundred_pods()[:5]


PICTURES = {
    "100 pods": hundred_pods,
    "45 balancers": balancers(45),
    "14 balancers": balancers(14),
    "14 services": services_alone,
    "2 pods": two_pods,
}
NEAR = 0.1
"""How far from the middle a picture may stay, as a part of the screen, so that small changes move nothing."""


@pytest.mark.parametrize("before", PICTURES)
def test_a_picture_stands_near_the_middle_whatever_was_seen_before(page: Page, before: str) -> None:
    open_scenario(page, "snackbar")
    for after, made in PICTURES.items():
        page.evaluate(SHOWN, [PICTURES[before](), True])
        seen = page.evaluate(SHOWN, [made(), False])
        fresh = page.evaluate(SHOWN, [made(), True])
        assert min(seen[side] for side in ("left", "right", "above", "below")) >= 0, after
        assert abs(middle(seen, "left", "right") - middle(fresh, "left", "right")) <= NEAR * seen["w"], after
        assert abs(middle(seen, "above", "below") - middle(fresh, "above", "below")) <= NEAR * seen["h"], after


def middle(seen: dict[str, float], before: str, behind: str) -> float:
    """How far the middle of the picture is from the middle of the screen."""
    return (seen[before] - seen[behind]) / 2
