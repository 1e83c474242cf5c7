"""The live line: real WebSockets to a real server. What a page is told makes what a fresh page would see."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.live.line import PATIENCE, PUSHES, Learner, Page

pytestmark = pytest.mark.django_db(transaction=True)

SERVICE, DEPLOYMENT = "service/snackbar/order", "deployment/snackbar/order"
NODE = "http://203.0.113.11:30080/"


@pytest.fixture
def learner(server):
    return Learner(server)


def test_two_pages_show_the_same_at_once(learner):
    one, two = Page(learner), Page(learner)

    def pushed(number: int) -> bool:
        done = learner.act("label", SERVICE, key="push", value=str(number))
        return "beat" not in one.reach(done["rv"]) + two.reach(done["rv"])

    assert any(pushed(number) for number in PUSHES)
    done = learner.act("break_selector", SERVICE)
    one.reach(done["rv"])
    two.reach(done["rv"])
    assert one.becomes_fresh() and two.becomes_fresh()
    assert one.elements[SERVICE]["state"] == "empty"
    assert one.refetched == 0


def test_time_passes_by_itself_while_somebody_watches(learner):
    page = Page(learner)
    pod = next(e for e in page.elements.values() if e["type"] == "pod" and e["app"] == "order")
    learner.act("delete_pod", pod["id"])
    while pod["id"] in page.elements or any(
        e["type"] == "pod" and e["state"] != "ready" for e in page.elements.values()
    ):
        page.receive()
    assert page.becomes_fresh()


def test_a_packet_sent_in_one_moves_in_the_other(learner):
    page = Page(learner)
    sent = learner.post("send", url=NODE)["traces"][0]
    while not page.traces:
        page.receive()
    assert page.traces[0]["id"] == sent["id"]
    assert page.traces[0]["trace"]["hops"] == sent["hops"]
    assert page.traces[0]["trace"]["say"] == sent["say"]


def test_a_dropped_line_goes_on_from_its_version(learner):
    page = Page(learner)
    page.line.close()
    learner.act("scale", DEPLOYMENT, replicas=3)
    done = learner.act("break_selector", SERVICE)
    page.line = learner.line(page.rv)
    page.reach(done["rv"])
    assert page.refetched == 0
    assert page.becomes_fresh()


@pytest.mark.parametrize("rv", [1, 10**9])
def test_a_version_too_old_or_from_the_future_fetches_a_fresh_picture(learner, rv):
    page = Page(learner)
    page.line.close()
    page.picture.load(rv, {})
    page.line = learner.line(rv)
    while not page.refetched:
        page.receive()
    assert page.becomes_fresh()


def test_a_burst_reaches_even_a_page_that_does_not_read(learner):
    reader, sleeper = Page(learner), Page(learner)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: learner.act("label", SERVICE, key=f"k{n % 7}", value=f"v{n}"), range(150)))
    done = learner.act("break_selector", SERVICE)
    for page in (reader, sleeper):
        page.reach(done["rv"])
        assert page.becomes_fresh()


ORIGINS = [("the page's own", "", True), ("a stranger's", "http://evil.example.com", False), ("none", None, False)]


@pytest.mark.parametrize(("origin", "welcome"), [r[1:] for r in ORIGINS], ids=[r[0] for r in ORIGINS])
def test_only_our_own_pages_get_a_line(learner, origin, welcome):
    if welcome:
        assert learner.line(origin=origin).recv(PATIENCE)
        return
    with pytest.raises(InvalidStatus) as caught:
        learner.line(origin=origin)
    assert caught.value.response.status_code == 403


def test_nobody_watches_somebody_elses_lab(server, learner):
    stranger = Learner(server)
    line = stranger.line(lab=learner.lab)
    assert '"gone"' in line.recv(PATIENCE)
    with pytest.raises(ConnectionClosed):
        line.recv(PATIENCE)


BAD_FRAMES = [("no JSON", "{"), ("a list", "[]"), ("deep", "[" * 3000), ("an unknown type", '{"type":"drop table"}')]


@pytest.mark.parametrize("frame", [r[1] for r in BAD_FRAMES], ids=[r[0] for r in BAD_FRAMES])
def test_nonsense_gets_an_error_and_the_line_lives(learner, frame):
    page = Page(learner)
    page.line.send(frame)
    while page.receive()["type"] != "error":
        pass
    done = learner.act("break_selector", SERVICE)
    page.reach(done["rv"])


def test_a_flood_is_cut_off_and_others_go_on(learner):
    rude, page = learner.line(), Page(learner)
    with pytest.raises(ConnectionClosed) as caught:
        rude.send("x" * 100_000)
        while True:
            rude.recv(PATIENCE)
    assert caught.value.rcvd.code == 1009
    page.reach(learner.act("break_selector", SERVICE)["rv"])
