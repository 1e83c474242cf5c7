"""The hub: one per process. It hears that labs and classes changed and brings everyone who watches here to the same
state.

What costs in a stock set-up is one subscription, one copy and one serialisation per reader; here each is done once
per room and process, and a reader who stalls holds up nobody else.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.layers import get_channel_layer

from . import publish, reading
from .class_room import KEY, ClassRoom
from .client import Client, Close, Send
from .lab_room import LabRoom
from .reading import in_thread
from .room import Room

log = logging.getLogger(__name__)

BEAT = 10.0
STALLED = 60.0
"""A reader that takes nothing for so long is disconnected."""
GUARD = 3.0
"""So often it is asked whether those who watch still may: who logged out or was removed is gone within 5 seconds."""
TOLD = 2
"""Every so many looks of the guard it is said again who is here, though nobody came or left."""

Still = Callable[[list[Any]], list[bool]]


Present = Callable[[dict[str, set[int]]], None]


def everybody(grounds: list[Any]) -> list[bool]:
    return [True] * len(grounds)


def unnoticed(here: dict[str, set[int]]) -> None:
    return None


class Hub:
    """`advance` does what is due in a lab; `keep_awake` notes that labs are being watched: both are actions.
    `still` says on which of these grounds one may still watch; `present` notes which seats of a class are here."""

    def __init__(
        self,
        advance: Callable[[str], None],
        keep_awake: Callable[[list[str]], None],
        beat: float = BEAT,
        still: Still = everybody,
        present: Present = unnoticed,
        guard: float = GUARD,
    ) -> None:
        self.rooms: dict[str, Room] = {}
        self._advance, self._keep_awake, self._beat, self._still = advance, keep_awake, beat, still
        self._present, self._guard = present, guard
        self._noted: dict[str, set[int]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._leaving: set[asyncio.Task[None]] = set()
        self._channel = ""
        self._opening = asyncio.Lock()

    async def join(
        self,
        key: str,
        send: Send,
        close: Close,
        rv: int | None,
        language: str = "ko",
        trace: str = "",
        ground: Any = None,
    ) -> Client | None:
        """Let a page at version *rv* that last saw *trace* watch a lab (its id is the key) or a class (`class_key`);
        None where it is gone."""
        await self._start()
        room = await self._room(key)
        client = Client(send, close, rv, language, ground=ground)
        try:
            if not room.there:
                await room.follow()
            if not room.there:
                raise LookupError(key)
            await room.admit(client)
            if trace:
                for frame in await in_thread(reading.traces_since, key, trace, language):
                    client.push(frame, room.version)
        except BaseException as error:
            client.stop()
            self._leave_room(room, client)
            if isinstance(error, LookupError):
                return None
            raise
        return client

    async def leave(self, key: str, client: Client) -> None:
        client.stop()
        room = self.rooms.get(key)
        if room is not None and client in room.clients:
            self._leave_room(room, client)

    async def _room(self, key: str) -> Room:
        room = self.rooms.get(key)
        if room is None:
            room = self.rooms[key] = ClassRoom(key) if key.startswith(f"{KEY}/") else LabRoom(key, self._advance)
            room.visitors += 1
            await self._subscribe(room.topic)  # before the first look, so that nothing falls between
        else:
            room.visitors += 1
        return room

    def _leave_room(self, room: Room, client: Client) -> None:
        room.clients.discard(client)
        room.visitors -= 1
        if room.visitors <= 0 and self.rooms.get(room.key) is room:
            del self.rooms[room.key]
            room.close()
            task = asyncio.get_running_loop().create_task(self._unsubscribe(room.topic))
            self._leaving.add(task)  # the loop itself keeps no task alive
            task.add_done_callback(self._leaving.discard)

    # ── the channel layer: what is at which version ──

    async def _start(self) -> None:
        if self._tasks:
            return
        loop = asyncio.get_running_loop()
        publish.lives_in(loop)
        self._tasks = [loop.create_task(work) for work in (self._listen(), self._pulse(), self._watch_over())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        publish.left(asyncio.get_running_loop())
        for room in list(self.rooms.values()):
            for client in list(room.clients):
                client.stop()
            room.close()
        self.rooms.clear()

    async def _subscribe(self, topic: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        try:
            await layer.group_add(publish.group(topic), await self._own_channel(layer))
        except Exception:
            log.warning("no subscription to %s; its news come with the beat", topic, exc_info=True)

    async def _own_channel(self, layer: Any) -> str:
        """This process's channel. The first page and the listener ask at once; both must get the same one."""
        async with self._opening:
            if not self._channel:
                self._channel = await layer.new_channel("hub")
            return self._channel

    async def _unsubscribe(self, topic: str) -> None:
        layer = get_channel_layer()
        if layer is None or not self._channel or self._about(topic):
            return
        try:
            await layer.group_discard(publish.group(topic), self._channel)
        except Exception:
            log.warning("%s could not be unsubscribed", topic, exc_info=True)

    def _about(self, topic: str) -> list[Room]:
        if not topic.startswith("class."):
            return [self.rooms[topic]] if topic in self.rooms else []
        return [room for room in self.rooms.values() if room.topic == topic]

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while layer is not None:
            try:
                channel = await self._own_channel(layer)
                while True:
                    self.hear(await layer.receive(channel))
            except Exception:
                log.warning("the channel layer is away; trying again", exc_info=True)
                await asyncio.sleep(1)
                for topic in {room.topic for room in self.rooms.values()}:
                    await self._subscribe(topic)

    def hear(self, message: dict[str, Any]) -> None:
        for room in self._about(message.get("topic", "")):
            if message.get("gone"):
                room.end()
            else:
                room.wake(message)

    # ── the pulse: heals what was lost ──

    async def _pulse(self) -> None:
        count = 0
        while True:
            await asyncio.sleep(self._beat)
            count += 1
            try:
                await self._check_labs(awake=count % 3 == 0)
                await self._check_classes()
            except Exception:
                log.exception("a beat was left out")
            self._drop_stalled()

    async def _check_labs(self, awake: bool) -> None:
        """One question for all labs that are watched here."""
        rooms = [room for room in self.rooms.values() if isinstance(room, LabRoom)]
        if not rooms:
            return
        watched = [room.lab_id for room in rooms]
        if awake:
            await in_thread(self._keep_awake, watched)
        now = await in_thread(reading.versions, watched)
        for room in rooms:
            room.pulse(now.get(room.lab_id))

    async def _check_classes(self) -> None:
        rooms = [room for room in self.rooms.values() if isinstance(room, ClassRoom)]
        if not rooms:
            return
        now = await in_thread(reading.class_versions, sorted({room.class_id for room in rooms}))
        for room in rooms:
            room.pulse(now.get(room.class_id))

    def _drop_stalled(self) -> None:
        for room in self.rooms.values():
            for client in list(room.clients):
                if client.stalled_for() > STALLED:
                    client.drop()

    # ── the guard: who may no longer watch ──

    async def _watch_over(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(self._guard)
            looks += 1
            try:
                await self._turn_away()
                await self._note_who_is_here(again=looks % TOLD == 0)
            except Exception:
                log.exception("the guard could not ask")

    async def _turn_away(self) -> None:
        """Their line ends without a word; a page that comes back hears why it may not."""
        watching = [client for room in self.rooms.values() for client in room.clients if client.ground is not None]
        if not watching:
            return
        for client, still in zip(watching, await in_thread(self._still, [c.ground for c in watching]), strict=True):
            if not still:
                client.end()

    # ── who is here ──

    async def _note_who_is_here(self, again: bool) -> None:
        """A class that the last page has left is told once more, with nobody."""
        here: dict[str, set[int]] = {}
        for room in self.rooms.values():
            if isinstance(room, ClassRoom):
                here.setdefault(room.class_id, set()).update(room.seats)
        if (here and (again or here != self._noted)) or (self._noted and not here):
            await in_thread(self._present, {key: here.get(key, set()) for key in {*self._noted, *here}})
        self._noted = here
