"""Everyone in this process who watches one lab: the log is read, compared and serialised once for all of them."""

import asyncio
import logging
from collections.abc import Callable

from ..models import Lab
from . import frames, reading
from .client import Client
from .reading import Seen, in_thread

log = logging.getLogger(__name__)

MOST_TRACES = 8
"""Of many requests at once only the last few are played in other pages."""


class Room:
    def __init__(self, lab_id: str, advance: Callable[[str], None]) -> None:
        self.lab_id = lab_id
        self.clients: set[Client] = set()
        self.visitors = 0
        """Clients, and those on their way in."""
        self.seen: Seen | None = None
        self._advance = advance
        self._dirty = False
        self._traces: list[str] = []
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._caught_up: dict[int, tuple[int, str]] = {}
        self._following = asyncio.Lock()

    @property
    def rv(self) -> int:
        return self.seen.rv if self.seen else 0

    def version(self) -> int:
        return self.rv

    def say(self, frame: str) -> None:
        for client in self.clients:
            client.push(frame, self.version)

    async def admit(self, client: Client) -> None:
        """Bring a page to where the room is, then let it hear everything that follows."""
        while self.seen is not None and client.rv != self.seen.rv:
            target = self.seen.rv
            client.push(await self._way_to_here(client.rv), self.version)
            client.rv = target
        self.clients.add(client)
        if self.seen is not None:
            client.push(frames.beat(self.seen.rv, self.seen.lab), self.version)

    async def _way_to_here(self, rv: int | None) -> str:
        """The same for everyone who comes from *rv*, as many do after a restart."""
        assert self.seen is not None
        if rv is None:
            return frames.stale(self.seen.rv)
        known = self._caught_up.get(rv)
        if known is None or known[0] != self.seen.rv:
            seen = self.seen
            known = seen.rv, await in_thread(reading.catch_up, seen, rv)
            self._caught_up = {**self._caught_up, rv: known} if len(self._caught_up) < 50 else {rv: known}
        return known[1]

    def wake(self, traces: list[str] | None = None) -> None:
        """There is news; read it once, however often this is said meanwhile."""
        self._dirty = True
        self._traces += traces or []
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._read())

    async def _read(self) -> None:
        while self._dirty:
            self._dirty = False
            try:
                await self.follow()
                await self._play()
            except Exception:  # the database may be away for a moment; the next beat asks again
                log.exception("lab %s could not be read", self.lab_id)

    async def follow(self) -> None:
        """Read where the lab is now, and say what changed. One at a time: a slow look must not undo a later one."""
        async with self._following:
            now = await in_thread(reading.look, self.lab_id)
            if now is None:
                self.end()
                return
            frame = await self._news(self.seen, now)
            self.seen = now
            if frame is not None:
                self.say(frame)
            self.wind_up(now.lab)

    async def _news(self, before: Seen | None, now: Seen) -> str | None:
        """What those who know *before* need to know *now*."""
        if before is None or now.rv < before.rv:
            return frames.stale(now.rv)
        if now.rv > before.rv:
            return await in_thread(frames.changes, before.rv, now.rv, before.elements, now.elements)
        if _clock(before.lab) != _clock(now.lab):
            return frames.beat(now.rv, now.lab)
        return None

    async def _play(self) -> None:
        ids, self._traces = self._traces[-MOST_TRACES:], []
        languages = {client.language for client in self.clients}
        if not ids or not languages:
            return
        for by_language in await in_thread(reading.traces, ids, languages):
            for client in self.clients:
                if client.language in by_language:
                    client.push(by_language[client.language], self.version)

    def wind_up(self, lab: Lab) -> None:
        """Ring when the controllers next have something to do, by the lab's own clock."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = lab.due_in()
        if due is not None and self.visitors:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(due, 0.02) + 0.005, lambda: loop.create_task(self._tick()))

    async def _tick(self) -> None:
        try:
            await in_thread(self._advance, self.lab_id)
        except Exception:
            log.exception("the clock of lab %s could not be advanced", self.lab_id)
            return
        self.wake()

    def end(self) -> None:
        """The lab is gone."""
        self.seen = None
        for client in self.clients:
            client.end(frames.GONE)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()


def _clock(lab: Lab) -> tuple[object, ...]:
    return lab.playing, lab.speed, lab.clock
