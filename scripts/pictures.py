"""Takes the pictures of the documents from the real page: `python -m scripts.pictures [NAME…]`.

A server of its own on a database of its own, a real Chromium, and what a learner would do.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import chromium
from tests.server import running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST = 250_000
"""Bytes of one picture: the documents stay quick to open."""
PROJECTOR, PHONE = {"width": 1180, "height": 664}, {"width": 360, "height": 740}


def lab(slug: str, preset: int) -> Callable[[Page], None]:
    """The scenario after the example at this place of its list was sent and played."""

    def show(page: Page) -> None:
        page.goto("/scenarios/")
        page.locator(f"[data-scenario={slug}]").get_by_role("button").click()
        page.locator("kv-stage[data-ready]").wait_for()
        page.locator(".presets > summary").click()
        page.locator(".presets [data-url]").nth(preset).click()
        page.locator(".bubble").wait_for(timeout=30_000)
        page.evaluate("document.activeElement.blur()")

    return show


def shelf(page: Page) -> None:
    page.goto("/scenarios/")


PASSWORD = "hodu-gwaja-77"
SHUT = "http://203.0.113.11:30999/"


def in_class(page: Page) -> str:
    """The first instructor's class with three learners, each in a lab of their own; two have sent a request in vain."""
    page.goto("/classes/")
    if page.locator("[name=username]").count():
        page.locator("[name=username]").fill("kim")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button.primary").click()
    page.locator(".new-class button.primary").click()
    code = page.url.rstrip("/").rpartition("/")[2]
    browser = page.context.browser
    assert browser is not None
    learners = [browser.new_context(base_url=page.url.split("/classes/")[0]).new_page() for _ in range(3)]
    for learner, name in zip(learners, ("민지", "서준", "Ada"), strict=True):
        learner.goto(f"/j/{code}")
        learner.locator("[name=name]").fill(name)
        learner.locator("main button.primary").click()
    page.locator("form:has([value=work]) button").click()
    for learner in learners:
        learner.wait_for_url("**/labs/**")
        learner.locator("kv-stage[data-ready]").wait_for()
    for learner in learners[:2]:
        learner.locator("input[name=url]").fill(SHUT)
        learner.locator("input[name=url]").press("Enter")
    learners[0].locator("kv-class-bar [data-do=hand]").click()
    learners[2].locator("kv-class-bar [data-do=done]").click()
    page.locator(".radar-rows [data-trace]").wait_for(timeout=30_000)
    page.locator("td[data-state=solved]").wait_for()
    return code


def console(page: Page) -> None:
    in_class(page)


def wall(page: Page) -> None:
    """What failed for somebody, replayed for all."""
    code = in_class(page)
    page.locator(".radar-rows [data-trace]").first.click()
    page.goto(f"/classes/{code}/projector")
    page.locator(".bubble").wait_for(timeout=30_000)


class Picture(NamedTuple):
    name: str
    show: Callable[[Page], None]
    theme: str = "light"
    viewport: Any = PROJECTOR
    language: str = "en"


PICTURES = (
    Picture("snackbar-light", lab("snackbar", 2)),
    Picture("snackbar-dark", lab("snackbar", 2), theme="dark", language="ko"),
    Picture("stopped", lab("snackbar-empty-endpoints", 1), language="ko"),
    Picture("ingress", lab("snackbar-ingress-host", 0), theme="dark"),
    Picture("balancers", lab("snackbar-loadbalancer", 5)),
    Picture("scenarios", shelf, language="ko"),
    Picture("console", console),
    Picture("projector", wall, viewport={"width": 1280, "height": 720}, language="ko"),
    Picture("phone", lab("snackbar-nodeport", 1), viewport=PHONE, language="ko"),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(
        base_url=address,
        viewport=picture.viewport,
        color_scheme=picture.theme,
        reduced_motion="reduce",
        locale={"ko": "ko-KR", "en": "en-US"}[picture.language],
    )
    context.add_cookies([{"name": "kubeviz_language", "value": picture.language, "url": address}])
    page = context.new_page()
    picture.show(page)
    page.mouse.move(0, 0)  # no name stands over the picture
    page.wait_for_timeout(500)
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    print(f"{file.name:<24}{size // 1024:>5} KiB{'' if size <= LARGEST else '  too large'}")
    context.close()


def main(names: list[str]) -> None:
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HELP)
    FOLDER.mkdir(exist_ok=True)
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/pictures.sqlite3"
        with running("--prepare", DATABASE_URL=database) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
            for picture in wanted:
                take(browser, address, picture)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
