"""Fingers on a phone: they move and stretch the picture, open a card, and still scroll the page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .learner import open_scenario

Point = tuple[float, float]
SEEN = """() => {
  const { cy } = document.querySelector("kv-stage");
  return { ...cy.pan(), zoom: cy.zoom(), scrolled: scrollY };
}"""
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
TWICE = """() => {
  const ground = document.querySelector(".stage-view");
  const touch = { pointerType: "touch", pointerId: 1, bubbles: true };
  for (const type of ["pointerdown", "pointerup", "click", "pointerdown", "pointerup", "click"]) ground.dispatchEvent(new PointerEvent(type, touch));
}"""
MOVES = 8


class Fingers:
    """Real touches, as the browser gets them from the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line = page.context.new_cdp_session(page)
        box = page.locator("kv-stage").bounding_box()
        assert box
        self.middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def drag(self, *ways: tuple[Point, Point]) -> dict[str, float]:
        """Each finger from one point to another, seen from the middle of the stage; what is seen afterwards."""
        for step in range(MOVES + 1):
            part = step / MOVES
            self._say("touchMove" if step else "touchStart", [between(a, b, part) for a, b in ways])
        self._say("touchEnd", [])
        return self.seen()

    def seen(self) -> dict[str, float]:
        found: dict[str, float] = self.page.evaluate(SEEN)
        return found

    def _say(self, kind: str, points: list[Point]) -> None:
        x, y = self.middle
        touches = [{"x": x + dx, "y": y + dy, "id": i} for i, (dx, dy) in enumerate(points)]
        self.line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def between(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    page = new_page(**PHONE)
    open_scenario(page, "snackbar")
    return page


def test_one_finger_moves_two_stretch_and_one_moves_again(phone: Page) -> None:
    fingers = Fingers(phone)
    start = fingers.seen()
    aside = fingers.drag(((0, 0), (-80, 0)))
    assert aside["x"] == pytest.approx(start["x"] - 80, abs=12)
    near = fingers.drag(((-30, 0), (-90, 0)), ((30, 0), (90, 0)))
    assert near["zoom"] == pytest.approx(3 * start["zoom"], rel=0.2)
    moved = fingers.drag(((0, 0), (40, -60)))
    assert moved["x"] == pytest.approx(near["x"] + 40, abs=12)
    assert moved["y"] == pytest.approx(near["y"] - 60, abs=12)
    assert moved["scrolled"] == 0


def test_a_tap_opens_a_card(phone: Page) -> None:
    phone.locator(".card.is-nodeport").first.tap()
    expect(phone.locator(".inspector.open .thing")).to_be_visible()


def test_two_taps_on_the_ground_fit_the_picture(phone: Page) -> None:
    fingers = Fingers(phone)
    start = fingers.seen()
    fingers.drag(((0, 0), (60, 0)))
    phone.evaluate(TWICE)
    assert fingers.seen() == start


def test_a_swipe_over_the_whole_picture_scrolls_the_page(phone: Page) -> None:
    assert phone.locator(".stage-view").get_attribute("data-whole") == ""
    Fingers(phone).drag(((0, 0), (0, -120)))
    phone.wait_for_function("scrollY > 40")


def test_a_swipe_outside_scrolls_the_page_while_the_stage_keeps_its_own(phone: Page) -> None:
    fingers = Fingers(phone)
    fingers.drag(((-30, 0), (-90, 0)), ((30, 0), (90, 0)))
    assert fingers.drag(((0, 0), (0, -120)))["scrolled"] == 0
    fingers.drag(((0, 290), (0, 170)))
    phone.wait_for_function("scrollY > 40")
