"""Many sockets in a process of their own that count bytes: cheap enough to read both the floor and the real thing.

Times are of the machine's one monotonic clock, which all its processes share.
"""

import asyncio
import multiprocessing
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

import uvloop

PATIENCE = 60.0


class Reader(asyncio.Protocol):
    """Counts what arrives; `hello` is said first, and the answer to it is not counted."""

    def __init__(self, readers: "Readers", hello: bytes) -> None:
        self.readers, self.hello = readers, hello
        self.count = 0
        self.opened = not hello

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data: bytes) -> None:
        if not self.opened:
            self.opened = b"\r\n\r\n" in data
            return
        before, self.count = self.count, self.count + len(data)
        if before < self.readers.wanted <= self.count:
            self.readers.one_more()


class Readers:
    def __init__(self) -> None:
        self.all: list[Reader] = []
        self.wanted = 1 << 60
        self.waiting = 0
        self.done = asyncio.Event()
        self.times: list[float] = []

    async def open(self, port: int, hellos: Sequence[bytes]) -> None:
        """The first has a small window, so that its stalling is soon felt at the other end."""
        loop = asyncio.get_running_loop()
        for number, hello in enumerate(hellos):
            sock = socket.socket()
            if number == 0:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.setblocking(False)
            await loop.sock_connect(sock, ("127.0.0.1", port))
            _, reader = await loop.create_connection(lambda hello=hello: Reader(self, hello), sock=sock)  # type: ignore[misc]
            self.all.append(reader)

    async def expect(self, size: int) -> None:
        self.wanted, self.waiting = size, sum(reader.transport.is_reading() for reader in self.all)
        self.done.clear()
        self.times = []
        for reader in self.all:
            reader.count = 0

    def one_more(self) -> None:
        self.times.append(time.monotonic())
        self.waiting -= 1
        if self.waiting == 0:
            self.done.set()

    async def wait(self) -> list[float]:
        await asyncio.wait_for(self.done.wait(), PATIENCE)
        return self.times

    async def counted(self) -> int:
        """Bytes that the slowest of them has got since `expect`."""
        return min(reader.count for reader in self.all if reader.transport.is_reading())

    async def stall(self) -> None:
        """One of them takes nothing more."""
        self.all[0].transport.pause_reading()

    async def close(self) -> None:
        for reader in self.all:
            reader.transport.abort()
        self.all = []


def process(pipe: Connection) -> None:
    uvloop.run(_obey(pipe))


async def _obey(pipe: Connection) -> None:
    loop, readers = asyncio.get_running_loop(), Readers()
    while True:
        command, *given = await loop.run_in_executor(None, pipe.recv)
        if command == "end":
            return
        pipe.send(await getattr(readers, command)(*given))


class Remote:
    """Readers in their process, from where they are told what to do: the names of the methods of `Readers`."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    async def tell(self, *command: Any) -> Any:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.pipe.send, command)
        return await loop.run_in_executor(None, self.pipe.recv)


@contextmanager
def remote_readers() -> Iterator[Remote]:
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    reading = context.Process(target=process, args=(theirs,), daemon=True)
    reading.start()
    theirs.close()  # so that the end of that process is heard here
    try:
        yield Remote(pipe)
    finally:
        with suppress(OSError):  # it may have ended by itself
            pipe.send(("end",))
        reading.join(10)
