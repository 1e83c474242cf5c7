"""The line alone: one frame to many open pages through the hub, beside a raw asyncio broadcast to as many sockets.

Both are read by the same readers. Our side is the whole way: hub, queues, the consumer, uvicorn's WebSocket; it runs in
a process of its own, on a database of its own.
"""

import asyncio
import contextlib
import multiprocessing
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import NamedTuple

import uvloop

from .readers import Remote, remote_readers

SMALL, LARGE = SIZES = (2_000, 50_000)
ROUNDS = 15
HEADER = 4
"""Bytes before a WebSocket text of 126 to 65,535 bytes."""
PATIENCE = 240


class Measured(NamedTuple):
    """Seconds until half, 95 of 100, 99 of 100 and the last of the pages had it, and from the first page to the last,
    each the median of the rounds; and of processor time a delivery."""

    p50: float
    p95: float
    p99: float
    last: float
    apart: float
    cpu: float


class Line(NamedTuple):
    """By size; and the larger size again with nothing wrong, and while one page has stalled."""

    floor: dict[int, Measured]
    ours: dict[int, Measured]
    calm: Measured
    stalled: Measured


def spread(times: list[float]) -> tuple[float, float, float, float]:
    cut = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return cut[49], cut[94], cut[98], max(times)


async def rounds(
    remote: Remote, say: Callable[[], Awaitable[None]], size: int, used: Callable[[], float], times: int
) -> Measured:
    """What it takes until all readers have *size* bytes more, each time that something is said."""
    told, pages, cpu = [], 0, 0.0
    for _ in range(times):
        await remote.tell("expect", size)
        await asyncio.sleep(0.05)
        started, before = time.monotonic(), used()
        await say()
        arrived = [at - started for at in await remote.tell("wait")]
        cpu += used() - before
        told.append((*spread(arrived), max(arrived) - min(arrived)))
        pages += len(arrived)
    p50, p95, p99, last, apart = (statistics.median(column) for column in zip(*told, strict=True))
    return Measured(p50, p95, p99, last, apart, cpu / pages)


async def floor(remote: Remote, count: int, times: int) -> dict[int, Measured]:
    """Bytes written to so many sockets: nothing in Python is quicker."""
    writers: list[asyncio.StreamWriter] = []

    async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    server = await asyncio.start_server(met, "127.0.0.1", 0, backlog=1024)
    await remote.tell("open", server.sockets[0].getsockname()[1], [b""] * count)
    while len(writers) < count:
        await asyncio.sleep(0.02)
    found = {}
    for size in SIZES:

        async def say(frame: bytes = b"x" * size) -> None:
            for writer in writers:
                writer.write(frame)

        found[size] = await rounds(remote, say, size, time.process_time, times)
    await remote.tell("close")
    server.close()
    return found


def hello(port: int, path: str, cookie: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookie}\r\n\r\n"
    ).encode()


async def _ours(remote: Remote, count: int, times: int) -> tuple[dict[int, Measured], Measured, Measured]:
    """Everything in one loop, as a real server has it."""
    import uvicorn
    from asgiref.sync import sync_to_async

    from ...consumers.lab import hub
    from ..commands.serve import config

    lab, cookie = await sync_to_async(_lab)()
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    port = listening.getsockname()[1]
    server = uvicorn.Server(config())
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    hub._beat = 3600.0  # the pulse would be counted
    while not server.started:
        await asyncio.sleep(0.05)
    await remote.tell("open", port, [hello(port, f"/ws/labs/{lab}/?rv=0", cookie)] * count)
    while lab not in hub.rooms or len(hub.rooms[lab].clients) < count:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)

    async def measured(size: int) -> Measured:
        async def say(frame: str = "x" * size) -> None:
            hub.rooms[lab].say(frame)

        return await rounds(remote, say, size + HEADER, time.process_time, times)

    ours = {size: await measured(size) for size in SIZES}
    calm = await measured(LARGE)
    await remote.tell("stall")
    await measured(LARGE)  # fills what the kernel keeps for it
    stalled = await measured(LARGE)
    await remote.tell("close")
    server.should_exit = True
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(serving, 10)
    return ours, calm, stalled


def _lab() -> tuple[str, str]:
    """A lab that nothing happens in, and the session of its owner."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from ... import actions
    from ...models import Scenario

    call_command("migrate", verbosity=0)
    call_command("loaddata", "snackbar", verbosity=0)
    session = SessionStore()
    session["learner"] = "load"
    session.save()
    lab = actions.open_lab(Scenario.objects.get(slug="snackbar"), "load")
    actions.set_clock(lab.id, playing=False)
    return lab.id, f"kubeviz_session={session.session_key}"


async def _both(count: int, times: int) -> Line:
    with remote_readers() as remote:
        return Line(await floor(remote, count, times), *await _ours(remote, count, times))


def _process(answer: Connection, count: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DATABASE_URL=f"sqlite:///{folder}/load.sqlite3", REDIS_URL="", DJANGO_SETTINGS_MODULE="kubeviz.settings"
        )
        import django

        django.setup()
        answer.send(uvloop.run(_both(count, times)))


def measure(count: int, times: int = ROUNDS) -> Line | None:
    """In a process of its own; None where it did not come to an end."""
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    working = context.Process(target=_process, args=(theirs, count, times))
    working.start()
    theirs.close()
    try:
        found: Line | None = pipe.recv() if pipe.poll(PATIENCE) else None
        return found
    except EOFError:
        return None
    finally:
        working.join(20)
