"""The stage in a real Chromium: packets that move over a thousand nodes, and what the first load costs."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import brotli
from playwright.sync_api import Browser, Page, Response, sync_playwright

from scripts import chromium
from tests.server import running

from . import report

NODES, DOTS = 1_000, 20
LOADED = ("script", "stylesheet", "font")

# A Service and a thousand pods on ten nodes, drawn by the page's own stage; the limit of what it draws is lifted.
GRAPH = """(count) => {
  const stage = document.querySelector("kv-stage");
  const nodes = Array.from({ length: 10 }, (_, i) => ({ id: `node/n${i}`, type: "node", lane: "node", label: `n${i}`, state: "ready" }));
  const pods = Array.from({ length: count }, (_, i) => ({
    id: `pod/a/p${i}`, type: "pod", lane: "node", label: `p${i}`, ns: "a", ip: `10.244.${i % 10}.${i % 250}`, node: `node/n${i % 10}`, state: "ready",
  }));
  const service = { id: "service/a/s", type: "service", lane: "service", label: "s", ns: "a", ports: [], state: "ok" };
  const edges = pods.map(({ id }) => ({ id: `${service.id}>${id}`, type: "edge", source: service.id, target: id, state: "ok" }));
  const elements = new Map([...nodes, ...pods, service, ...edges].map((element) => [element.id, element]));
  stage.limit = Infinity;
  stage.show({ elements, rv: 1, get: (id) => elements.get(id) });
  return stage.deck.cards.size;
}"""

FRAMES = """(ms) => new Promise((done) => {
  let frames = 0;
  const start = performance.now();
  const count = (now) => (now - start < ms ? ((frames += 1), requestAnimationFrame(count)) : done((frames * 1000) / (now - start)));
  requestAnimationFrame(count);
})"""

MOVING = """([dots, ms]) => {
  const { packets } = document.querySelector("kv-lab").showing;
  const hops = (i) => Array.from({ length: 16 }, (_, n) => ({ edge: `service/a/s>pod/a/p${i * 16 + n}`, object: "" }));
  packets.volley(Array.from({ length: dots }, (_, i) => ({ delivered: true, steps: () => hops(i) })), "taught");
  const frames = %s;
  return new Promise((done) => setTimeout(() => frames(ms).then((fps) => done([fps, document.querySelectorAll(".dot").length])), 2000));
}"""


@contextmanager
def browser() -> Iterator[tuple[Browser, str]]:
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.HELP)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = f"sqlite:///{folder}/bench.sqlite3"
        with running("--prepare", DATABASE_URL=database, KUBEVIZ_COLLECTED="1") as address:
            opened = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
            yield opened, address
            opened.close()


def frame_rates(page: Page) -> tuple[float, float]:
    """Frames a second with everything still, and with twenty dots under way."""
    drawn = page.evaluate(GRAPH, NODES)
    assert drawn > NODES, drawn
    page.wait_for_timeout(2_000)
    idle = page.evaluate(FRAMES, 3_000)
    moving, dots = page.evaluate(MOVING % FRAMES, [DOTS, 3_000])
    assert dots == DOTS, dots
    return moving, idle


def first_load(browser: Browser, address: str) -> tuple[int, int]:
    """Bytes of every script, style sheet and font that `/` asks for, as brotli sends them; Cytoscape's share alone."""
    page = browser.new_page(locale="ko-KR", viewport={"width": 1280, "height": 720})
    got: list[Response] = []
    page.on("response", lambda response: got.append(response))
    page.goto(address)
    page.locator("kv-stage[data-ready]").wait_for()
    page.wait_for_load_state("networkidle")
    sizes = {r.url: weight(r) for r in got if r.request.resource_type in LOADED}
    return sum(sizes.values()), next(size for url, size in sizes.items() if "cytoscape" in url)


def weight(response: Response) -> int:
    """Fonts are compressed already."""
    body = response.body()
    return len(body) if response.request.resource_type == "font" else len(brotli.compress(body))


def run() -> bool:
    with browser() as (opened, address):
        whole, cytoscape = first_load(opened, address)
        page = opened.new_page(viewport={"width": 1280, "height": 720})
        page.goto(address)
        page.locator("kv-stage[data-ready]").wait_for()
        moving, idle = frame_rates(page)
    light = report("first load, brotli ÷ Cytoscape alone", whole / 1024, cytoscape / 1024, 1.75, "KiB")
    fluent = report(f"frames with {DOTS} moving dots ÷ idle, {NODES:,} nodes", moving, idle, None, "fps", least=0.95)
    return light and fluent
