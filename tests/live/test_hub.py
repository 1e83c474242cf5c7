"""The hub alone, with readers that stall, leave and come back, under a channel layer that loses messages."""

import asyncio
import json
import time
from contextlib import asynccontextmanager
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubeviz import actions, queries
from kubeviz.live import Hub, frames
from kubeviz.live.client import MOST_FRAMES, MOST_HELD
from kubeviz.live.reading import in_thread
from kubeviz.management.load.picture import Picture
from kubeviz.models import Lab
from tests.labs import OWNER, open_lab
from tests.live.line import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

SERVICE, DEPLOYMENT = "service/snackbar/order", "deployment/snackbar/order"
SOON, NEVER = 0.05, 1e6
"""Seconds between two beats."""


@pytest.fixture
def lossy(settings):
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.live.layers.Lossy"}}


class Reader:
    """A page: keeps its picture by the frames, and fetches a fresh one where it is told to or sees a gap."""

    def __init__(self, hub, lab_id):
        self.hub, self.lab_id = hub, lab_id
        self.picture = Picture()
        self.client = None
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.frames, self.fetched, self.closed = [], 0, False

    @property
    def rv(self):
        return self.picture.rv

    @property
    def elements(self):
        return self.picture.elements

    async def come(self):
        self.picture.connect()
        self.client = await self.hub.join(self.lab_id, self.take, self.close, self.rv)
        return self

    async def go(self):
        await self.hub.leave(self.lab_id, self.client)

    async def close(self):
        self.closed = True

    async def take(self, text):
        await self.flowing.wait()
        frame = json.loads(text)
        self.frames.append(frame)
        if not self.picture.hear(frame):
            self.fetched += 1
            self.picture.load(*await in_thread(fresh, self.lab_id))


def fresh(lab_id):
    picture = queries.picture(Lab.objects.get(id=lab_id))
    return picture.rv, json.loads(json.dumps(picture.elements))


async def until(holds):
    """Wait for it, longer than any machine needs; what does not come is seen by the asserts behind."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        await asyncio.sleep(0.01)


async def reached(readers, lab_id):
    """Wait until every reader is where the log is."""
    rv, elements = await in_thread(fresh, lab_id)
    await until(lambda: all(r.rv == rv for r in readers))
    assert [r.rv for r in readers] == [rv] * len(readers)
    assert all(r.elements == elements for r in readers)


@asynccontextmanager
async def hub_with(lab_id, count, beat=SOON):
    hub = Hub(actions.advance, actions.keep_awake, beat)
    readers = [await Reader(hub, lab_id).come() for _ in range(count)]
    await reached(readers, lab_id)
    yield hub, readers
    for reader in readers:
        await reader.go()
    assert hub.rooms == {}
    await hub.stop()


def quiet_lab():
    """Its clock stands: nothing happens but what the test does."""
    lab = open_lab()
    actions.set_clock(lab.id, playing=False)
    return lab


def change(lab_id, what):
    """One of the things that learners do; what cannot be done now is refused and changes nothing."""
    verb, *more = what
    try:
        if verb == "act":
            actions.act(lab_id, *more, who=OWNER)
        elif verb == "step":
            actions.step(lab_id)
        else:
            {"undo": actions.undo, "redo": actions.redo, "reset": actions.reset}[verb](lab_id, who=OWNER)
    except actions.Refused:
        pass


CHANGES = st.sampled_from([
    ("act", "scale", DEPLOYMENT, {"replicas": "5"}), ("act", "scale", DEPLOYMENT, {"replicas": "1"}),
    ("act", "break_selector", SERVICE, {}), ("act", "mend_selector", SERVICE, {}), ("act", "delete", SERVICE, {}),
    ("act", "restart", DEPLOYMENT, {}), ("act", "set_node_power", "node/node-1", {"power": "off"}),
    ("act", "firewall_allow", "", {"port": "30090"}), ("step",), ("step",), ("undo",), ("redo",), ("reset",),
])  # fmt: skip
PEOPLE = st.tuples(st.sampled_from(["cut", "cut", "return", "stall", "flow", "wait"]), st.integers(0, 3))
STORY = st.lists(st.one_of(CHANGES, PEOPLE), min_size=1, max_size=14)
FRAMES = st.sampled_from([frames.MOST_BYTES, 700])
"""Bytes of the largest frame: as it is, and so few that most changes come in parts or not at all."""


@given(story=STORY, most=FRAMES)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_whatever_is_lost_every_page_ends_as_a_fresh_one(lossy, story, most):
    with patch.object(frames, "MOST_BYTES", most):
        asyncio.run(play(story))


async def play(story):
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 4) as (_, readers):
        away = set()
        for what, *more in story:
            if what in ("cut", "return"):
                await move(readers[more[0]], what, away)
            elif what == "wait":
                await asyncio.sleep(2 * SOON)  # a beat: those who watch are told what was lost
            elif what in ("stall", "flow"):
                (readers[more[0]].flowing.clear if what == "stall" else readers[more[0]].flowing.set)()
            else:
                await in_thread(change, lab.id, (what, *more))
        for reader in readers:
            reader.flowing.set()
            await move(reader, "return", away)
        await reached(readers, lab.id)


async def move(reader, what, away):
    if what == "cut" and reader not in away:
        away.add(reader)
        await reader.go()
    elif what == "return" and reader in away:
        away.remove(reader)
        await reader.come()


async def label_often(lab_id, times):
    for n in range(times):
        verb = "break_selector" if n % 2 else "mend_selector"
        await in_thread(change, lab_id, ("act", verb, SERVICE, {}))


async def test_a_reader_that_stalls_holds_up_nobody_and_little_memory():
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 4, beat=NEVER) as (hub, readers):
        stalled, others = readers[0], readers[1:]
        stalled.flowing.clear()
        await label_often(lab.id, 10)
        await reached(others, lab.id)
        room = hub.rooms[lab.id]
        for n in range(MOST_FRAMES * 3):
            room.say(json.dumps({"type": "beat", "rv": n, "filler": "x" * 8000}))
            await asyncio.sleep(0)
        assert stalled.client._held <= MOST_HELD
        assert len(stalled.client._queue) <= MOST_FRAMES
        assert stalled.client.stalled_for() > 0
        stalled.flowing.set()
        await reached(readers, lab.id)
        assert stalled.fetched > others[0].fetched


async def test_a_change_is_read_and_serialised_once_for_all(monkeypatch):
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 20, beat=NEVER) as (_, readers):
        before = [len(r.frames) for r in readers]
        await in_thread(change, lab.id, ("act", "break_selector", SERVICE, {}))
        await reached(readers, lab.id)
        told = [r.frames[n:] for r, n in zip(readers, before, strict=True)]
        assert all(frames == told[0] for frames in told)
        assert [f["type"] for f in told[0]] == ["changes"]


async def test_a_lost_message_is_healed_by_the_next_beat(lossy):
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 1, beat=0.2) as (_, readers):
        for _ in range(6):
            await label_often(lab.id, 1)
            await reached(readers, lab.id)


async def test_a_lab_that_is_deleted_is_said_to_be_gone():
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 2) as (_, readers):
        await in_thread(lab.delete)
        await until(lambda: all(r.closed for r in readers))
        assert [r.frames[-1]["type"] for r in readers] == ["gone", "gone"]


async def test_coming_and_going_leaves_nothing_behind():
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 1) as (hub, _):
        tasks = len(asyncio.all_tasks())
        for _ in range(100):
            await (await Reader(hub, lab.id).come()).go()
        await until(lambda: len(asyncio.all_tasks()) <= tasks)
        assert len(hub.rooms[lab.id].clients) == 1
        assert len(asyncio.all_tasks()) <= tasks


async def test_a_change_too_large_for_one_frame_comes_in_parts_and_nobody_has_to_fetch(monkeypatch):
    lab = await in_thread(quiet_lab)
    async with hub_with(lab.id, 2, beat=NEVER) as (_, readers):
        monkeypatch.setattr(frames, "MOST_BYTES", 700)
        fetched, before = readers[0].fetched, len(readers[0].frames)
        await in_thread(change, lab.id, ("act", "scale", DEPLOYMENT, {"replicas": "5"}))
        await reached(readers, lab.id)
        told = readers[0].frames[before:]
        assert "part" in {frame["type"] for frame in told}
        assert max(len(frames.text(frame)) for frame in told) <= 700
        assert readers[0].fetched == fetched
