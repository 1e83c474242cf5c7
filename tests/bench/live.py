"""Fan-out: one change to 500 open pages through the hub, beside a raw asyncio broadcast to 500 sockets.

Both are read by the same readers in a process of their own, which counts bytes; times are of the machine's one
monotonic clock. Our side is the whole way: hub, queues, the consumer, uvicorn's WebSocket.
"""

import asyncio
import contextlib
import multiprocessing
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import uvloop

CLIENTS = 500
SIZES = (2_000, 50_000)
ROUNDS = 15
HEADER = 4  # bytes before a WebSocket text of 126 to 65,535 bytes


class Measured(NamedTuple):
    """Seconds until the last page had it (median and worst), seconds of processor time a delivery."""

    last: float
    worst: float
    cpu: float


# ── the readers' process ──


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
        self.last = 0.0

    async def open(self, port: int, count: int, hello: bytes) -> None:
        """The first has a small window, so that its stalling is soon felt at the other end."""
        loop = asyncio.get_running_loop()
        for number in range(count):
            sock = socket.socket()
            if number == 0:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.setblocking(False)
            await loop.sock_connect(sock, ("127.0.0.1", port))
            _, reader = await loop.create_connection(lambda: Reader(self, hello), sock=sock)
            self.all.append(reader)

    def expect(self, size: int) -> None:
        self.wanted, self.waiting = size, sum(reader.transport.is_reading() for reader in self.all)
        self.done.clear()
        for reader in self.all:
            reader.count = 0

    def one_more(self) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            self.last = time.monotonic()
            self.done.set()

    def stall(self) -> None:
        """One of them takes nothing more."""
        self.all[0].transport.pause_reading()

    def close(self) -> None:
        for reader in self.all:
            reader.transport.abort()
        self.all = []


def readers_process(pipe: Connection) -> None:
    uvloop.run(_obey(pipe))


async def _obey(pipe: Connection) -> None:
    loop, readers = asyncio.get_running_loop(), Readers()
    while True:
        command, *given = await loop.run_in_executor(None, pipe.recv)
        if command == "open":
            await readers.open(*given)
        elif command == "expect":
            readers.expect(*given)
        elif command == "wait":
            await asyncio.wait_for(readers.done.wait(), 60)
            pipe.send(readers.last)
            continue
        elif command == "stall":
            readers.stall()
        elif command == "close":
            readers.close()
        elif command == "end":
            return
        pipe.send("done")


# ── the server's process ──


class Bench:
    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    async def tell(self, *command: Any) -> Any:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.pipe.send, command)
        return await loop.run_in_executor(None, self.pipe.recv)

    async def measure(self, say: Callable[[], None], size: int, count: int) -> Measured:
        times, cpu = [], 0.0
        for _ in range(ROUNDS):
            await self.tell("expect", size)
            await asyncio.sleep(0.05)
            started, used = time.monotonic(), time.process_time()
            say()
            times.append(await self.tell("wait") - started)
            cpu += time.process_time() - used
        return Measured(statistics.median(times), max(times), cpu / ROUNDS / count)

    async def floor(self, sizes: tuple[int, ...]) -> dict[int, Measured]:
        writers: list[asyncio.StreamWriter] = []

        async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)

        server = await asyncio.start_server(met, "127.0.0.1", 0, backlog=1024)
        await self.tell("open", server.sockets[0].getsockname()[1], CLIENTS, b"")
        found = {}
        for size in sizes:
            frame = b"x" * size
            found[size] = await self.measure(lambda frame=frame: [w.write(frame) for w in writers], size, CLIENTS)  # type: ignore[misc]
        await self.tell("close")
        server.close()
        return found


async def _serve(pipe: Connection) -> dict[str, Any]:
    """Everything in one loop, as a real server has it."""
    import uvicorn
    from asgiref.sync import sync_to_async

    from kubeviz.consumers.lab import hub
    from kubeviz.management.commands.serve import config

    bench = Bench(pipe)
    floor = await bench.floor(SIZES)
    lab, cookie = await sync_to_async(_lab)()
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    port = listening.getsockname()[1]
    server = uvicorn.Server(config())
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    hub._beat = 3600.0  # the pulse would be counted
    while not server.started:
        await asyncio.sleep(0.05)
    await bench.tell("open", port, CLIENTS, hello(port, lab, cookie))
    while lab not in hub.rooms or len(hub.rooms[lab].clients) < CLIENTS:
        await asyncio.sleep(0.1)
    room = hub.rooms[lab]
    await asyncio.sleep(1)
    ours = {}
    for size in SIZES:
        frame = "x" * size
        ours[size] = await bench.measure(lambda frame=frame: room.say(frame), size + HEADER, CLIENTS)  # type: ignore[misc]
    frame = "x" * SIZES[1]
    calm = await bench.measure(lambda: room.say(frame), SIZES[1] + HEADER, CLIENTS)
    await bench.tell("stall")
    for _ in range(2):  # the first time fills what the kernel keeps for it
        stalled = await bench.measure(lambda: room.say(frame), SIZES[1] + HEADER, CLIENTS - 1)
    await bench.tell("close")
    server.should_exit = True
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(serving, 10)
    return {"floor": floor, "ours": ours, "calm": calm, "stalled": stalled}


def hello(port: int, lab: str, cookie: str) -> bytes:
    return (
        f"GET /ws/labs/{lab}/?rv=0 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: kubeviz_session={cookie}\r\n\r\n"
    ).encode()


def _lab() -> tuple[str, str]:
    """A lab that nothing happens in, and the session of its owner."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from kubeviz import actions
    from kubeviz.models import Scenario

    call_command("migrate", verbosity=0)
    call_command("loaddata", "snackbar", verbosity=0)
    session = SessionStore()
    session["learner"] = "bench"
    session.save()
    lab = actions.open_lab(Scenario.objects.get(slug="snackbar"), "bench")
    actions.set_clock(lab.id, playing=False)
    return lab.id, str(session.session_key)


def run() -> bool:
    """In a process of its own: Django is set up for a database of its own there."""
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_measured, args=(theirs,))
    process.start()
    found = pipe.recv() if pipe.poll(240) else None
    process.join(20)
    return found is not None and _told(found)


def _measured(answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3", REDIS_URL="", DJANGO_SETTINGS_MODULE="kubeviz.settings"
        )
        import django

        django.setup()
        context = multiprocessing.get_context("spawn")
        pipe, theirs = context.Pipe()
        readers = context.Process(target=readers_process, args=(theirs,), daemon=True)
        readers.start()
        found = uvloop.run(_serve(pipe))
        pipe.send(("end",))
        answer.send(found)


def _told(found: dict[str, Any]) -> bool:
    from . import report

    good = []
    for size in SIZES:
        floor, ours = found["floor"][size], found["ours"][size]
        kb = size // 1000
        good.append(report(f"{kb} KB to {CLIENTS} pages: the last has it", ours.last * 1e3, floor.last * 1e3, 3, "ms"))
        good.append(report(f"{kb} KB to {CLIENTS} pages: processor a delivery", ours.cpu * 1e6, floor.cpu * 1e6, 4))
    calm, stalled = found["calm"], found["stalled"]
    good.append(
        report("one page stalls: the last of the others has it", stalled.last * 1e3, calm.last * 1e3, 1.5, "ms")
    )
    return all(good)
