"""For everyone: axe finds nothing, a phone is wide enough, tables say what the stage shows, names are inert."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .learner import DRAWN, node_port, objects, open_scenario, send

THEMES = ("light", "dark")
AROUND = (
    "/scenarios/new",
    "/lessons/",
    "/glossary/",
    "/fidelity/",
    "/join/",
    "/accounts/login",
    "/labs/none/",
    "/none",
)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(row["id"], [node["html"][:120] for node in row["nodes"]]) for row in found]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["/", "/scenarios/"])
def test_axe_finds_nothing_on(path: str, theme: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
    page.goto(path)
    if path == "/":
        page.locator(DRAWN).wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_the_pages_around_the_stage(theme: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
    found = {}
    for path in AROUND:
        page.goto(path)
        found[path] = violations(page)
    assert found == {path: [] for path in AROUND}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_after_a_failed_request(theme: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
    open_scenario(page, "snackbar")
    send(page, "http://203.0.113.11:30999/").locator(".evidence").first.click()
    page.locator(".twin summary").click()
    expect(page.locator(".inspector .yaml").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/scenarios/"])
def test_a_phone_is_wide_enough(path: str, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_journey_fits_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    open_scenario(page, "snackbar")
    send(page, node_port(page))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_tables_hold_what_the_stage_shows(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.locator(".twin summary").click()
    rows = page.locator(".twin tr[data-object]").evaluate_all("rows => rows.map(row => row.dataset.object)")
    assert objects(page) <= set(rows)


def test_everything_on_the_stage_is_reached_with_arrow_keys(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.locator(".card[data-object='client/internet']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".inspector .thing")).to_be_visible()


def test_a_menu_folds_in_with_escape_and_gives_the_focus_back(page: Page) -> None:
    open_scenario(page, "snackbar")
    for menu in (".presets", ".past details", ".sharing", ".saving"):
        page.locator(f"{menu} > summary").press("Enter")
        expect(page.locator(f"{menu}[open]")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(f"{menu}[open]")).to_have_count(0)
        expect(page.locator(f"{menu} > summary")).to_be_focused()


def test_things_stand_in_the_same_place_after_a_reload(page: Page) -> None:
    where = "cards => Object.fromEntries(cards.map(card => [card.dataset.object, card.style.translate]))"
    open_scenario(page, "snackbar")
    before = page.locator("kv-stage .card").evaluate_all(where)
    page.reload()
    page.locator(DRAWN).wait_for()
    assert page.locator("kv-stage .card").evaluate_all(where) == before


def test_the_page_speaks_english_too(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.get_by_role("button", name="EN", exact=True).click()
    page.locator(DRAWN).wait_for()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_without_scripts_a_request_is_sent_and_its_journey_read(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/scenarios/")
    page.locator("[data-scenario=snackbar]").get_by_role("button").click()
    page.locator("input[name=url]").fill("http://203.0.113.11:30080/")
    page.locator(".send").click()
    expect(page.locator(".run")).to_have_attribute("data-verdict", "delivered")
    expect(page.locator(".hop").first).to_contain_text("node-1")
