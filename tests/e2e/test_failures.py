"""A request that fails stops red, and the page alone says why."""

import pytest
from playwright.sync_api import Page, expect

from .learner import first_pod, node_port, open_scenario, send


@pytest.fixture
def lab(page: Page) -> Page:
    open_scenario(page, "snackbar")
    return page


@pytest.mark.parametrize(
    ("url", "verdict", "reason"),
    [
        pytest.param("http://203.0.113.11:30999/", "timeout", "FirewallBlocked", id="a port no firewall rule opens"),
        pytest.param("http://10.96.0.10/", "timeout", "ClusterIPFromOutside", id="a cluster IP from outside"),
        pytest.param("http://no-such-shop.example/", "dns_error", "NameNotFound", id="a name nobody knows"),
    ],
)
def test_it_stops_where_it_fails_and_says_why(lab: Page, url: str, verdict: str, reason: str) -> None:
    journey = send(lab, url)
    expect(journey).to_have_attribute("data-verdict", verdict)
    expect(journey).to_have_attribute("data-reason", reason)
    expect(lab.locator(".bubble")).to_have_attribute("data-verdict", "stopped")
    assert lab.locator(".ending b").inner_text() in lab.locator(".bubble").inner_text()


def test_a_broken_selector_is_shown_and_mended(lab: Page) -> None:
    url = node_port(lab)
    lab.locator(".card[data-object='service/snackbar/order']").click()
    lab.locator(".inspector form:has([name=action][value=break_selector]) button").click()
    expect(lab.locator(".card[data-object='service/snackbar/order']")).to_have_attribute("data-state", "empty")
    journey = send(lab, url)
    expect(journey).to_have_attribute("data-reason", "SelectorMatchesNothing")
    journey.locator(".ending .evidence").click()
    expect(lab.locator(".inspector .line.found").first).to_contain_text("selector")
    lab.locator(".inspector form:has([name=action][value=mend_selector]) button").click()
    expect(lab.locator(".card[data-object='service/snackbar/order']")).to_have_attribute("data-state", "ok")
    expect(send(lab, url)).to_have_attribute("data-verdict", "delivered")


def test_a_deleted_pod_is_replaced_and_ordering_goes_on(lab: Page) -> None:
    gone = first_pod(lab, "order")
    lab.locator(f".card[data-object='{gone}']").click()
    lab.locator(".inspector form:has([name=action][value=delete_pod]) button").click()
    expect(lab.locator(f".card[data-object='{gone}']")).to_have_count(0)
    expect(lab.locator(".card.is-pod[data-state=ready][data-object*='/order-']")).to_have_count(2)
    expect(send(lab, node_port(lab))).to_have_attribute("data-verdict", "delivered")


@pytest.mark.parametrize("url", ["http://", "http://203.0.113.11:99999/", "ftp://order/"])
def test_a_wrong_address_is_explained_at_the_field(lab: Page, url: str) -> None:
    lab.locator("input[name=url]").fill(url)
    lab.locator("input[name=url]").press("Enter")
    expect(lab.locator("#send-error")).not_to_be_empty()
    expect(lab.locator("input[name=url]")).to_have_attribute("aria-invalid", "true")
