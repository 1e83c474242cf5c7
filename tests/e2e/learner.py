"""A learner at the page: opens a scenario, sends requests, reads what happened."""

from playwright.sync_api import Locator, Page, expect

DRAWN = "kv-stage[data-ready]"


def open_scenario(page: Page, slug: str) -> str:
    """Opens a lab of one's own from the shelf; returns its address."""
    page.goto("/scenarios/")
    page.locator(f"[data-scenario={slug}]").get_by_role("button").click()
    page.locator(DRAWN).wait_for()
    return page.url


def open_lab(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(DRAWN).wait_for()


def send(page: Page, url: str, source: str = "", times: int = 1) -> Locator:
    """Sends from the send bar and waits until the journey has been played; returns the journey."""
    if source:
        page.locator("select[name=source]").select_option(source)
    page.locator("input[name=url]").fill(url)
    page.locator("input[name=times]").fill(str(times))
    page.locator("input[name=url]").press("Enter")
    return played(page)


def played(page: Page) -> Locator:
    """The journey on show, after its last step: the answer or the reason stands in a bubble."""
    expect(page.locator(".bubble")).to_be_visible()
    return page.locator(".run")


def lit(page: Page) -> list[str]:
    return (page.locator("kv-stage").get_attribute("data-lit") or "").split()


def edges_told(page: Page, view: str) -> list[str]:
    """The edges of the hops in the list, in order."""
    hops = page.locator(f".hop[data-view=both], .hop[data-view={view}]")
    return [edge for edge in hops.evaluate_all("items => items.map(item => item.dataset.edge)") if edge]


def objects(page: Page) -> set[str]:
    """What stands on the stage."""
    cards = page.locator("kv-stage .card").evaluate_all("cards => cards.map(card => card.dataset.object)")
    return set(cards)


def list_objects(page: Page) -> None:
    """Opens the list of every object from the page's menu."""
    page.locator(".top-more > summary").click()
    page.locator(".top-more [data-objects-link]").click()


def first_pod(page: Page, app: str) -> str:
    pods = sorted(ref for ref in objects(page) if ref.startswith("pod/") and f"/{app}-" in ref)
    return pods[0]


def node_port(page: Page) -> str:
    """The address of some node port on the stage."""
    card = page.locator(".card.is-nodeport").first
    port = (card.get_attribute("data-object") or "").rpartition("/")[2]
    return f"http://{card.locator('.row code').inner_text()}:{port}/"
