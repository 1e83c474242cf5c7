"""The journey as a list: mended, compared, asked why, heard; and the words in it explained."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .learner import open_scenario, send


@pytest.fixture
def still(new_page: Callable[..., Page]) -> Page:
    return new_page(reduced_motion="reduce")


def test_a_repair_is_offered_done_and_the_request_arrives(still: Page) -> None:
    open_scenario(still, "snackbar-empty-endpoints")
    journey = send(still, "http://203.0.113.11:30081/")
    expect(journey).to_have_attribute("data-reason", "SelectorMatchesNothing")
    expect(still.locator("#said")).to_contain_text("파드가 없습니다")
    journey.locator(".repairs summary").first.click()
    repair = journey.locator(".proposal").first
    expect(repair).to_have_attribute("data-mends", "true")
    expect(repair.locator(".command code")).to_have_text("kubectl set selector service order -n snackbar app=order")
    repair.locator(".change summary").click()
    expect(repair.locator(".diff [data-sign='+']")).to_contain_text("app: order")
    repair.locator("[data-act] button").click()
    expect(still.locator(".card[data-object='service/snackbar/order']")).to_have_attribute("data-state", "ok")
    repair.locator("[data-send] button").click()
    expect(still.locator(".run")).to_have_attribute("data-verdict", "delivered")


def test_a_word_is_explained_where_it_stands(still: Page) -> None:
    open_scenario(still, "snackbar")
    word = still.locator(".told .term").first
    word.click()
    bubble = still.locator("kv-glossary")
    expect(bubble).to_be_visible()
    expect(bubble.locator("p")).not_to_be_empty()
    still.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(word).to_be_focused()


def test_journeys_stand_side_by_side_and_a_candidate_is_asked_about(still: Page) -> None:
    open_scenario(still, "snackbar")
    send(still, "http://203.0.113.11:30999/")
    journey = send(still, "http://203.0.113.11:30080/")
    expect(journey).to_have_attribute("data-verdict", "delivered")
    journey.locator(".why-not").first.click()
    versus = still.locator(".versus-table")
    expect(versus.locator(".parting")).to_have_count(1)
    versus.locator("[data-do=close-versus]").click()
    expect(versus).to_have_count(0)
    journey.locator(".recent summary").click()
    journey.locator(".recent-list [data-versus]").first.click()
    expect(versus.locator("[data-same=false]").first).to_be_visible()
    journey.locator(".recent summary").click()
    journey.locator(".recent-list [data-open-trace]").last.click()
    expect(still.locator(".run")).to_have_attribute("data-reason", "FirewallBlocked")
