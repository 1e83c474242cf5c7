"""The course in a browser: read, watch, predict, repair, check."""

import pytest
from playwright.sync_api import Page, expect

from .learner import DRAWN


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
    expect(page.locator(".run")).to_have_attribute("data-verdict", "refused")
    check(page)
    expect(task(page, "pay")).to_have_attribute("data-state", "failed")
    expect(task(page, "pods")).to_have_attribute("data-state", "passed")
    task(page, "pay").locator(".counter").click()
    expect(page.locator(".run .request")).to_contain_text("/checkout")
    page.locator("kv-stage [data-object='service/snackbar/payment']").click()
    page.locator(".inspector form:has(input[value=mend_selector]) button").first.click()
    expect(page.locator("kv-stage [data-object='service/snackbar/payment']")).not_to_have_attribute(
        "data-state", "empty"
    )
    check(page)
    expect(page.locator(".solved")).to_be_visible()
    page.reload()
    expect(page.locator(".panel")).to_have_attribute("data-state", "solved")
    page.goto("/lessons/")
    expect(page.locator("[data-exercise=one-letter]").first).to_have_attribute("data-state", "solved")


def test_hints_cost_the_solution_is_played_step_by_step_and_starting_over_breaks_it_again(exercise: Page) -> None:
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
    expect(page.locator(".solved")).to_be_in_viewport()
    page.locator("[data-past]").click()
    expect(page.locator(".past-list li").first).to_contain_text("kubectl set selector service payment")
    page.keyboard.press("Escape")
    page.locator("form[action$='/lesson/restart'] button").click()
    expect(page.locator("kv-stage [data-object='service/snackbar/payment']")).to_have_attribute("data-state", "empty")


def test_a_lesson_is_watched_and_the_stage_answers_its_question(page: Page) -> None:
    page.goto("/lessons/")
    page.locator("[data-lesson=service] .scenario-doing button").click()
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
