"""A browser without a screen for many at once: cookies, forms, and the live line with the picture it makes."""

import asyncio
import contextlib
import json
import time
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect

from .picture import Picture

PATIENCE = 60.0


class Browser:
    def __init__(self, server: str, cookies: dict[str, str] | None = None) -> None:
        self.server = server
        self.cookies = cookies or {}
        self.picture = Picture()
        self.heard: dict[str, float] = {}
        """When the latest frame of each kind came."""
        self.refetched = 0
        self.line: ClientConnection | None = None
        self.task: asyncio.Task[None] | None = None
        self.watched = ("", "")

    async def ask(self, method: str, path: str, **data: Any) -> tuple[int, str, str]:
        """Status, address that was redirected to, body."""
        parts = urlsplit(self.server)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
        body = urlencode(data, doseq=True).encode()
        writer.write(self._head(method, path, parts.netloc, len(body)) + body)
        raw = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        head, _, content = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines[1:])]
        for name, value in headers:
            if name == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        if ("transfer-encoding", "chunked") in headers:
            content = _unchunked(content)
        place = next((value for name, value in headers if name == "location"), "")
        return int(lines[0].split()[1]), place, content.decode("utf-8", "replace")

    def _head(self, method: str, path: str, host: str, length: int) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {host}",
            "Connection: close",
            "Accept: application/json",
            f"Cookie: {self.cookie}",
        ]
        if method == "POST":
            token = self.cookies.get("kubeviz_csrf", "")
            form = "application/x-www-form-urlencoded"
            lines += [f"X-CSRFToken: {token}", f"Referer: {self.server}/", f"Content-Type: {form}"]
            lines += [f"Content-Length: {length}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def fetch(self, path: str) -> None:
        """A fresh picture, as a page gets it."""
        status, _, body = await self.ask("GET", path)
        if status == 200:
            found = json.loads(body)
            self.picture.load(found["rv"], {element["id"]: element for element in found["elements"]})

    async def watch(self, line: str, picture: str) -> None:
        """From now on keep this picture by the frames of this line."""
        await self.leave()
        self.watched = line, picture
        await self.fetch(picture)
        await self.open()

    async def open(self) -> None:
        """(Again) from where the picture is."""
        line, picture = self.watched
        self.picture.connect()
        address = f"{self.server.replace('http', 'ws', 1)}{line}?rv={self.picture.rv}&trace=none"
        self.line = await connect(address, origin=self.server, additional_headers={"Cookie": self.cookie})  # type: ignore[arg-type]
        self.task = asyncio.create_task(self._read(self.line, picture))

    async def leave(self) -> None:
        if self.task is not None:
            self.task.cancel()
        if self.line is not None:
            await self.line.close()

    def cut(self) -> None:
        """The network is gone, without a word."""
        if self.task is not None:
            self.task.cancel()
        if self.line is not None:
            self.line.transport.abort()

    async def _read(self, line: ClientConnection, picture: str) -> None:
        with contextlib.suppress(Exception):
            async for text in line:
                now = time.monotonic()
                frame = json.loads(text)
                if not self.picture.hear(frame):
                    self.refetched += 1
                    await self.fetch(picture)
                    now = time.monotonic()
                self.heard[frame["type"]] = now


def _unchunked(content: bytes) -> bytes:
    found = b""
    while content:
        size, _, content = content.partition(b"\r\n")
        length = int(size or b"0", 16)
        found, content = found + content[:length], content[length + 2 :]
    return found
