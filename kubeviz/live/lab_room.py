"""Everyone in this process who watches one lab."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from ..models import Lab
from . import frames, reading
from .client import Client
from .reading import Seen, in_thread
from .room import Room

log = logging.getLogger(__name__)

MOST_TRACES = 8
"""Of many requests at once only the last few are played in other pages."""


class LabRoom(Room):
    def __init__(self, lab_id: str, advance: Callable[[str], None]) -> None:
        super().__init__(lab_id, lab_id)
        self.lab_id = lab_id
        self.seen: Seen | None = None
        self._advance = advance
        self._traces: list[str] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rv(self) -> int:
        return self.seen.rv if self.seen else 0

    @property
    def there(self) -> bool:
        return self.seen is not None

    async def catch_up(self, rv: int) -> tuple[str, ...]:
        assert self.seen is not None
        return await in_thread(reading.catch_up, self.seen, rv)

    async def greet(self, client: Client) -> None:
        assert self.seen is not None
        client.push(frames.beat(self.seen.rv, self.seen.lab), self.version)

    def hear(self, news: dict[str, Any]) -> None:
        self._traces += news.get("traces") or []

    async def follow(self) -> None:
        """One at a time: a slow look must not undo a later one."""
        async with self._following:
            now = await in_thread(reading.look, self.lab_id)
            if now is None:
                self.end()
                return
            said = await self._news(self.seen, now)
            self.seen = now
            self.say(*said)
            self.wind_up(now.lab)

    async def _news(self, before: Seen | None, now: Seen) -> tuple[str, ...]:
        """What those who know *before* need to know *now*."""
        if before is None or now.rv < before.rv:
            return (frames.stale(now.rv),)
        if now.rv > before.rv:
            return await in_thread(frames.changes, before.rv, now.rv, before.elements, now.elements)
        if _clock(before.lab) != _clock(now.lab):
            return (frames.beat(now.rv, now.lab),)
        return ()

    async def after(self) -> None:
        """Play the requests that were sent."""
        ids, self._traces = self._traces[-MOST_TRACES:], []
        languages = {client.language for client in self.clients}
        if not ids or not languages:
            return
        for by_language in await in_thread(reading.traces, ids, languages):
            for client in self.clients:
                if client.language in by_language:
                    client.push(by_language[client.language], self.version)

    def pulse(self, lab: Lab | None) -> None:
        """The beat: heal what was lost, and let everyone know where the lab is."""
        if lab is None:
            self.end()
            return
        if lab.rv != self.rv:
            self.wake()
        else:
            self.wind_up(lab)
        self.say(frames.beat(self.rv, lab))

    def wind_up(self, lab: Lab) -> None:
        """Ring when the controllers next have something to do, by the lab's own clock."""
        self._stop_timer()
        due = lab.due_in()
        if due is not None and self.visitors:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(due, 0.02) + 0.005, lambda: loop.create_task(self._tick()))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _tick(self) -> None:
        try:
            await in_thread(self._advance, self.lab_id)
        except Exception:
            log.exception("the clock of lab %s could not be advanced", self.lab_id)
            return
        self.wake()

    def end(self) -> None:
        self.seen = None
        super().end()

    def close(self) -> None:
        self._stop_timer()
        super().close()


def _clock(lab: Lab) -> tuple[object, ...]:
    return lab.playing, lab.speed, lab.clock
