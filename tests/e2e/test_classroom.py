"""A whole class in real browsers: an instructor, a wall, three learners, each with cookies of their own."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, WebSocketRoute, expect

from .learner import DRAWN, objects

NAMES = ("민지", "서준", "Ada")
NODE = "http://203.0.113.11:30080/"
SHUT = "http://203.0.113.11:30999/"


def first_instructor(page: Page) -> str:
    """From an empty database to an open class; its code."""
    page.goto("/classes/")
    page.locator("[name=username]").fill("김선생")
    page.locator("[name=password]").fill("hodu-gwaja-77")
    page.locator("button.primary").click()
    page.get_by_role("button", name="수업 열기").click()
    page.wait_for_url(re.compile(r"/classes/[a-z2-9]{8}/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def join(page: Page, code: str, name: str) -> Page:
    page.goto(f"/j/{code}")
    page.locator("[name=name]").fill(name)
    page.locator("button.primary").click()
    expect(page.locator("[data-you=name]")).to_have_text(name)
    return page


@pytest.fixture
def teacher(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def code(teacher: Page) -> str:
    return first_instructor(teacher)


@pytest.fixture
def learners(new_page: Callable[..., Page], code: str) -> list[Page]:
    """Their pages step without motion: five that move at once would take the time of the whole suite."""
    return [join(new_page(reduced_motion="reduce"), code, name) for name in NAMES]


def start_following(teacher: Page) -> None:
    teacher.get_by_role("button", name="함께 보기 시작").click()
    teacher.wait_for_url("**/labs/**")
    teacher.locator(DRAWN).wait_for()


def add_exercise(teacher: Page, slug: str) -> None:
    teacher.locator(".planning summary").click()
    before = teacher.locator(".plan-list li").count()
    teacher.locator("select[name=items]").select_option(f"exercise/{slug}")
    teacher.locator("form:has([value=add_items]) button").click()
    expect(teacher.locator(".plan-list li")).to_have_count(before + 1)


def solve_one_letter(learner: Page) -> None:
    """The exercise with the misspelt selector: predicted, repaired in the inspector, then checked."""
    learner.locator(".question input[value=refused]").check()
    learner.locator(".question").get_by_role("button").click()
    expect(learner.locator(".answer")).to_have_attribute("data-right", "true")
    learner.locator("kv-stage [data-object='service/snackbar/payment']").click()
    learner.locator(".inspector form:has(input[value=mend_selector]) button").first.click()
    payment = learner.locator("kv-stage [data-object='service/snackbar/payment']")
    expect(payment).not_to_have_attribute("data-state", "empty")
    learner.locator("form[action$='/lesson/check'] button").click()
    expect(learner.locator(".solved")).to_be_visible()


def pods(page: Page) -> set[str]:
    """Apart from what the journeys that a learner has seen brought onto their stage."""
    return {ref for ref in objects(page) if ref.startswith("pod/snackbar/")}


def rename(teacher: Page, name: str, wanted: str) -> None:
    row = teacher.locator("tr[data-seat]").filter(has_text=name)
    row.locator(".acts summary").click()
    row.locator("[data-do=rename_seat]").click()
    teacher.locator(".renaming input").fill(wanted)
    teacher.locator(".renaming input").press("Enter")
    expect(teacher.locator("tr[data-seat] th a").filter(has_text=wanted)).to_be_visible()


def start_working(teacher: Page, code: str, learners: list[Page]) -> None:
    teacher.goto(f"/classes/{code}/")
    teacher.locator("form:has([value=work]) button").click()
    for learner in learners:
        learner.wait_for_url("**/labs/**")
        learner.locator(DRAWN).wait_for()


def test_a_whole_class_from_an_empty_database_to_the_report(
    teacher: Page, code: str, learners: list[Page], new_page: Callable[..., Page]
) -> None:
    wall = teacher.context.new_page()
    wall.goto(f"/classes/{code}/projector")
    expect(wall.locator(".names li")).to_have_text(list(NAMES))
    expect(wall.locator(".code.huge")).to_have_text(f"{code[:4]} {code[4:]}")
    expect(teacher.locator("tr[data-online=true]")).to_have_count(3)
    rename(teacher, "Ada", "Ada L.")

    # Follow: graph, packet, chosen object.
    start_following(teacher)
    for page in (*learners, wall):
        page.locator(DRAWN).wait_for()
        assert objects(page) == objects(teacher)
    teacher.locator("input[name=url]").fill(NODE)
    teacher.locator("input[name=url]").press("Enter")
    trace = teacher.locator(".run").get_attribute("data-trace")
    teacher.locator("select[data-do=speed]").select_option("2")
    for page in (teacher, *learners, wall):
        expect(page.locator(".bubble")).to_be_visible()
        assert page.locator(".run").get_attribute("data-trace") == trace
    teacher.locator(".timeline [data-do=back]").click()
    expect(learners[0].locator(".bubble")).to_have_count(0)
    now = teacher.locator(".hop.now").get_attribute("data-hop")
    expect(learners[0].locator(f".hop.now[data-hop='{now}']")).to_be_visible()
    teacher.locator(".card.is-service").first.click()
    chosen = teacher.locator(".card.chosen").get_attribute("data-object")
    expect(learners[1].locator(".card.chosen")).to_have_attribute("data-object", chosen or "")

    # Predict: clicked on the stage, hidden, voted again, revealed with the packet.
    teacher.locator(".asking summary").click()
    teacher.locator("[data-do=ask][data-kind=object]").click()
    for learner, place in zip(learners, (0, 0, 1), strict=True):
        expect(learner.locator("kv-class-question")).to_be_visible()
        expect(learner.locator(".bubble, .run")).to_have_count(0)
        learner.locator(".card[data-object^='pod/snackbar/order-']").nth(place).click()
        expect(learner.locator(".yours")).to_be_visible()
    expect(wall.locator(".voted-count")).to_contain_text("3/3")
    expect(wall.locator(".bar")).to_have_count(0)
    expect(teacher.locator("kv-class-bar .bar")).to_have_count(2)
    teacher.locator("kv-class-bar [data-do=second_round]").click()
    expect(learners[2].locator(".round")).to_be_visible()
    learners[2].locator("kv-class-question select").select_option(index=3)
    teacher.locator("kv-class-bar [data-do=reveal]").click()
    for page in (*learners, wall):
        expect(page.locator("[data-round='1'] .bar")).to_have_count(2)
        expect(page.locator(".bubble")).to_be_visible()
        expect(
            page.locator("[data-round='1'] .bar[data-right=yes], [data-round='1'] .bar[data-right=might]")
        ).to_have_count(2)
    teacher.locator("kv-class-bar [data-do=put_away]").click()
    expect(learners[0].locator("kv-class-question")).to_be_hidden()

    # Work: each in an own lab; a hand, a failure, somebody done.
    start_working(teacher, code, learners)
    assert len({page.url for page in learners}) == 3
    learners[0].locator("kv-class-bar [data-do=hand]").click()
    expect(teacher.locator("tr[data-hand=true]")).to_contain_text(NAMES[0])
    for learner in learners[:2]:
        learner.locator("input[name=url]").fill(SHUT)
        learner.locator("input[name=url]").press("Enter")
    expect(teacher.locator(".radar-rows li .count")).to_contain_text("2")
    learners[2].locator("kv-class-bar [data-do=done]").click()
    expect(teacher.locator("td[data-state=solved]")).to_have_count(1)
    add_exercise(teacher, "one-letter")
    teacher.locator("form:has([value=work]) select").select_option(index=1)
    teacher.locator("form:has([value=work]) button").click()
    solve_one_letter(learners[2])
    expect(teacher.locator("td[data-state=solved]")).to_have_count(2)

    # Spotlight and replay, without a name; pause.
    teacher.locator("[data-trace]").first.click()
    expect(wall.locator(".bubble.bad")).to_be_visible()
    assert not any(name in wall.locator("body").inner_text() for name in NAMES)
    teacher.locator(".unpaused button").click()
    expect(learners[1].locator(".curtain")).to_be_visible()
    teacher.locator(".paused-only button").click()
    expect(learners[1].locator(".curtain")).to_be_hidden()

    # A look into a lab, somebody removed, the end.
    teacher.locator("td[data-state=solved] a").last.click()
    teacher.locator(DRAWN).wait_for()
    assert pods(teacher) == pods(learners[2])
    teacher.goto(f"/classes/{code}/")
    teacher.on("dialog", lambda dialog: dialog.accept())
    row = teacher.locator("tr[data-seat]").nth(1)
    row.locator(".acts summary").click()
    row.locator("[data-do=remove_seat]").click()
    expect(teacher.locator("tr[data-seat]")).to_have_count(2)
    learners[1].wait_for_url(re.compile("/join/"))
    teacher.locator(".more-tools:not(.planning) > summary").click()
    teacher.get_by_role("button", name="수업 마치기").click()
    for learner in (learners[0], learners[2]):
        expect(learner.locator(".class-over h1")).to_have_text("수업이 끝났습니다")
    teacher.get_by_role("link", name="보고서").click()
    expect(teacher.locator("tbody")).to_contain_text(["스낵바", NAMES[1]])


def test_a_cut_network_is_said_and_healed(new_page: Callable[..., Page], teacher: Page, code: str) -> None:
    page = new_page()
    lines: list[WebSocketRoute] = []
    dead: list[bool] = []

    def connect(route: WebSocketRoute) -> None:
        if dead:
            route.close()
            return
        lines.append(route)
        route.connect_to_server()

    page.route_web_socket("**/ws/**", connect)
    join(page, code, "Ada")
    expect(page.locator("kv-live")).to_have_attribute("data-state", "open")
    dead.append(True)
    for line in lines:
        line.close()
    expect(page.locator("kv-live")).to_have_attribute("data-state", "reconnecting")
    expect(page.locator("kv-live")).to_contain_text("다시 연결하는 중")
    start_following(teacher)
    assert page.locator("kv-class-watch").is_hidden()
    dead.clear()
    expect(page.locator("kv-live")).to_have_attribute("data-state", "open")
    page.locator(DRAWN).wait_for()
    assert objects(page) == objects(teacher)


def test_a_learner_comes_back_after_closing_the_browser_and_from_another_device(
    new_page: Callable[..., Page], teacher: Page, code: str
) -> None:
    page = join(new_page(), code, "Ada")
    own = page.locator(".own-code .code").inner_text()
    page.close()
    again = new_page()
    again.goto("/join/back")
    again.locator("[name=resume]").fill(own)
    again.locator("button.primary").click()
    expect(again.locator("[data-you=name]")).to_have_text("Ada")
    expect(teacher.locator("tr[data-seat]")).to_have_count(1)


def test_axe_finds_nothing_on_a_classs_pages_in_the_light_and_in_the_dark(new_page: Callable[..., Page]) -> None:
    teacher = new_page(bypass_csp=True, reduced_motion="reduce")
    code = first_instructor(teacher)
    learner = new_page(bypass_csp=True, reduced_motion="reduce", viewport={"width": 360, "height": 740})
    learner.goto(f"/j/{code}")
    assert problems(learner) == []
    join(learner, code, "Ada")
    assert problems(learner) == []
    assert learner.evaluate("document.documentElement.scrollWidth") <= 360
    expect(teacher.locator("tr[data-seat]")).to_have_count(1)
    assert problems(teacher) == []
    teacher.goto(f"/classes/{code}/projector")
    expect(teacher.locator(".names li")).to_have_count(1)
    assert problems(teacher) == []


def problems(page: Page) -> list[tuple[str, str, list[str]]]:
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for row in Axe().run(page).response["violations"]:
            found.append((theme, row["id"], [node["html"][:120] for node in row["nodes"]]))
    return found
