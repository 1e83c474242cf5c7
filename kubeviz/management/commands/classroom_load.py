"""A whole class of clients against a running server on this machine: joins, follows, votes, works, and is measured.

`python manage.py classroom_load --learners 500` while `make run` is up. Each learner is a session and a real
WebSocket; what they make of their frames is compared with a fresh picture, after lines have been cut. Beside it stands
what raw sockets take on this machine in the same run: only the ratio means the same elsewhere.
"""

import asyncio
import contextlib
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

import psutil
from django.core.management.base import BaseCommand, CommandError

from ...environment import THIS_MACHINE
from ..load import line
from ..load.lesson import Lesson
from ..load.readers import remote_readers
from ..load.telling import Telling


class Command(BaseCommand):
    help = "Load a running server on this machine with a class: joins, follows, votes, works; prints what it took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=500)
        parser.add_argument("--rounds", type=int, default=line.ROUNDS, help="so often each change is measured")
        parser.add_argument("--server", default="http://127.0.0.1:8000", help="a server on this machine")
        parser.add_argument("--also", action="append", default=[], help="another process of the same class")
        parser.add_argument(
            "--behind", action="append", default=[], help="a process behind --server, where that is a proxy: its costs"
        )
        parser.add_argument("--username", required=True, help="an instructor of that server")
        parser.add_argument("--password", required=True)

    def handle(self, *args: Any, server: str, also: list[str], behind: list[str], **options: Any) -> None:
        servers = [address.rstrip("/") for address in (server, *also)]
        for address in (*servers, *behind):
            if urlsplit(address).hostname not in (*THIS_MACHINE, "::1"):
                raise CommandError(f"{address}: only a server on this machine may be loaded")
        processes = [found for address in behind or servers for found in _listening(address)]
        try:
            wrong = asyncio.run(self._class(servers, processes, options))
        except OSError as error:
            raise CommandError(f"{server}: {error}. Is it running?") from error
        if wrong:
            raise CommandError(f"{wrong} went wrong")

    async def _class(self, servers: list[str], processes: list[psutil.Process], options: dict[str, Any]) -> int:
        count: int = options["learners"]
        telling = Telling(self.stdout)
        lesson = Lesson(telling, servers, count, options["rounds"])
        if not await lesson.open_class(options["username"], options["password"]):
            raise CommandError("this instructor cannot log in there")
        floor = line.measure(count, options["rounds"])
        if floor is None:
            raise CommandError("the floor could not be measured")
        telling.line(floor, count)
        cpu, memory = _used(processes)
        telling.heading(f"A class of {count} at {servers[0]}")
        await lesson.stage("join", lesson.join)
        await lesson.stage("open the page", lesson.enter)
        await lesson.announce()
        await lesson.vote()
        await lesson.show()
        with remote_readers() as remote:
            found = await lesson.fan_out(remote, lambda: _used(processes)[0])
        await lesson.start_working()
        telling.fan_out(found, floor)
        now, after = _used(processes)
        telling.costs(lesson.errors, count, now - cpu, memory, after)
        await lesson.close()
        return lesson.wrong + lesson.errors.total()


def _listening(server: str) -> list[psutil.Process]:
    """The process that answers there, where this user may see it."""
    port = urlsplit(server).port
    with contextlib.suppress(psutil.Error):
        for found in psutil.net_connections("tcp"):
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid:
                return [psutil.Process(found.pid)]
    return []


def _used(processes: list[psutil.Process]) -> tuple[float, int]:
    """Seconds of processor time, bytes of memory."""
    times = [process.cpu_times() for process in processes]
    return sum(t.user + t.system for t in times), sum(process.memory_info().rss for process in processes)
