"""Everyone in this process who sees one class as learners, on the projector, or as its staff.

There is no log to read: each row knows at which version of the class it last changed (`models/classroom.py`), so what
a page has missed is what changed since its version, however long ago that was.
"""

import asyncio

from . import frames, reading
from .client import Client
from .publish import class_topic
from .reading import in_thread
from .room import Room

PAUSE = 0.1
"""Seconds between two looks: of 500 votes in one second, ten pictures are shown."""
KEY = "class"


def class_key(class_id: str, audience: str) -> str:
    return f"{KEY}/{class_id}/{audience}"


class ClassRoom(Room):
    def __init__(self, key: str) -> None:
        _, self.class_id, self.audience = key.split("/")
        super().__init__(key, class_topic(self.class_id))
        self.looked = 0
        """The version of the class at the last look; `rv` is the last one that this audience could notice."""
        self._rv: int | None = None

    @property
    def rv(self) -> int:
        return self._rv or 0

    @property
    def there(self) -> bool:
        return self._rv is not None

    @property
    def seats(self) -> set[int]:
        """The learners whose pages are open here."""
        return {client.seat for client in self.clients if client.seat is not None}

    async def follow(self) -> None:
        async with self._following:
            looked = self.looked
            found = await in_thread(reading.look_at_class, self.class_id, self.audience, self.rv, looked, self.seats)
            if found is None:
                self.end()
                return
            before, self._rv, self.looked = self._rv, found.rv, found.looked
            if before is not None and found.elements:
                self.say(*frames.class_changes(before, found.rv, found.elements))
            self._tell(found.own)

    def _tell(self, own: dict[int, str]) -> None:
        """What concerns one learner alone."""
        for client in self.clients if own else ():
            if client.seat in own:
                client.push(own[client.seat], self.version)

    async def after(self) -> None:
        await asyncio.sleep(PAUSE)

    async def catch_up(self, rv: int) -> tuple[str, ...]:
        here = self.rv
        news = await in_thread(reading.class_since, self.class_id, self.audience, rv, here)
        return frames.class_changes(rv, here, news.elements) if news else (frames.GONE,)

    async def greet(self, client: Client) -> None:
        client.push(frames.class_beat(self.rv), self.version)
        if client.seat is not None:
            own = await in_thread(reading.own, client.seat)
            if own:
                client.push(own, self.version)

    def pulse(self, version: int | None) -> None:
        if version is None:
            self.end()
            return
        if version != self.looked:
            self.wake()
        self.say(frames.class_beat(self.rv))

    def end(self) -> None:
        self._rv = None
        super().end()
