"""The course in a browser: read, watch, predict, repair, check; and an exercise written, carried away and solved."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from .learner import DRAWN, PLAYED

PASSWORD = "gimbap-and-tea-27"


def open_exercise(page: Page, slug: str) -> None:
    page.goto("/lessons/")
    page.locator(f"[data-exercise={slug}]").get_by_role("button").first.click()
    page.locator(DRAWN).wait_for()


def check(page: Page) -> None:
    before = page.locator("input[name=submission]").get_attribute("value")
    page.locator("form[action$='/lesson/check'] button").click()
    expect(page.locator("input[name=submission]")).not_to_have_attribute("value", before or "")


def task(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f".task[data-check={name}]")


@pytest.fixture
def exercise(page: Page) -> Page:
    open_exercise(page, "one-letter")
    return page


def test_a_learner_predicts_repairs_and_is_told_precisely_what_is_missing(exercise: Page) -> None:
    page = exercise
    page.locator(".question input[value=timeout]").check()
    page.locator(".question").get_by_role("button").click()
    expect(page.locator(".answer")).to_have_attribute("data-right", "false")
    expect(page.locator(".run")).to_have_attribute("data-verdict", "refused", timeout=PLAYED)
    check(page)
    expect(task(page, "pay")).to_have_attribute("data-state", "failed")
    expect(task(page, "pods")).to_have_attribute("data-state", "passed")
    task(page, "pay").locator(".counter").click()
    expect(page.locator(".run .request")).to_contain_text("/checkout")
    page.locator("kv-stage [data-object='service/snackbar/payment']").click()
    page.locator("form.act:has(input[value=mend_selector]) button").first.click()
    expect(page.locator("kv-stage [data-object='service/snackbar/payment']")).not_to_have_attribute(
        "data-state", "empty"
    )
    check(page)
    expect(page.locator(".solved")).to_be_visible()
    page.reload()
    expect(page.locator(".panel")).to_have_attribute("data-state", "solved")
    page.goto("/lessons/")
    expect(page.locator("[data-exercise=one-letter]").first).to_have_attribute("data-state", "solved")


def test_hints_cost_and_the_solution_is_played_step_by_step(exercise: Page) -> None:
    page = exercise
    page.locator(".helps summary").click()
    page.locator("form:has(input[name=hint][value='0']) button").click()
    expect(page.locator(".hint")).to_have_count(1)
    for step in (1, 2):
        page.locator("form[action$='/lesson/show'] button").click()
        expect(page.locator(".solution")).to_have_attribute("data-step", str(step))
    expect(page.locator(".solution code")).to_contain_text("kubectl set selector service payment")
    check(page)
    expect(page.locator(".solved")).to_contain_text("4 / 10")


def test_starting_over_brings_the_fault_back(exercise: Page) -> None:
    page = exercise
    page.locator(".helps summary").click()
    for step in (1, 2):
        page.locator("form[action$='/lesson/show'] button").click()
        expect(page.locator(".solution")).to_have_attribute("data-step", str(step))
    page.locator("form[action$='/lesson/restart'] button").click()
    expect(page.locator("kv-stage [data-object='service/snackbar/payment']")).to_have_attribute("data-state", "empty")


def test_a_lesson_is_watched_and_the_stage_answers_its_question(page: Page) -> None:
    page.goto("/lessons/")
    page.locator("[data-lesson=service] .primary").click()
    page.locator(DRAWN).wait_for()
    page.locator("form[data-watch='0'] button").click()
    expect(page.locator(".watch .seen")).to_have_count(1)
    pod = page.locator("kv-stage .card.is-pod[data-object*='/order-']").first
    pod.click()
    expect(page.locator(".question select")).to_have_value(pod.get_attribute("data-object") or "")
    page.locator(".question").get_by_role("button").click()
    expect(page.locator(".answer")).to_have_attribute("data-right", "true")


def test_an_exercise_works_without_scripts(new_page) -> None:  # type: ignore[no-untyped-def]
    page = new_page(java_script_enabled=False)
    page.goto("/lessons/")
    page.locator("[data-exercise=one-letter] button").first.click()
    page.locator("form[action$='/lesson/check'] button").click()
    expect(page.locator(".task[data-check=pay]")).to_have_attribute("data-state", "failed")
    page.locator(".task[data-check=pay] .counter").click()
    expect(page.locator(".run")).to_have_attribute("data-verdict", "http_error")


def log_in(page: Page, name: str) -> None:
    User.objects.create_user(name, password=PASSWORD, is_staff=True)
    page.goto("/author/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main .primary").click()


def add(page: Page, part: str, name: str):  # type: ignore[no-untyped-def]
    """A new row of the form."""
    rows = page.locator(f"#rows-{part} fieldset")
    count = rows.count()
    page.locator(f"#part-{part} .adds").get_by_role("button", name=name, exact=True).click()
    expect(rows).to_have_count(count + 1)
    return rows.last


def test_an_author_writes_proves_exports_and_another_solves_it(new_page, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = new_page()
    log_in(page, "kim")
    page.get_by_role("button", name="새 과제").click()
    page.locator("#id_title_ko").fill("문을 여세요")
    page.locator("#id_title_en").fill("Open the door")
    page.locator("#id_text_ko").fill("**30090번** 문을 여세요.")
    page.locator("#id_text_en").fill("Open door **30090**.")
    expect(page.locator("#preview-text_en strong")).to_have_text("30090")
    row = add(page, "checks", "+ 요청")
    row.locator("[name$='.url']").fill("http://{node node-1}:{nodeport order}/")
    row.locator("[name$='.expect']").fill("FirewallBlocked")
    step = add(page, "solution", "+ 방화벽")
    step.locator("[name$='.port']").fill("30080")
    step.locator("[name$='.to']").select_option("closed")
    page.locator(".author-save button").click()
    expect(page.get_by_text("저장했습니다")).to_be_visible()
    page.get_by_role("button", name="증명하기").click()
    expect(page.locator(".proof")).to_have_attribute("data-proven", "true")
    with page.expect_download() as download:
        page.locator("a[href^='/author/export']").click()
    file = tmp_path / "pack.yaml"
    download.value.save_as(file)
    other = new_page()
    log_in(other, "lee")
    other.locator("input[type=file]").set_input_files(file)
    other.get_by_role("button", name="가져오기", exact=True).click()
    other.get_by_role("button", name="배우는 사람으로 해 보기").click()
    other.locator(DRAWN).wait_for()
    other.locator(".helps summary").click()
    other.locator("form[action$='/lesson/show'] button").click()
    expect(other.locator(".solution")).to_have_attribute("data-step", "1")
    check(other)
    expect(other.locator(".solved")).to_be_visible()


def test_an_author_plays_the_solution_and_chooses_what_it_proposes(page: Page) -> None:
    log_in(page, "park")
    page.get_by_role("button", name="새 과제").click()
    page.get_by_role("button", name="풀이 시연하기").click()
    page.locator(DRAWN).wait_for()
    order = page.locator("kv-stage [data-object='service/snackbar/order']")
    order.click()
    page.locator(".inspector form:has([name=action][value=break_selector]) button").click()
    expect(order).to_have_attribute("data-state", "empty")
    page.locator(".panel").get_by_role("link", name="다 했습니다").click()
    steps = page.locator("ol.shown").first.locator("li")
    expect(steps).to_have_attribute("data-type", "run")
    expect(steps.locator("code")).to_contain_text("kubectl set selector service order")
    endpoints = page.locator("ol.shown li[data-type=endpoints]")
    expect(endpoints.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="과제에 넣기").click()
    expect(page.locator("#rows-solution fieldset")).to_have_attribute("data-type", "run")
    expect(page.locator("#rows-checks fieldset")).to_have_attribute("data-type", "endpoints")
