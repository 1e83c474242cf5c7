"""What the page says when something it needs is not there, and what one can do next."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from kubeviz.models import Lab

from .learner import DRAWN, open_scenario

CUT = 'document.querySelector("kv-lab").lab.socket.socket.close()'


def test_without_the_program_that_draws_a_request_is_still_sent_and_read(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.route("**/*cytoscape*", lambda route: route.abort())
    page.goto("/")
    expect(page.locator(".stage-undrawable")).to_be_visible()
    page.locator("input[name=url]").fill("http://203.0.113.11:30080/")
    page.locator(".send").click()
    expect(page.locator(".run")).to_have_attribute("data-verdict", "delivered")
    page.locator(".twin summary").click()
    expect(page.locator(".twin tr[data-object='service/snackbar/order']")).to_be_visible()


def test_while_the_cluster_is_on_its_way_the_stage_says_so(page: Page) -> None:
    held: list[Route] = []
    page.route("**/graph.json*", lambda route: held.append(route))
    page.goto("/")
    expect(page.locator(".stage-wait")).to_be_visible()
    page.wait_for_function("document.querySelector('kv-lab').lab")
    held[0].abort()
    expect(page.locator(".stage-wait")).to_contain_text("다시 해 보는 중")
    page.unroute("**/graph.json*")
    page.locator(DRAWN).wait_for()
    expect(page.locator(".stage-wait")).to_be_hidden()


def test_a_cut_line_is_said_keeps_the_last_picture_and_heals(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.context.set_offline(True)
    page.evaluate(CUT)
    lost = page.locator(".stage-line[data-when=reconnecting]")
    expect(lost).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()
    page.locator("input[name=url]").press("Enter")
    expect(page.locator("#send-error")).to_contain_text("서버에 닿지 않습니다")
    page.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=20_000)


@pytest.mark.parametrize("door", ["open", "bookmark"])
def test_a_lab_that_is_gone_is_explained_with_a_way_on(page: Page, door: str) -> None:
    open_scenario(page, "snackbar")
    address = page.url
    Lab.objects.filter(id=address.rstrip("/").rpartition("/")[2]).delete()
    if door == "bookmark":
        page.goto(address)
        page.get_by_role("heading", name="이 실습실은 이제 없습니다").wait_for()
        return page.locator("main a").first.click()
    page.locator("input[name=url]").press("Enter")
    expect(page.locator("#send-error")).to_contain_text("이제 없습니다")
    page.evaluate(CUT)
    page.locator(".stage-line[data-when=gone] a").click()
    expect(page).to_have_url("/scenarios/")


def test_an_empty_lab_says_how_to_fill_it(page: Page) -> None:
    open_scenario(page, "snackbar")
    page.evaluate("""() => {
      const { stage } = document.querySelector("kv-lab");
      stage.show({ elements: new Map(), rv: 1, get: () => undefined });
    }""")
    expect(page.locator(".stage-empty")).to_be_visible()
