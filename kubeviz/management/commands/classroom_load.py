"""A whole class of clients against a running server on this machine: joins, follows, works, votes, and is measured.

`python manage.py classroom_load --learners 500` while `make run` is up. Each learner is a session and a real
WebSocket; what they make of their frames is compared with a fresh picture at the end.
"""

import asyncio
import contextlib
import json
import random
import re
import statistics
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
from django.core.management.base import BaseCommand, CommandError
from websockets.asyncio.client import ClientConnection, connect

from ...environment import THIS_MACHINE
from ...graph import Elements, apply

PATIENCE = 60.0
AT_ONCE = 40
"""Requests under way at a time: a class does not press Enter in the same millisecond."""
VERDICTS = ("delivered", "refused", "timeout", "http_error", "dns_error")


class Command(BaseCommand):
    help = "Load a running server on this machine with a class: joins, follows, works, votes; prints what it took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=500)
        parser.add_argument("--server", default="http://127.0.0.1:8000", help="a server on this machine")
        parser.add_argument("--also", action="append", default=[], help="another process of the same class")
        parser.add_argument("--username", required=True, help="an instructor of that server")
        parser.add_argument("--password", required=True)

    def handle(self, *args: Any, learners: int, server: str, also: list[str], **options: Any) -> None:
        servers = [address.rstrip("/") for address in (server, *also)]
        for address in servers:
            if urlsplit(address).hostname not in (*THIS_MACHINE, "::1"):
                raise CommandError(f"{address}: only a server on this machine may be loaded")
        try:
            wrong = asyncio.run(Load(self, servers, learners).run(options["username"], options["password"]))
        except OSError as error:
            raise CommandError(f"{server}: {error}. Is it running?") from error
        if wrong:
            raise CommandError(f"{wrong} went wrong")


@dataclass
class Browser:
    """Cookies, forms and the line of one learner (or of the instructor)."""

    server: str
    cookies: dict[str, str] = field(default_factory=dict)
    elements: Elements = field(default_factory=dict)
    rv: int = 0
    heard: dict[str, float] = field(default_factory=dict)
    refetched: int = 0
    line: ClientConnection | None = None
    task: asyncio.Task[None] | None = None

    async def ask(self, method: str, path: str, **data: Any) -> tuple[int, str, str]:
        """Status, address that was redirected to, body."""
        parts = urlsplit(self.server)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        body = urlencode(data).encode()
        writer.write(self._head(method, path, parts.netloc, len(body)) + body)
        raw = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        head, _, content = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = [line.partition(": ")[::2] for line in lines[1:]]
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        place = next((value for name, value in headers if name.lower() == "location"), "")
        return int(lines[0].split()[1]), place, content.decode("utf-8", "replace")

    def _head(self, method: str, path: str, host: str, length: int) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {host}",
            "Connection: close",
            "Accept: application/json",
            f"Cookie: {self.cookie()}",
        ]
        if method == "POST":
            token = self.cookies.get("kubeviz_csrf", "")
            form = "application/x-www-form-urlencoded"
            lines += [f"X-CSRFToken: {token}", f"Referer: {self.server}/", f"Content-Type: {form}"]
            lines += [f"Content-Length: {length}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def fetch(self, path: str) -> None:
        """A fresh picture, as a page gets it."""
        status, _, body = await self.ask("GET", path)
        if status == 200:
            found = json.loads(body)
            self.rv, self.elements = found["rv"], {element["id"]: element for element in found["elements"]}

    async def watch(self, line: str, picture: str) -> None:
        """Keep the picture by the frames of the line, as a page does."""
        await self.leave()
        await self.fetch(picture)
        address = f"{self.server.replace('http', 'ws', 1)}{line}?rv={self.rv}"
        self.line = await connect(address, origin=self.server, additional_headers={"Cookie": self.cookie()})  # type: ignore[arg-type]
        self.task = asyncio.create_task(self._read(picture))

    async def leave(self) -> None:
        if self.line is not None:
            await self.line.close()
        if self.task is not None:
            self.task.cancel()

    async def _read(self, picture: str) -> None:
        assert self.line is not None
        with contextlib.suppress(Exception):
            async for text in self.line:
                await self._take(json.loads(text), picture)

    async def _take(self, frame: dict[str, Any], picture: str) -> None:
        if frame["type"] == "changes" and frame["prev"] == self.rv:
            self.elements, self.rv = apply(self.elements, frame["ops"]), frame["rv"]
        elif frame["type"] == "stale" or (frame["type"] == "changes" and frame["rv"] > self.rv):
            self.refetched += 1
            await self.fetch(picture)
        self.heard[str(frame.get("id", frame["type"]))] = time.monotonic()


class Load:
    def __init__(self, command: BaseCommand, servers: list[str], count: int) -> None:
        self.out, self.servers, self.count = command.stdout, servers, count
        self.teacher = Browser(servers[0])
        self.learners = [Browser(servers[n % len(servers)]) for n in range(count)]
        self.errors: Counter[str] = Counter()
        self.gate = asyncio.Semaphore(AT_ONCE)
        self.code = self.class_id = self.lab = ""

    async def run(self, username: str, password: str) -> int:
        await self._open_class(username, password)
        process = _server_process(self.servers[0])
        cpu, memory = _used(process)
        await self._stage("join", self._join)
        await self._stage("open the page", self._open)
        await self._heard_by_all("a step of the class", "follow")
        await self._heard_by_all("a message of 2 KB", "pause", message="x" * 200)
        await self._vote()
        await self._packet()
        await self._work()
        wrong = await self._compare()
        self._costs(process, cpu, memory)
        await self.teacher.ask("POST", f"{self._path()}do", do="close")
        return wrong + sum(self.errors.values())

    def _path(self) -> str:
        return f"/classes/{self.code}/"

    async def _open_class(self, username: str, password: str) -> None:
        await self.teacher.ask("GET", "/accounts/login")
        status, _, _ = await self.teacher.ask("POST", "/accounts/login", username=username, password=password)
        if status != 302:
            raise CommandError("this instructor cannot log in there")
        _, place, _ = await self.teacher.ask("POST", "/classes/", name="classroom_load", items="scenario/snackbar")
        self.code = place.rstrip("/").rpartition("/")[2]
        _, _, page = await self.teacher.ask("GET", place)
        self.class_id = _found(r'data-class="(\w+)"', page)
        self.lab = _found(r"/labs/(\w+)/", page)

    # ── what a class does ──

    async def _stage(self, name: str, work: Any) -> None:
        started = time.monotonic()
        times = await asyncio.gather(*(self._timed(name, work, n) for n in range(self.count)))
        self._report(name, [t for t in times if t is not None], time.monotonic() - started)

    async def _timed(self, name: str, work: Any, number: int) -> float | None:
        async with self.gate:
            started = time.monotonic()
            try:
                await work(self.learners[number], number)
            except Exception as error:
                self.errors[f"{name}: {type(error).__name__} {error}"[:120]] += 1
                return None
            return time.monotonic() - started

    async def _join(self, learner: Browser, number: int) -> None:
        await learner.ask("GET", "/join/")
        status, _, _ = await learner.ask("POST", "/join/", code=self.code, name=f"학생 {number}")
        _must(status, 302)

    async def _open(self, learner: Browser, number: int) -> None:
        await learner.watch(f"/ws/classes/{self.class_id}/", f"{self._path()}state.json")

    async def _heard_by_all(self, name: str, deed: str, **fields: Any) -> None:
        """How long until every page has heard of what the instructor did."""
        for learner in self.learners:
            learner.heard.pop("changes", None)
        started = time.monotonic()
        status, _, _ = await self.teacher.ask("POST", f"{self._path()}do", do=deed, **fields)
        _must(status, 200)
        await self._until(lambda learner: "changes" in learner.heard, name)
        times = [learner.heard["changes"] - started for learner in self.learners if "changes" in learner.heard]
        self._report(name, times, max(times, default=0.0))

    async def _vote(self) -> None:
        asked = {"kind": "verdict", "url": "http://203.0.113.11:30080/"}
        _, _, body = await self.teacher.ask("POST", f"{self._path()}do", do="ask", **asked)
        question = json.loads(body)["question"]

        async def vote(learner: Browser, number: int) -> None:
            choice = VERDICTS[number % len(VERDICTS)]
            status, _, _ = await learner.ask("POST", f"{self._path()}do", do="vote", question=question, choice=choice)
            _must(status, 200)

        await self._stage("vote", vote)
        id = f"question/{question}"
        started = time.monotonic()
        status, _, _ = await self.teacher.ask("POST", f"{self._path()}do", do="reveal", question=question)
        _must(status, 200)
        await self._until(lambda learner: learner.elements.get(id, {}).get("state") == "shown", "reveal")
        self._report("reveal", [], time.monotonic() - started)
        counted = sum(count for _, _, count in self.learners[0].elements.get(id, {}).get("tallies", ()))
        if counted != self.count - self.errors.total():
            self.errors[f"votes: {counted} of {self.count} were counted"] += 1

    async def _packet(self) -> None:
        """Everybody watches the instructor's lab while a packet runs and the graph changes."""
        await self.teacher.ask("POST", f"{self._path()}do", do="go_on")
        picture = f"/labs/{self.lab}/graph.json"

        async def follow(learner: Browser, number: int) -> None:
            await learner.watch(f"/ws/labs/{self.lab}/", picture)

        await self._stage("follow the lab", follow)
        await asyncio.sleep(1)
        for name, path, data in (
            ("a packet", "send", {"url": "http://203.0.113.11:30080/"}),
            ("a change of the graph", "act", {"action": "break_selector", "ref": "service/snackbar/order"}),
        ):
            key = "changes" if path == "act" else "trace"
            for learner in self.learners:
                learner.heard.clear()
            started = time.monotonic()
            status, _, _ = await self.teacher.ask("POST", f"/labs/{self.lab}/{path}", **data)
            _must(status, 200)

            def has(learner: Browser, key: str = key) -> bool:
                return key in learner.heard or (key == "trace" and any(k != "beat" for k in learner.heard))

            await self._until(has, name)
            times = [max(learner.heard.values()) - started for learner in self.learners if learner.heard]
            self._report(name, times, max(times, default=0.0))

    async def _work(self) -> None:
        await self.teacher.ask("POST", f"{self._path()}do", do="work")

        async def work(learner: Browser, number: int) -> None:
            _, _, body = await learner.ask("POST", f"{self._path()}do", do="begin")
            lab = json.loads(body)["goto"]
            url = random.Random(number).choice(("http://203.0.113.11:30080/", "http://203.0.113.11:30999/"))
            status, _, _ = await learner.ask("POST", f"{lab}send", url=url)
            _must(status, 200)

        await self._stage("own lab and a request", work)

    async def _until(self, holds: Any, name: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if all(holds(learner) for learner in self.learners):
                return
            await asyncio.sleep(0.02)
        self.errors[f"{name}: not heard by everybody"] += 1

    async def _compare(self) -> int:
        """Pages whose picture is not what a fresh one would be."""
        await asyncio.sleep(1)
        fresh = Browser(self.servers[0], dict(self.teacher.cookies))
        await fresh.fetch(f"/labs/{self.lab}/graph.json")
        wrong = sum(learner.elements != fresh.elements for learner in self.learners)
        again = sum(learner.refetched for learner in self.learners)
        self.out.write(f"{'wrong graphs':<28}{wrong} of {self.count}   (fetched again: {again})")
        await asyncio.gather(*(learner.leave() for learner in self.learners))
        return wrong

    # ── what it took ──

    def _report(self, name: str, times: list[float], whole: float) -> None:
        cut = statistics.quantiles(times, n=100) if len(times) > 1 else [whole] * 99
        p50, p95, p99 = (cut[n - 1] * 1000 for n in (50, 95, 99))
        self.out.write(
            f"{name:<28}p50 {p50:7.0f} ms  p95 {p95:7.0f} ms  p99 {p99:7.0f} ms  last {whole * 1000:7.0f} ms"
        )
        self.out.flush()

    def _costs(self, process: psutil.Process | None, cpu: float, memory: int) -> None:
        for error, count in self.errors.most_common(10):
            self.out.write(f"error ×{count}: {error}")
        self.out.write(f"{'errors':<28}{self.errors.total()}")
        if process is not None:
            now_cpu, now_memory = _used(process)
            spent = now_cpu - cpu
            self.out.write(f"{'server':<28}{spent:.1f} s of processor, {1000 * spent / self.count:.1f} ms a learner")
            self.out.write(f"{'':<28}{now_memory >> 20} MB (before: {memory >> 20} MB)")


def _must(status: int, wanted: int) -> None:
    if status != wanted:
        raise ValueError(f"HTTP {status}")


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise CommandError("that server's pages are not kubeviz's")
    return found[1]


def _server_process(server: str) -> psutil.Process | None:
    """The process that listens there, where this user may see it."""
    port = urlsplit(server).port
    with contextlib.suppress(psutil.Error):
        for found in psutil.net_connections("tcp"):
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid:
                return psutil.Process(found.pid)
    return None


def _used(process: psutil.Process | None) -> tuple[float, int]:
    if process is None:
        return 0.0, 0
    times = process.cpu_times()
    return times.user + times.system, process.memory_info().rss
