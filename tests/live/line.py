"""A learner without a browser: cookies, forms, and the live line."""

import json
import re
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from websockets.sync.client import ClientConnection, connect

from kubeviz.graph import Elements
from kubeviz.management.load.picture import Picture

PATIENCE = 60.0
"""Seconds that an answer is waited for: how long a failure takes, not what counts as one."""
PUSHES = range(10)
"""So often it is tried whether a push brings the news: where a beat comes first, the try says nothing, for a beat
brings what no push brought. That it is quick is measured by `make bench`."""


class Learner:
    def __init__(self, server: str) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        page = self.get("/")
        self.lab = re.search(r'data-lab="(\w+)"', page)[1]
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def get(self, path: str) -> str:
        return self.opener.open(self.server + path, timeout=PATIENCE).read().decode()

    def post(self, path: str, **data: Any) -> Any:
        headers = {"Accept": "application/json", "X-CSRFToken": self.token, "Referer": self.server}
        request = Request(f"{self.server}/labs/{self.lab}/{path}", urlencode(data).encode(), headers)
        try:
            return json.loads(self.opener.open(request, timeout=PATIENCE).read())
        except HTTPError as error:
            return {"status": error.code, **json.loads(error.read() or "{}")}

    def act(self, action: str, ref: str, **params: Any) -> Any:
        return self.post("act", action=action, ref=ref, **params)

    def graph(self) -> tuple[int, Elements]:
        return picture(self.look())

    def look(self) -> dict[str, Any]:
        return json.loads(self.get(f"/labs/{self.lab}/graph.json"))

    def line(self, rv: int | None = None, lab: str = "", origin: str | None = "", trace: str = "") -> ClientConnection:
        address = (
            self.server.replace("http", "ws")
            + f"/ws/labs/{lab or self.lab}/?rv={'' if rv is None else rv}&trace={trace}"
        )
        cookie = "; ".join(f"{c.name}={c.value}" for c in self.cookies)
        return connect(
            address, origin=self.server if origin == "" else origin, additional_headers={"Cookie": cookie}, legacy=True
        )


def picture(found: dict[str, Any]) -> tuple[int, Elements]:
    return found["rv"], {e["id"]: e for e in found["elements"]}


class Page:
    """What a browser makes of the line: its picture, kept by the frames it receives."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        found = learner.look()
        self.picture = Picture()
        self.picture.load(*picture(found))
        self.line = learner.line(self.rv, trace=found["last_trace"] or "none")
        self.traces: list[dict[str, Any]] = []
        self.refetched = 0

    @property
    def rv(self) -> int:
        return self.picture.rv

    @property
    def elements(self) -> Elements:
        return self.picture.elements

    def receive(self, timeout: float = PATIENCE) -> dict[str, Any]:
        frame = json.loads(self.line.recv(timeout))
        if not self.picture.hear(frame):
            self.refetched += 1
            self.picture.load(*self.learner.graph())
        if frame["type"] == "trace":
            self.traces.append(frame)
        return frame

    def reach(self, rv: int) -> list[str]:
        """Read on until it is there; the kinds of the frames that brought it there."""
        kinds = []
        while self.rv < rv:
            kinds.append(self.receive()["type"])
        return kinds

    def becomes_fresh(self) -> bool:
        """Whether it comes to hold what a fresh page has, though time goes on in the lab."""
        while True:
            rv, elements = self.learner.graph()
            self.reach(rv)
            if self.rv == rv:
                return self.elements == elements
