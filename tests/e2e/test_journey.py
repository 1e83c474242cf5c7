"""Send a request: the edges that light up are the hops of the trace, in either view."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .learner import edges_told, lit, node_port, open_scenario, played, send


@pytest.fixture
def lab(page: Page) -> Page:
    open_scenario(page, "snackbar")
    return page


def test_the_edges_lit_are_the_hops_of_the_trace(lab: Page) -> None:
    journey = send(lab, node_port(lab))
    expect(journey).to_have_attribute("data-verdict", "delivered")
    assert lit(lab) == edges_told(lab, "taught")
    kinds = [edge.partition(">")[2].partition("/")[0] for edge in lit(lab)]
    assert kinds == ["nodeport", "service", "pod"]


def test_the_packet_view_shows_the_one_rewrite_of_the_node(lab: Page) -> None:
    send(lab, node_port(lab))
    lab.locator(".switch [data-view=packet]").click()
    expect(lab.locator(".bubble")).to_be_visible(timeout=30_000)
    assert lit(lab) == edges_told(lab, "packet")
    assert [edge.partition(">")[2].partition("/")[0] for edge in lit(lab)] == ["nodeport", "pod"]


def test_steps_go_forward_and_back_by_keyboard(lab: Page) -> None:
    send(lab, node_port(lab))
    edges = edges_told(lab, "taught")
    lab.locator(".player [data-do=back]").focus()
    lab.keyboard.press("Home")
    assert lit(lab) == []
    lab.keyboard.press("ArrowRight")
    assert lit(lab) == edges[:1]
    lab.keyboard.press("ArrowRight")
    assert lit(lab) == edges[:2]
    lab.keyboard.press("ArrowLeft")
    assert lit(lab) == edges[:1]


def test_evidence_lights_its_field_in_the_yaml(lab: Page) -> None:
    journey = send(lab, node_port(lab))
    journey.locator(".hop:visible .evidence[data-path='spec.ports[0].nodePort']").first.click()
    found = lab.locator(".inspector .line.found")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("nodePort: ")


def test_many_requests_show_the_share_of_each_pod(lab: Page) -> None:
    journey = send(lab, node_port(lab), times=12)
    shares = journey.locator(".share meter")
    values = [int(shares.nth(i).get_attribute("value") or 0) for i in range(shares.count())]
    assert sum(values) == 12


def test_a_link_shows_the_same_journey_to_others(lab: Page) -> None:
    journey = send(lab, node_port(lab))
    trace = journey.get_attribute("data-trace")
    lab.locator(".run-links > summary").click()
    lab.get_by_role("link", name="이 여정의 주소").click()
    expect(lab.locator(".run")).to_have_attribute("data-trace", trace or "")
    expect(lab.locator(".hop").first).to_be_visible()


def test_reduced_motion_steps_without_moving(new_page) -> None:  # type: ignore[no-untyped-def]
    page = new_page(reduced_motion="reduce")
    open_scenario(page, "snackbar")
    send(page, node_port(page))
    assert lit(page) == edges_told(page, "taught")
    assert page.locator(".dot").count() == 0


OFF_THE_CARDS = """
() => [...document.querySelectorAll('.paths .way')].flatMap((path) => {
  const [from, to] = path.dataset.edge.split('>').map((id) =>
    document.querySelector(`kv-stage .card[data-object="${CSS.escape(id)}"]`)?.getBoundingClientRect());
  const at = (length) => path.getPointAtLength(length).matrixTransform(path.getScreenCTM());
  const off = (box, p) => box && Math.max(box.left - p.x, p.x - box.right, box.top - p.y, p.y - box.bottom, 0);
  return [off(from, at(0)), off(to, at(path.getTotalLength()))].filter((n) => n > 6);
})
"""


def at_rest(page: Page) -> None:
    """A new size is seen in the next frame; the camera may go somewhere then."""
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    page.wait_for_function("() => !document.querySelector('kv-stage').camera.goal")


def test_lit_lines_stay_on_their_cards_when_the_stage_changes_its_size_under_a_running_packet(page: Page) -> None:
    open_scenario(page, "snackbar-nodeport")
    page.locator("input[name=url]").fill(node_port(page))
    page.locator("input[name=url]").press("Enter")
    expect(page.locator(".hop").last).to_have_class(re.compile("now"))
    page.set_viewport_size({"width": 1280, "height": 600})
    at_rest(page)
    assert page.evaluate(OFF_THE_CARDS) == []
    played(page)
    at_rest(page)
    assert page.evaluate(OFF_THE_CARDS) == []
    expect(page.locator(".bubble")).to_be_visible()


def test_a_part_that_is_slow_to_come_holds_up_no_other(lab: Page) -> None:
    held: list[Route] = []
    lab.route("**/traces/*/", lambda route: held.append(route))
    lab.locator("input[name=url]").fill(node_port(lab))
    with lab.expect_request("**/traces/*/"):
        lab.locator("input[name=url]").press("Enter")
    lab.locator(".card[data-object='service/snackbar/order']").click()
    lab.locator(".twin summary").click()
    expect(lab.locator(".inspector .thing")).to_be_visible()
    expect(lab.locator(".twin tr[data-object]").first).to_be_visible()
    held[0].continue_()
    expect(played(lab)).to_have_attribute("data-verdict", "delivered")
