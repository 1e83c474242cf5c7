"""Others watch by a link, slides by a frame: they see what happens and can change nothing."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from .learner import DRAWN, first_pod, lit, node_port, objects, open_scenario, played, send
from .test_everyone import violations

SVG = "{http://www.w3.org/2000/svg}"


def share_link(page: Page) -> str:
    page.locator(".sharing > summary").click()
    link = page.get_by_label("지켜보는 링크.", exact=True).input_value()
    page.keyboard.press("Escape")
    return link


def save(page: Page, kind: str) -> None:
    page.locator(".saving > summary").click()
    page.get_by_role("button", name=kind).click()


def in_slides(page: Page, folder: Path, address: str) -> FrameLocator:
    """Slides from a disk with the lab in a frame: no cookie of ours goes there."""
    slides = folder / "slides.html"
    slides.write_text(f'<iframe src="{address}" width="1000" height="600"></iframe>')
    page.goto(slides.as_uri())
    return page.frame_locator("iframe")


def test_whoever_has_the_link_sees_the_packet_and_finds_nothing_to_change(new_page: Callable[..., Page]) -> None:
    page, guest = new_page(), new_page()
    open_scenario(page, "snackbar")
    guest.goto(share_link(page))
    guest.locator(DRAWN).wait_for()
    assert objects(guest) == objects(page)
    send(page, node_port(page))
    played(guest)
    assert lit(guest) == lit(page)
    assert guest.locator("form").count() == 0


def test_a_frame_in_somebodys_slides_shows_the_running_lab(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page, slides = new_page(), new_page()
    open_scenario(page, "snackbar")
    framed = in_slides(slides, tmp_path, f"{share_link(page)}&embed")
    expect(framed.locator(DRAWN)).to_be_visible()
    gone = first_pod(page, "order")
    page.locator(f".card[data-object='{gone}']").click()
    page.locator(".inspector form:has([name=action][value=delete_pod]) button").click()
    expect(framed.locator(f".card[data-object='{gone}']")).to_have_count(0)
    expect(framed.locator("form")).to_have_count(0)


def test_the_page_to_work_in_is_framed_by_nobody(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page()
    address = open_scenario(page, "snackbar")
    other = page.context.new_page()
    framed = in_slides(other, tmp_path, address)
    assert framed.locator("kv-lab").count() == 0


def test_the_stage_is_saved_as_svg_with_its_journey_and_names_as_text(page: Page, tmp_path: Path) -> None:
    open_scenario(page, "snackbar")
    send(page, "http://203.0.113.11:30090/?q=<b>bold</b>")
    with page.expect_download() as download:
        save(page, "SVG로 저장")
    assert download.value.suggested_filename == "kubeviz-snackbar-timeout.svg"
    download.value.save_as(tmp_path / "stage.svg")
    root = ET.parse(tmp_path / "stage.svg").getroot()
    written = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {"payment", "203.0.113.12"} <= set(written)
    assert any("<b>bold</b>" in text for text in written)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "rect", "path", "text"}


def test_the_stage_is_saved_as_png_in_double_size(page: Page, tmp_path: Path) -> None:
    open_scenario(page, "snackbar")
    with page.expect_download() as download:
        save(page, "PNG로 저장")
    download.value.save_as(tmp_path / "stage.png")
    header = (tmp_path / "stage.png").read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    assert int.from_bytes(header[16:20], "big") > 1600


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("embed", ["", "&embed"])
def test_axe_finds_nothing_on_what_is_watched(new_page: Callable[..., Page], theme: str, embed: str) -> None:
    page = new_page(color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
    open_scenario(page, "snackbar")
    send(page, node_port(page))
    page.goto(share_link(page) + embed)
    page.locator(".bubble").wait_for()
    assert violations(page) == []


def test_more_than_the_stage_can_show_is_said_and_shown_as_tables(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.locator("kv-stage").evaluate("(stage) => { stage.limit = 5; stage.show(stage.graph); }")
    expect(page.get_by_text("그림으로 보기에는 너무 많습니다")).to_be_visible()
    page.locator(".stage-many a").click()
    expect(page.locator(".twin tr[data-object]").first).to_be_visible()
