"""Everyone in this process who sees one thing: what happened is read, compared and serialised once for all of them.

A lab has one room (`lab_room`), a class has one for each audience (`class_room`).
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from . import frames
from .client import Client

log = logging.getLogger(__name__)


class Room(ABC):
    """`key` is what a client joins, `topic` what the channel layer speaks of."""

    def __init__(self, key: str, topic: str) -> None:
        self.key, self.topic = key, topic
        self.clients: set[Client] = set()
        self.visitors = 0
        """Clients, and those on their way in."""
        self._dirty = False
        self._task: asyncio.Task[None] | None = None
        self._caught_up: dict[int, tuple[int, tuple[str, ...]]] = {}
        self._following = asyncio.Lock()

    @property
    @abstractmethod
    def rv(self) -> int:
        """The version that everyone in here is brought to."""

    @property
    @abstractmethod
    def there(self) -> bool:
        """Whether what one watches here has been seen, and is not gone."""

    @abstractmethod
    async def follow(self) -> None:
        """Look where things are now, and say what changed."""

    @abstractmethod
    async def catch_up(self, rv: int) -> tuple[str, ...]:
        """The frames that bring a page from *rv* to here."""

    @abstractmethod
    async def greet(self, client: Client) -> None:
        """What a page hears first once it is up to date."""

    def version(self) -> int:
        return self.rv

    def say(self, *said: str) -> None:
        for client in self.clients:
            for frame in said:
                client.push(frame, self.version)

    async def admit(self, client: Client) -> None:
        """Bring a page to where the room is, then let it hear everything that follows."""
        if self.there and client.rv is not None and client.rv > self.rv:
            await self.follow()  # the page has just read what this room is only about to hear of
        while self.there and client.rv != self.rv:
            target = self.rv
            for frame in await self._way_to_here(client.rv):
                client.push(frame, self.version)
            client.rv = target
        self.clients.add(client)
        if self.there:
            await self.greet(client)

    async def _way_to_here(self, rv: int | None) -> tuple[str, ...]:
        """The same for everyone who comes from *rv*, as many do after a restart."""
        here = self.rv
        if rv is None or rv > here:
            return (frames.stale(here),)
        known = self._caught_up.get(rv)
        if known is None or known[0] != here:
            known = here, await self.catch_up(rv)
            self._caught_up = {**self._caught_up, rv: known} if len(self._caught_up) < 50 else {rv: known}
        return known[1]

    def wake(self, news: dict[str, Any] | None = None) -> None:
        """There is news; read it once, however often this is said meanwhile."""
        self._dirty = True
        self.hear(news or {})
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._read())

    def hear(self, news: dict[str, Any]) -> None:  # noqa: B027 - only some rooms have more to hear
        """Whatever else the news hold."""

    async def _read(self) -> None:
        while self._dirty:
            self._dirty = False
            try:
                await self.follow()
                await self.after()
            except Exception:  # the database may be away for a moment; the next beat asks again
                log.exception("%s could not be read", self.key)

    async def after(self) -> None:  # noqa: B027 - or to do
        """What is done each time after having looked."""

    def end(self) -> None:
        """What one watches here is gone."""
        for client in self.clients:
            client.end(frames.GONE)

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
