"""`/`: one button, one order, two dares; nobody has to know anything."""

from playwright.sync_api import Page, expect

from .learner import DRAWN


def press(page: Page, name: str) -> None:
    button = page.locator("kv-firstminute").get_by_role("button", name=name, exact=True)
    button.wait_for()
    button.click()


def test_the_first_minute_from_order_to_repair(page: Page) -> None:
    page.goto("/")
    page.locator(DRAWN).wait_for()
    press(page, "간식 주문하기")
    press(page, "이 파드 지우기")
    press(page, "다시 주문하기")
    press(page, "셀렉터 망가뜨리기")
    press(page, "다시 주문하기")
    expect(page.locator("kv-firstminute").get_by_role("button", name="어느 필드")).to_be_visible()
    expect(page.locator(".run")).to_have_attribute("data-reason", "SelectorMatchesNothing")
    press(page, "어느 필드 때문인지 보기")
    expect(page.locator(".inspector .line.found").first).to_contain_text("selector")
    press(page, "고치기")
    press(page, "마음대로 해 보기")
    expect(page.locator("kv-firstminute")).to_have_count(0)
    expect(page.locator(".card[data-object='service/snackbar/order']")).to_have_attribute("data-state", "ok")


def test_whoever_knows_it_skips_it_with_one_click_for_good(page: Page) -> None:
    page.goto("/")
    page.locator("kv-firstminute").get_by_role("button", name="건너뛰기").click()
    expect(page.locator("kv-firstminute")).to_have_count(0)
    page.reload()
    page.locator(DRAWN).wait_for()
    expect(page.locator("kv-firstminute")).to_be_hidden()


def test_each_visitor_has_a_snackbar_of_their_own(new_page) -> None:  # type: ignore[no-untyped-def]
    labs = set()
    for _ in range(2):
        page = new_page()
        page.goto("/")
        labs.add(page.locator("kv-lab").get_attribute("data-lab"))
    assert len(labs) == 2
