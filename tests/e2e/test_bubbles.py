"""What is said on the stage hides nothing that is read there, as long as the screen has room for it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from .learner import open_scenario
from .test_layout import PROPERTY, Element, clusters

VIEWPORTS = ((1280, 720), (1180, 760), (1920, 1080), (800, 600), (360, 800))
TEXTS = (
    "200 주문을 받았습니다 (order)",
    "방화벽이 203.0.113.11:30080을 막았습니다. 답이 없어 시간이 초과되었습니다.",
    "deployment-6b9dcc6dfc-gr2cf answered with a 502 error, since nobody knows the name payment.snackbar.svc",
)

# Says a sentence about a thing; tells which words it hides, and whether a box of its size had a free place, looked
# for every four pixels.
SAID = """([elements, target, text]) => {
  const stage = document.querySelector("kv-stage");
  const { packets } = document.querySelector("kv-lab").showing;
  const found = new Map(elements.map((element) => [element.id, element]));
  packets.clear();
  stage.options.wanted = new Set();
  stage.cy.resize();
  stage.show({ elements: found, rv: 1, get: (id) => found.get(id) });
  stage.camera.fit(stage.drawn);
  packets.end({ object: target }, text, false);
  const screen = stage.view.getBoundingClientRect();
  const bubbles = stage.querySelectorAll(".bubble");
  const [{ left, top, right, bottom, width, height }] = [...bubbles].map((bubble) => bubble.getBoundingClientRect());
  const hit = (a, b, clear) => a.left < b.right + clear && a.right > b.left - clear && a.top < b.bottom + clear && a.bottom > b.top - clear;
  const words = [stage.querySelector(".stage-tools").getBoundingClientRect()];
  const walker = document.createTreeWalker(stage.deck.element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const [text, own] = [range.getBoundingClientRect(), walker.currentNode.parentElement.getBoundingClientRect()];
    if (!walker.currentNode.parentElement.closest(".sr")) words.push({ left: text.left, top: text.top, right: Math.min(text.right, own.right), bottom: text.bottom });
  }
  const seen = words.filter((word) => hit(word, screen, 0));
  const free = () => {
    for (let x = screen.left + 10; x + width < screen.right - 10; x += 4)
      for (let y = screen.top + 40; y + height < screen.bottom - 10; y += 4)
        if (!seen.some((word) => hit({ left: x, top: y, right: x + width, bottom: y + height }, word, 6))) return true;
    return false;
  };
  const inside = left >= screen.left && right <= screen.right && top >= screen.top && bottom <= screen.bottom;
  const hides = seen.filter((word) => hit({ left, top, right, bottom }, word, -0.5)).length;
  return { bubbles: bubbles.length, inside, hides: hides && free() ? hides : 0 };
}"""


@pytest.fixture
def lab(page: Page) -> Page:
    open_scenario(page, "snackbar")
    return page


@settings(PROPERTY, max_examples=40)
@given(data=st.data(), cluster=clusters(), viewport=st.sampled_from(VIEWPORTS), text=st.sampled_from(TEXTS))
def test_a_bubble_hides_no_words_where_it_has_a_free_place(
    lab: Page, data: Any, cluster: list[Element], viewport: tuple[int, int], text: str
) -> None:
    width, height = viewport
    lab.set_viewport_size({"width": width, "height": height})
    spoken_of = data.draw(st.sampled_from(sorted(element["id"] for element in cluster)))
    assert lab.evaluate(SAID, [cluster, spoken_of, text]) == {"bubbles": 1, "inside": True, "hides": 0}
