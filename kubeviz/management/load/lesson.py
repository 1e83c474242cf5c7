"""A class at a running server, from joining to working: what learners' browsers do, and how long it takes them."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from .browser import PATIENCE, Browser
from .line import LARGE, SMALL, Measured, hello, rounds
from .readers import Remote
from .telling import Telling

AT_ONCE = 40
"""Requests under way at a time: a class does not press Enter in the same millisecond."""
VERDICTS = ("delivered", "refused", "timeout", "http_error", "dns_error")
OPEN, SHUT = "http://203.0.113.11:30080/", "http://203.0.113.11:30999/"
CUT = 0.3
"""That part of the class loses its line in the middle of changes, again and again."""

Deed = Callable[[Browser, int], Awaitable[None]]


class Lesson:
    def __init__(self, telling: Telling, servers: list[str], count: int, rounds: int) -> None:
        self.telling, self.servers, self.count, self.rounds = telling, servers, count, rounds
        self.teacher = Browser(servers[0])
        self.learners = [Browser(servers[n % len(servers)]) for n in range(count)]
        self.errors: Counter[str] = Counter()
        self.gate = asyncio.Semaphore(AT_ONCE)
        self.wrong = 0
        self.code = self.class_id = self.lab = ""
        self.turn = False

    @property
    def path(self) -> str:
        return f"/classes/{self.code}/"

    async def open_class(self, username: str, password: str) -> bool:
        await self.teacher.ask("GET", "/accounts/login")
        status, _, _ = await self.teacher.ask("POST", "/accounts/login", username=username, password=password)
        if status != 302:
            return False
        _, place, _ = await self.teacher.ask("POST", "/classes/", name="classroom_load", items="scenario/snackbar")
        self.code = place.rstrip("/").rpartition("/")[2]
        _, _, page = await self.teacher.ask("GET", place)
        self.class_id, self.lab = _found(r'data-class="(\w+)"', page), _found(r"/labs/(\w+)/", page)
        return True

    async def close(self) -> None:
        await asyncio.gather(*(learner.leave() for learner in self.learners))
        await self._do("close")

    async def _do(self, deed: str, **fields: Any) -> str:
        status, _, body = await self.teacher.ask("POST", f"{self.path}do", do=deed, **fields)
        _must(status, 200)
        return body

    # ── everybody does something ──

    async def stage(self, name: str, deed: Deed) -> None:
        started = time.monotonic()
        times = await asyncio.gather(*(self._timed(name, deed, n) for n in range(self.count)))
        self.telling.stage(name, [t for t in times if t is not None], time.monotonic() - started)

    async def _timed(self, name: str, deed: Deed, number: int) -> float | None:
        async with self.gate:
            started = time.monotonic()
            try:
                await deed(self.learners[number], number)
            except Exception as error:
                self.errors[f"{name}: {type(error).__name__} {error}"[:120]] += 1
                return None
            return time.monotonic() - started

    async def join(self, learner: Browser, number: int) -> None:
        await learner.ask("GET", "/join/")
        status, _, _ = await learner.ask("POST", "/join/", code=self.code, name=f"학생 {number}")
        _must(status, 302)

    async def enter(self, learner: Browser, number: int) -> None:
        await learner.watch(f"/ws/classes/{self.class_id}/", f"{self.path}state.json")

    async def follow(self, learner: Browser, number: int) -> None:
        await learner.watch(f"/ws/labs/{self.lab}/", f"/labs/{self.lab}/graph.json")

    async def work(self, learner: Browser, number: int) -> None:
        _, _, body = await learner.ask("POST", f"{self.path}do", do="begin")
        lab = json.loads(body)["goto"]
        status, _, _ = await learner.ask("POST", f"{lab}send", url=random.Random(number).choice((OPEN, SHUT)))
        _must(status, 200)

    async def start_working(self) -> None:
        await self._do("work")
        await self.stage("own lab and a request", self.work)

    # ── everybody hears of something ──

    async def heard(self, name: str, kind: str, deed: Callable[[], Awaitable[Any]]) -> None:
        """How long until every page has a frame of this kind."""
        for learner in self.learners:
            learner.heard.pop(kind, None)
        started = time.monotonic()
        await deed()
        await self._until(lambda learner: kind in learner.heard, name)
        times = [learner.heard[kind] - started for learner in self.learners if kind in learner.heard]
        self.telling.stage(name, times, max(times, default=0.0))

    async def _until(self, holds: Callable[[Browser], bool], name: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if all(map(holds, self.learners)):
                return
            await asyncio.sleep(0.01)
        self.errors[f"{name}: not heard by everybody"] += 1

    async def vote(self) -> None:
        question = json.loads(await self._do("ask", kind="verdict", url=OPEN))["question"]

        async def voted(learner: Browser, number: int) -> None:
            choice = VERDICTS[number % len(VERDICTS)]
            status, _, _ = await learner.ask("POST", f"{self.path}do", do="vote", question=question, choice=choice)
            _must(status, 200)

        await self.stage("vote", voted)
        started, id = time.monotonic(), f"question/{question}"
        await self._do("reveal", question=question)
        shown = lambda learner: learner.picture.elements.get(id, {}).get("state") == "shown"  # noqa: E731
        await self._until(shown, "reveal")
        self.telling.stage("reveal", [], time.monotonic() - started)
        tallies = self.learners[0].picture.elements.get(id, {}).get("tallies", ())
        counted = sum(count for _, _, count in tallies)
        if counted != self.count - self.errors.total():
            self.errors[f"votes: {counted} of {self.count} were counted"] += 1

    async def announce(self) -> None:
        await self.heard("a step of the class", "changes", lambda: self._do("follow"))
        await self.heard("a message to all", "changes", lambda: self._do("pause", message="x" * 200))
        await self._do("go_on")

    # ── the lab that everybody watches ──

    async def show(self) -> None:
        await self.stage("follow the lab", self.follow)
        await asyncio.sleep(1)
        await self.heard("a packet", "trace", lambda: self._in_lab("send", url=OPEN))
        await self.heard("a change of the graph", "changes", lambda: self.change(SMALL))
        await self.heard("a change of 50 KB", "changes", lambda: self.change(LARGE))
        await self.disturb()

    async def _in_lab(self, verb: str, **data: Any) -> None:
        status, _, _ = await self.teacher.ask("POST", f"/labs/{self.lab}/{verb}", **data)
        _must(status, 200)

    async def change(self, size: int) -> None:
        """About so many bytes of the picture change, and back again the next time."""
        self.turn = not self.turn
        await self._in_lab("apply", yaml="---\n".join(_service(n, self.turn) for n in range(1 + size // SERVICE_BYTES)))

    async def disturb(self) -> None:
        """Lines are cut and come back while the graph changes; in the end every picture must be a fresh one."""
        chance = random.Random(1)
        for size in (SMALL, LARGE, SMALL, SMALL):
            gone = [learner for learner in self.learners if chance.random() < CUT]
            for learner in gone:
                learner.cut()
            await self.change(size)
            await self.stage_quietly("come back", [learner.open() for learner in gone])
            await self.change(SMALL)
        fresh = Browser(self.servers[0], dict(self.teacher.cookies))
        end = time.monotonic() + PATIENCE
        while (wrong := await self._wrong(fresh)) and time.monotonic() < end:
            await asyncio.sleep(0.5)  # something may be on its way
        self.wrong = wrong
        self.telling.graphs(self.wrong, self.count, sum(learner.refetched for learner in self.learners))
        await asyncio.gather(*(learner.leave() for learner in self.learners))

    async def _wrong(self, fresh: Browser) -> int:
        await fresh.fetch(f"/labs/{self.lab}/graph.json")
        return sum(learner.picture.elements != fresh.picture.elements for learner in self.learners)

    async def stage_quietly(self, name: str, works: list[Awaitable[None]]) -> None:
        for found in await asyncio.gather(*works, return_exceptions=True):
            if isinstance(found, BaseException):
                self.errors[f"{name}: {type(found).__name__} {found}"[:120]] += 1

    # ── the same, read by sockets that cost nothing ──

    async def fan_out(self, remote: Remote, used: Callable[[], float]) -> dict[str, Measured]:
        """A change of the shown lab, from the instructor's request to the last page; and with one page that stalls."""
        port = urlsplit(self.servers[0]).port or 80
        line = f"/ws/labs/{self.lab}/?rv=999999"
        await remote.tell("expect", 1 << 60)
        await remote.tell("open", port, [hello(port, line, learner.cookie) for learner in self.learners])
        await self._settled(remote)
        found = {}
        for name, size in (("2 KB", SMALL), ("50 KB", LARGE)):
            found[name] = await self._rounds(remote, size, used)
        await remote.tell("stall")
        await self._rounds(remote, LARGE, used)  # fills what the kernel keeps for it
        found["50 KB, one page stalls"] = await self._rounds(remote, LARGE, used)
        await remote.tell("close")
        return found

    async def _rounds(self, remote: Remote, size: int, used: Callable[[], float]) -> Measured:
        """The first times tell how many bytes it is: the fewest, for a heartbeat may have come between."""
        counted = []
        for _ in range(3):
            await remote.tell("expect", 1 << 60)
            await self.change(size)
            counted.append(await self._settled(remote))
        return await rounds(remote, lambda: self.change(size), min(counted), used, self.rounds)

    async def _settled(self, remote: Remote) -> int:
        """How many bytes everybody has got, once no more come."""
        before, count = -1, 0
        end = time.monotonic() + PATIENCE
        while (before != count or not count) and time.monotonic() < end:
            await asyncio.sleep(QUIET)
            before, count = count, await remote.tell("counted")
        return count


QUIET = 0.3
"""Seconds without news after which everything has arrived."""
SERVICE_BYTES = 420
"""What one of these Services takes in a frame."""


def _service(number: int, turn: bool) -> str:
    """One without pods: its picture changes, and nothing else does."""
    app = "this" if turn else "that"
    ports = ", ".join(f"{{name: p{n}, port: {8000 + n}}}" for n in range(4))
    return (
        f"{{apiVersion: v1, kind: Service, metadata: {{name: load-{number}, namespace: snackbar}}, "
        f"spec: {{selector: {{app: {app}}}, ports: [{ports}]}}}}\n"
    )


def _must(status: int, wanted: int) -> None:
    if status != wanted:
        raise ValueError(f"HTTP {status}")


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""
