"""Looking into things: every object, its YAML edited in place, the clock and what was done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .learner import list_objects, open_scenario
from .test_everyone import violations

SERVICE = ".card[data-object='service/snackbar/order']"


@pytest.fixture
def still(new_page: Callable[..., Page]) -> Page:
    page = new_page(reduced_motion="reduce")
    open_scenario(page, "snackbar")
    return page


def test_yaml_is_edited_and_errors_stand_at_their_line(still: Page) -> None:
    still.locator(SERVICE).click()
    form = still.locator("[data-form=edit]")
    form.locator("summary").click()
    editor = form.locator(".cm-content")
    expect(editor).to_be_visible()
    port = editor.locator(".cm-line", has_text="port: 80").first
    port.click()
    still.keyboard.press("End")
    still.keyboard.type("000")
    form.get_by_role("button", name="저장").click()
    expect(form.locator(".problems [data-line]")).to_be_visible()
    expect(form.locator(".problems")).to_contain_text("65535")
    form.locator(".problems [data-line]").click()
    for _ in range(3):
        still.keyboard.press("End")
        still.keyboard.press("Backspace")
    still.keyboard.type("1")
    form.get_by_role("button", name="저장").click()
    expect(still.locator(".inspector .facts")).to_contain_text("801 → 8080")


def test_what_is_not_on_the_stage_is_found_in_the_list(still: Page) -> None:
    list_objects(still)
    still.locator(".all-objects [data-kind=ReplicaSet] > summary").click()
    still.locator(".all-objects [data-kind=ReplicaSet] > ul a").first.click()
    expect(still.locator(".inspector .thing")).to_contain_text("ReplicaSet")
    expect(still.locator(".inspector .line").first).to_be_visible()


def test_the_clock_is_stopped_and_what_was_done_is_listed(still: Page) -> None:
    still.locator(SERVICE).click()
    still.locator(".inspector form:has([name=action][value=break_selector]) button").click()
    still.locator(".past summary").click()
    expect(still.locator(".past-list li").first).to_contain_text("kubectl set selector service order -n snackbar")
    still.locator(".past button[name=playing]").click()
    expect(still.locator("kv-past")).to_have_attribute("data-state", "standing")
    still.keyboard.press("Escape")
    expect(still.locator(".past .menu")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_lists_and_forms(theme: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
    open_scenario(page, "snackbar")
    list_objects(page)
    page.locator("[data-form=apply] summary").click()
    expect(page.locator("[data-form=apply] .cm-content")).to_be_visible()
    page.locator(".past summary").click()
    expect(page.locator(".clock-part")).to_be_visible()
    assert violations(page) == []


def test_the_inspector_fits_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    open_scenario(page, "snackbar")
    list_objects(page)
    page.locator(".all-objects").wait_for()
    page.locator(".past summary").click()
    expect(page.locator(".clock-part")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
