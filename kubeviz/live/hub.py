"""The hub: one per process. It hears that labs changed and brings everyone who watches here to the same state.

What costs in a stock set-up is one subscription, one copy and one serialisation per reader; here each is done once
per lab and process, and a reader who stalls holds up nobody else.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.layers import get_channel_layer

from . import frames, publish, reading
from .client import Client, Close, Send
from .reading import in_thread
from .room import Room

log = logging.getLogger(__name__)

BEAT = 10.0
STALLED = 60.0
"""A reader that takes nothing for so long is disconnected."""


class Hub:
    """`advance` does what is due in a lab; `keep_awake` notes that labs are being watched. Both are actions."""

    def __init__(
        self, advance: Callable[[str], None], keep_awake: Callable[[list[str]], None], beat: float = BEAT
    ) -> None:
        self.rooms: dict[str, Room] = {}
        self._advance, self._keep_awake, self._beat = advance, keep_awake, beat
        self._tasks: list[asyncio.Task[None]] = []
        self._leaving: set[asyncio.Task[None]] = set()
        self._channel = ""
        self._opening = asyncio.Lock()

    async def join(
        self, lab_id: str, send: Send, close: Close, rv: int | None, language: str = "ko", trace: str = ""
    ) -> Client | None:
        """Let a page at version *rv* that last saw *trace* watch a lab; None where the lab is gone."""
        await self._start()
        room = await self._room(lab_id)
        client = Client(send, close, rv, language)
        try:
            if room.seen is None:
                await room.follow()
            if room.seen is None:
                raise LookupError(lab_id)
            await room.admit(client)
            if trace:
                for frame in await in_thread(reading.traces_since, lab_id, trace, language):
                    client.push(frame, room.version)
        except BaseException as error:
            client.stop()
            self._leave_room(room, client)
            if isinstance(error, LookupError):
                return None
            raise
        return client

    async def leave(self, lab_id: str, client: Client) -> None:
        client.stop()
        room = self.rooms.get(lab_id)
        if room is not None and client in room.clients:
            self._leave_room(room, client)

    async def _room(self, lab_id: str) -> Room:
        room = self.rooms.get(lab_id)
        if room is None:
            room = self.rooms[lab_id] = Room(lab_id, self._advance)
            room.visitors += 1
            await self._subscribe(lab_id)  # before the first look, so that nothing falls between
        else:
            room.visitors += 1
        return room

    def _leave_room(self, room: Room, client: Client) -> None:
        room.clients.discard(client)
        room.visitors -= 1
        if room.visitors <= 0 and self.rooms.get(room.lab_id) is room:
            del self.rooms[room.lab_id]
            room.close()
            task = asyncio.get_running_loop().create_task(self._unsubscribe(room.lab_id))
            self._leaving.add(task)  # the loop itself keeps no task alive
            task.add_done_callback(self._leaving.discard)

    # ── the channel layer: who is at which version ──

    async def _start(self) -> None:
        if self._tasks:
            return
        loop = asyncio.get_running_loop()
        publish.lives_in(loop)
        self._tasks = [loop.create_task(self._listen()), loop.create_task(self._pulse())]

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

    async def _subscribe(self, lab_id: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        try:
            await layer.group_add(publish.group(lab_id), await self._own_channel(layer))
        except Exception:
            log.warning("no subscription to lab %s; its news come with the beat", lab_id, exc_info=True)

    async def _own_channel(self, layer: Any) -> str:
        """This process's channel. The first page and the listener ask at once; both must get the same one."""
        async with self._opening:
            if not self._channel:
                self._channel = await layer.new_channel("hub")
            return self._channel

    async def _unsubscribe(self, lab_id: str) -> None:
        layer = get_channel_layer()
        if layer is None or not self._channel or lab_id in self.rooms:
            return
        try:
            await layer.group_discard(publish.group(lab_id), self._channel)
        except Exception:
            log.warning("lab %s could not be unsubscribed", lab_id, exc_info=True)

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
                for lab_id in list(self.rooms):
                    await self._subscribe(lab_id)

    def hear(self, message: dict[str, Any]) -> None:
        room = self.rooms.get(message.get("lab", ""))
        if room is None:
            return
        if message.get("gone"):
            room.end()
        else:
            room.wake(message.get("traces"))

    # ── the pulse: heals what was lost ──

    async def _pulse(self) -> None:
        count = 0
        while True:
            await asyncio.sleep(self._beat)
            count += 1
            try:
                await self._check(awake=count % 3 == 0)
            except Exception:
                log.exception("a beat was left out")

    async def _check(self, awake: bool) -> None:
        """One question for all labs that are watched here."""
        watched = list(self.rooms)
        if not watched:
            return
        if awake:
            await in_thread(self._keep_awake, watched)
        now = await in_thread(reading.versions, watched)
        for lab_id in watched:
            room = self.rooms.get(lab_id)
            if room is not None:
                self._pulse_of(room, now.get(lab_id))

    def _pulse_of(self, room: Room, lab: Any) -> None:
        if lab is None:
            room.end()
            return
        if lab.rv != room.rv:
            room.wake()
        else:
            room.wind_up(lab)
        room.say(frames.beat(room.rv, lab))
        for client in list(room.clients):
            if client.stalled_for() > STALLED:
                client.drop()
