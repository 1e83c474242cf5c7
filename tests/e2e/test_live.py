"""Two browsers on one lab see one graph; a dropped line heals."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.live.line import PUSHES

from .learner import first_pod, node_port, objects, open_lab, open_scenario, played, send


def same_learner(page: Page) -> Page:
    """Another window of the same browser."""
    return page.context.new_page()


def test_two_browsers_show_the_same_graph_at_once(page: Page) -> None:
    address = open_scenario(page, "snackbar")
    other = same_learner(page)
    heard: list[str] = []
    other.on("websocket", lambda line: line.on("framereceived", lambda text: heard.append(json.loads(text)["type"])))
    open_lab(other, address)
    expect(other.locator("kv-live")).to_have_attribute("data-state", "open")

    def pushed() -> bool:
        gone = first_pod(page, "order")
        page.locator(f".card[data-object='{gone}']").click()
        heard.clear()
        page.locator(".inspector form:has([name=action][value=delete_pod]) button").click()
        for window in (page, other):
            expect(window.locator(f".card[data-object='{gone}']")).to_have_count(0)
            expect(window.locator(".card.is-pod[data-state=ready][data-object*='/order-']")).to_have_count(2)
        assert objects(other) == objects(page)
        return "beat" not in heard[: heard.index("changes")]

    assert any(pushed() for _ in PUSHES)


def test_a_packet_sent_in_one_moves_in_the_other(page: Page) -> None:
    address = open_scenario(page, "snackbar")
    other = same_learner(page)
    open_lab(other, address)
    journey = send(page, node_port(page))
    assert played(other).get_attribute("data-trace") == journey.get_attribute("data-trace")
    assert other.locator("kv-stage").get_attribute("data-lit") == page.locator("kv-stage").get_attribute("data-lit")


def test_a_dropped_connection_resumes_with_the_right_graph(new_page: Callable[..., Page]) -> None:
    page = new_page()
    lines: list[WebSocketRoute] = []
    dead: list[bool] = []

    def connect(route: WebSocketRoute) -> None:
        if dead:
            route.close()
            return
        lines.append(route)
        route.connect_to_server()

    page.route_web_socket("**/ws/labs/**", connect)
    address = open_scenario(page, "snackbar")
    expect(page.locator("kv-live")).to_have_attribute("data-state", "open")
    other = same_learner(page)
    open_lab(other, address)

    dead.append(True)
    lines[-1].close()
    expect(page.locator("kv-live")).to_have_attribute("data-state", "reconnecting")
    gone = first_pod(other, "order")
    other.locator(f".card[data-object='{gone}']").click()
    other.locator(".inspector form:has([name=action][value=delete_pod]) button").click()
    expect(other.locator(f".card[data-object='{gone}']")).to_have_count(0)
    assert page.locator(f".card[data-object='{gone}']").count() == 1

    dead.clear()
    expect(page.locator("kv-live")).to_have_attribute("data-state", "open")
    expect(page.locator(f".card[data-object='{gone}']")).to_have_count(0)
    expect(page.locator(".card.is-pod[data-state=ready][data-object*='/order-']")).to_have_count(2)
    assert objects(page) == objects(other)
