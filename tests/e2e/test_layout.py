"""The stage's layout, asked in a real browser with clusters nobody drew: things stay, nothing overlaps."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

Element = dict[str, Any]
Box = dict[str, float]

LAYOUT = """async ([nodes, aspect]) => {
  const { layout } = await import("/static/js/models/layout.js");
  const { boxes } = layout(nodes, aspect);
  return Object.fromEntries([...boxes].map(([id, { x, y, w, h }]) => [id, { x, y, w, h }]));
}"""
WAYS = """async ([nodes, aspect, from, to]) => {
  const { layout } = await import("/static/js/models/layout.js");
  const { corridor } = await import("/static/js/models/corridors.js");
  const { boxes, columns } = layout(nodes, aspect);
  return corridor(boxes.get(from), boxes.get(to), columns);
}"""

FRAMES = ("node/", "waiting")
"""What holds pods."""

PROPERTY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def modules(page: Page) -> Page:
    page.goto("/scenarios/")
    return page


def pod(number: int, node: int, owner: str = "deployment/a/web") -> Element:
    return {"id": f"pod/a/p{number}", "type": "pod", "lane": "node", "label": f"p{number}", "ns": "a",
            "node": f"node/n{node}", "owner": owner, "state": "ready"}  # fmt: skip


@st.composite
def clusters(draw: st.DrawFn) -> list[Element]:
    """Clients, entrances, Services, nodes and pods, as many as a class makes."""
    nodes = draw(st.integers(1, 4))
    services = draw(st.integers(0, 20))
    things: list[Element] = [{"id": "client/internet", "type": "client", "lane": "outside", "label": "internet"}]
    for n in range(services):
        ref = f"service/a/s{n}"
        things.append({"id": ref, "type": "service", "lane": "service", "label": f"s{n}", "ns": "a"})
        if draw(st.booleans()):
            things.append(
                {"id": f"balancer/a/s{n}", "type": "balancer", "lane": "entrance", "label": f"s{n}", "ns": "a"}
            )
    for n in range(1, nodes + 1):
        things.append({"id": f"node/n{n}", "type": "node", "lane": "node", "label": f"n{n}", "ns": ""})
        if services and draw(st.booleans()):
            things.append({"id": f"nodeport/n{n}/30080", "type": "nodeport", "lane": "entrance", "label": f"n{n}", "port": 30080})  # fmt: skip
    homes = draw(st.lists(st.integers(1, nodes), max_size=40))
    return [*things, *(pod(number, home) for number, home in enumerate(homes))]


def lanes(boxes: dict[str, Box]) -> dict[str, Box]:
    return {id: box for id, box in boxes.items() if not id.startswith(("pod/", *FRAMES))}


def overlap(a: Box, b: Box) -> bool:
    return abs(a["x"] - b["x"]) * 2 < a["w"] + b["w"] - 1 and abs(a["y"] - b["y"]) * 2 < a["h"] + b["h"] - 1


@PROPERTY
@given(cluster=clusters(), aspect=st.floats(1, 4), node=st.integers(1, 4))
def test_a_pod_more_moves_no_client_entrance_or_service(
    modules: Page, cluster: list[Element], aspect: float, node: int
):
    before = modules.evaluate(LAYOUT, [cluster, aspect])
    after = modules.evaluate(LAYOUT, [[*cluster, pod(999, node)], aspect])
    assert lanes(after) == lanes(before)


@PROPERTY
@given(cluster=clusters(), aspect=st.floats(1, 4))
def test_no_two_things_overlap_except_a_pod_and_its_node(modules: Page, cluster: list[Element], aspect: float):
    boxes = modules.evaluate(LAYOUT, [cluster, aspect])
    pairs = combinations(((id, box) for id, box in boxes.items() if not id.startswith(FRAMES)), 2)
    assert [(a, b) for (a, one), (b, other) in pairs if overlap(one, other)] == []


@PROPERTY
@given(cluster=clusters(), aspect=st.floats(1, 4), order=st.randoms())
def test_the_order_in_which_things_are_told_does_not_matter(
    modules: Page, cluster: list[Element], aspect: float, order: Any
):
    shuffled = [*cluster]
    order.shuffle(shuffled)
    assert modules.evaluate(LAYOUT, [shuffled, aspect]) == modules.evaluate(LAYOUT, [cluster, aspect])


@PROPERTY
@given(cluster=clusters(), aspect=st.floats(1, 4))
def test_a_line_that_passes_a_lane_runs_between_its_things(modules: Page, cluster: list[Element], aspect: float):
    boxes = modules.evaluate(LAYOUT, [cluster, aspect])
    for stretch in modules.evaluate(WAYS, [cluster, aspect, "client/internet", "node/n1"]):
        crossed = [
            id
            for id, box in lanes(boxes).items()
            if stretch["left"] <= box["x"] <= stretch["right"] and abs(stretch["y"] - box["y"]) < box["h"] / 2 - 0.5
        ]
        assert crossed == []
