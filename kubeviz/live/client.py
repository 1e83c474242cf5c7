"""One page that watches: a bounded queue, and a task that writes it out at the reader's own pace."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from . import frames

MOST_FRAMES = 64
MOST_HELD = 256 << 10
"""Bytes that wait for a reader that has stalled."""

Send = Callable[[str], Awaitable[None]]
Close = Callable[[], Awaitable[None]]


class Client:
    """`rv` is where the page was when it came. Nothing is ever lost unnoticed: what does not fit makes it stale."""

    def __init__(self, send: Send, close: Close, rv: int | None, language: str = "ko", *, ground: Any = None) -> None:
        self.rv = rv
        self.language = language
        self.ground = ground
        """On what ground the page may watch; asked again and again while it does."""
        self.seat: int | None = getattr(ground, "own_seat", None)
        self._send, self._close = send, close
        self._queue: deque[str] = deque()
        self._held = 0
        self._stale_at: Callable[[], int] | None = None
        self._asleep: asyncio.Future[None] | None = None
        self._ending = False
        self._writing_since: float | None = None
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._write())

    def push(self, frame: str, version: Callable[[], int]) -> None:
        """Queue *frame*. Where there is no room, forget the queue and say instead that the page is stale,
        with the *version* of that later moment."""
        if self._stale_at is not None:
            return
        if len(self._queue) >= MOST_FRAMES or self._held + len(frame) > MOST_HELD:
            self._queue.clear()
            self._held = 0
            self._stale_at = version
        else:
            self._queue.append(frame)
            self._held += len(frame)
        self._wake()

    def _wake(self) -> None:
        if self._asleep is not None and not self._asleep.done():
            self._asleep.set_result(None)

    def end(self, frame: str = "") -> None:
        """Say one last thing, if there is one, and close."""
        if frame:
            self._queue.append(frame)
        self._ending = True
        self._wake()

    def drop(self) -> None:
        """Give up on a reader that takes nothing."""
        self._task.cancel()
        self._task = self._loop.create_task(self._close_quietly())

    async def _close_quietly(self) -> None:
        with suppress(OSError, RuntimeError):
            await self._close()

    def stop(self) -> None:
        self._task.cancel()

    def stalled_for(self) -> float:
        """Seconds that the present write has been waiting for its reader."""
        return 0.0 if self._writing_since is None else self._loop.time() - self._writing_since

    async def _write(self) -> None:
        try:
            while True:
                frame = self._next()
                if frame is not None:
                    self._writing_since = self._loop.time()
                    await self._send(frame)
                    self._writing_since = None
                elif self._ending:
                    await self._close()
                    return
                else:
                    self._asleep = self._loop.create_future()
                    await self._asleep
        except (OSError, RuntimeError):  # the socket is gone; the consumer hears of it and leaves
            return

    def _next(self) -> str | None:
        if self._stale_at is not None:
            version, self._stale_at = self._stale_at, None
            return frames.stale(version())
        if not self._queue:
            return None
        frame = self._queue.popleft()
        self._held = max(0, self._held - len(frame))
        return frame
