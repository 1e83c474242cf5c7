"""The page around the stage: its bars hold what they say at any width, the scenario's text is never out of reach."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .learner import DRAWN, open_scenario, played

CROWDED = """() => ['header.top', '.sendbar', '.run-head'].flatMap((bar) => {
  const parts = [...document.querySelectorAll(`${bar} > *`)].filter((e) => e.checkVisibility());
  const boxes = parts.map((e) => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, r]) => r.width > 1);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return boxes.flatMap(([name, r], i) => [
    ...(r.left < 0 || r.right > innerWidth ? [`${name} leaves the page`] : []),
    ...boxes.slice(i + 1).filter(([, other]) => meet(r, other)).map(([other]) => `${name} covers ${other}`),
  ]);
})"""


@pytest.mark.parametrize(
    ("width", "rows"), [pytest.param(1280, 1, id="a projector"), pytest.param(360, 3, id="a phone")]
)
def test_the_bars_have_room_for_a_long_title_and_long_words(
    width: int, rows: int, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={"width": width, "height": 720}, locale="en-US", reduced_motion="reduce")
    open_scenario(page, "snackbar-discovery")
    page.locator(".try-list button").nth(4).click()
    played(page)
    assert page.evaluate(CROWDED) == []
    row = page.locator(".run-head .play").bounding_box()
    head = page.locator(".run-head").bounding_box()
    assert row and head
    assert head["height"] < (rows + 0.8) * row["height"] + 12


def test_what_a_scenario_is_about_stands_below_the_stage_and_is_never_out_of_reach(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    open_scenario(page, "snackbar")
    expect(page.locator(".told")).to_contain_text("스낵바가 문을 열었습니다")
    page.locator(".try-list button").first.click()
    played(page)
    about = page.get_by_role("button", name="이 시나리오의 설명")
    about.click()
    expect(page.locator(".inspector .about")).to_contain_text("스낵바가 문을 열었습니다")
    about.click()
    expect(page.locator(".inspector")).to_be_hidden()


def test_rare_things_are_in_one_menu_and_a_teacher_finds_the_door(page: Page) -> None:
    page.goto("/scenarios/")
    expect(page.locator("header").get_by_role("link", name="선생님: 수업 열기").first).to_be_visible()
    open_scenario(page, "snackbar")
    page.locator(".top-more > summary").click()
    menu = page.locator(".top-more .menu")
    expect(menu.get_by_role("link", name="선생님: 수업 열기")).to_be_visible()
    menu.get_by_role("button", name="밝게").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_a_pointer_that_rests_leaves_no_name_over_the_journey(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.locator(".card[data-object='node/node-2']").hover(position={"x": 8, "y": 8})
    expect(page.locator(".tip")).to_be_visible()
    page.locator("input[name=url]").hover()
    expect(page.locator(".tip")).to_be_hidden()


@pytest.mark.parametrize("path", ["/"])
def test_the_first_sight_says_how_to_read_the_picture(path: str, page: Page) -> None:
    page.goto(path)
    page.locator(DRAWN).wait_for()
    expect(page.locator(".reading li")).to_have_count(4)
    expect(page.locator(".reading li").first).to_be_visible()
