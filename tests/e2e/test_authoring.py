"""The author's desk in a browser: an exercise broken, mended, written, proven, carried away, brought in and solved."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from kubeviz.models import Exercise

from .learner import DRAWN
from .test_lessons import check

PASSWORD = "gimbap-and-tea-27"


def log_in(page: Page, name: str) -> None:
    User.objects.create_user(name, password=PASSWORD, is_staff=True)
    page.goto("/author/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main .primary").click()


def new_exercise(page: Page) -> None:
    page.get_by_role("button", name="새 과제", exact=True).click()


def add(page: Page, part: str, name: str) -> Locator:
    """A new row of the form; the first of its fields has the focus."""
    rows = page.locator(f"#part-{part} fieldset")
    count = rows.count()
    page.locator(f"#part-{part} .adding > summary").click()
    page.locator(f"#part-{part} .adding-menu button", has=page.get_by_text(name, exact=True)).click()
    expect(rows).to_have_count(count + 1)
    return rows.last


def act(page: Page, ref: str, action: str) -> None:
    page.locator(f"kv-stage [data-object='{ref}']").click()
    with page.expect_response("**/act"):  # who leaves the page before takes the deed back
        page.locator(f".inspector form:has([name=action][value={action}]) button").first.click()


def take(page: Page, part: str) -> None:
    """From the lab back to the form, with what is ticked."""
    page.locator(".panel").get_by_role("link", name="다 했습니다").click()
    page.get_by_role("button", name="과제에 넣기").click()
    expect(page.locator(f"#part-{part} fieldset").first).to_be_visible()


def carried(page: Page, folder: Path) -> Path:
    page.locator(".desk-more > summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="파일로 받기").click()
    file = folder / "pack.yaml"
    download.value.save_as(file)
    return file


def test_a_stranger_breaks_mends_writes_proves_and_carries_an_exercise_that_another_solves(new_page, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = new_page()
    log_in(page, "kim")
    new_exercise(page)
    page.locator("#id_title_ko").fill("주문이 안 돼요")
    page.locator("#id_title_en").fill("No orders")
    page.locator("#id_text_ko").fill("손님이 **주문**하지 못합니다. 고치세요.")
    expect(page.locator("#preview-text_ko strong")).to_have_text("주문")
    expect(page.locator(".pair:has(#id_text_en) [lang=en] .lacks")).to_be_visible()
    page.locator("#id_text_en").fill("Nobody can **order**. Mend it.")
    page.get_by_role("button", name="실습실에서 망가뜨리기").click()
    page.locator(DRAWN).wait_for()
    act(page, "service/snackbar/order", "break_selector")
    expect(page.locator("kv-stage [data-object='service/snackbar/order']")).to_have_attribute("data-state", "empty")
    take(page, "start")
    expect(page.locator("#id_title_ko")).to_have_value("주문이 안 돼요")
    expect(page.locator("#part-checks fieldset").first).to_have_attribute("data-type", "request")
    page.get_by_role("button", name="풀이 시연하기").click()
    page.locator(DRAWN).wait_for()
    act(page, "service/snackbar/order", "mend_selector")
    take(page, "solution")
    page.get_by_role("button", name="증명하기").click()
    expect(page.locator(".proof")).to_have_attribute("data-proven", "true")
    file = carried(page, tmp_path)
    Exercise.objects.filter(owner__username="kim").delete()
    other = new_page()
    log_in(other, "lee")
    other.locator("input[type=file]").set_input_files(file)
    other.get_by_role("button", name="가져오기", exact=True).click()
    other.get_by_role("button", name="배우는 사람으로 해 보기").click()
    other.locator(DRAWN).wait_for()
    check(other)
    expect(other.locator(".panel .task").first).to_have_attribute("data-state", "failed")
    act(other, "service/snackbar/order", "mend_selector")
    expect(other.locator("kv-stage [data-object='service/snackbar/order']")).not_to_have_attribute(
        "data-state", "empty"
    )
    check(other)
    expect(other.locator(".solved")).to_be_visible()


def test_rows_are_added_and_moved_by_keyboard_and_nothing_is_lost_unasked(page: Page) -> None:
    log_in(page, "park")
    new_exercise(page)
    first = add(page, "checks", "요청")
    expect(first.locator("[name$='.from']")).to_be_focused()
    first.locator("[name$='.url']").fill("http://{order}/")
    add(page, "checks", "고르기")
    page.keyboard.press("Alt+ArrowUp")
    rows = page.locator("#part-checks fieldset")
    expect(rows.first).to_have_attribute("data-type", "choice")
    expect(rows.first.locator("[data-move=up]")).to_be_focused()
    expect(rows.last.locator("[name$='.url']")).to_have_value("http://{order}/")
    expect(page.locator(".unsaved")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="← 과제 만들기").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    rows.first.locator("[data-move=remove]").click()
    expect(rows).to_have_count(1)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("저장했습니다")).to_be_visible()
    expect(page.locator(".unsaved")).to_be_hidden()


def test_what_is_wrong_is_told_at_its_field_and_a_link_leads_there(page: Page) -> None:
    log_in(page, "choi")
    new_exercise(page)
    row = add(page, "checks", "요청")
    row.locator("[name$='.url']").fill("ftp://order/")
    page.get_by_role("button", name="저장", exact=True).click()
    told = page.locator(".proof a")
    expect(told).to_have_count(1)
    field = page.locator(told.get_attribute("href") or "")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("ftp://order/")


def test_manifests_are_checked_at_their_line_while_they_are_written(page: Page) -> None:
    log_in(page, "yoon")
    page.get_by_role("button", name="새 시나리오", exact=True).click()
    editor = page.locator("kv-yaml .cm-content")
    editor.click()
    page.keyboard.insert_text("apiVersion: v1\nkind: Service\nmetadata: {name: X}\nspec: {ports: [{port: 80}]}")
    expect(page.locator(".yaml-told [data-line='3']")).to_be_visible()
    expect(page.locator("kv-yaml .cm-lintRange-error")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_row_is_added_with_and_without_scripts(new_page, scripts: bool) -> None:  # type: ignore[no-untyped-def]
    page = new_page()
    log_in(page, "jung")
    if not scripts:
        state = page.context.storage_state()
        page = new_page(java_script_enabled=False, storage_state=state)
        page.goto("/author/")
    new_exercise(page)
    page.locator("#id_title_en").fill("Kept")
    add(page, "checks", "엔드포인트")
    expect(page.locator("#id_title_en")).to_have_value("Kept")
