"""Browsers of a class without a screen: cookies, forms, and the live line with the page it makes."""

import json
import re
import time
from copy import copy
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from kubeviz.graph import Elements
from kubeviz.management.load.picture import Picture
from tests.classes import as_instructor
from tests.live.line import PATIENCE


class Browser:
    def __init__(self, server: str) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        return self.opener.open(self.server + path, timeout=PATIENCE).read().decode()

    def post(self, path: str, **data: Any) -> tuple[int, str]:
        token = next((c.value for c in self.cookies if c.name == "kubeviz_csrf"), "")
        headers = {"X-CSRFToken": token, "Referer": self.server, "Accept": "application/json"}
        request = Request(self.server + path, urlencode(data).encode(), headers)
        try:
            answer = self.opener.open(request, timeout=PATIENCE)
        except HTTPError as error:
            return error.code, error.read().decode()
        return answer.status, answer.read().decode()

    def join(self, code: str, name: str) -> "Browser":
        self.get("/join/")
        status, page = self.post("/join/", code=code, name=name)
        assert status == 200, page
        return self

    def log_in(self, name: str = "kim") -> "Browser":
        """As the instructor of this name; without the page, whose slow hash is tested elsewhere."""
        client = as_instructor(name)
        self.get("/join/")
        cookie = next(c for c in self.cookies if c.name == "kubeviz_csrf")
        session = copy(cookie)
        session.name, session.value = "kubeviz_session", client.cookies["kubeviz_session"].value
        self.cookies.set_cookie(session)
        return self

    def line(self, path: str, origin: str | None = "") -> ClientConnection:
        cookie = "; ".join(f"{c.name}={c.value}" for c in self.cookies)
        address = self.server.replace("http", "ws") + path
        headers = {"Cookie": cookie}
        return connect(address, origin=self.server if origin == "" else origin, additional_headers=headers, legacy=True)


class Page:
    """What a browser makes of its class: the elements as the line keeps them."""

    def __init__(self, browser: Browser, class_id: str, code: str, audience: str = "") -> None:
        self.browser, self.class_id, self.code, self.audience = browser, class_id, code, audience
        self.refetched = 0
        self.own: list[dict[str, Any]] = []
        self.picture = Picture()
        self.picture.load(*self.fresh())
        self.open()

    @property
    def elements(self) -> Elements:
        return self.picture.elements

    def open(self) -> None:
        self.picture.connect()
        self.line = self.browser.line(f"/ws/classes/{self.class_id}/?rv={self.picture.rv}&as={self.audience}")

    def fresh(self) -> tuple[int, Elements]:
        found = json.loads(self.browser.get(f"/classes/{self.code}/state.json?as={self.audience}"))
        return found["rv"], {element["id"]: element for element in found["elements"]}

    def receive(self, timeout: float = PATIENCE) -> dict[str, Any]:
        frame = json.loads(self.line.recv(timeout))
        if not self.picture.hear(frame):
            self.refetched += 1
            self.picture.load(*self.fresh())
        if frame["type"] == "you":
            self.own.append(frame)
        return frame

    def becomes_fresh(self) -> bool:
        """Whether it comes to hold what a fresh page has: somebody's being here may be noted at any time."""
        end = time.monotonic() + PATIENCE
        while not (same := self.elements == self.fresh()[1]) and time.monotonic() < end:
            self.receive(max(0.1, end - time.monotonic()))
        return same

    def until(self, holds: Any) -> list[str]:
        """Read on until it *holds*; the kinds of the frames that made it so."""
        kinds = []
        end = time.monotonic() + PATIENCE
        while not holds(self):
            kinds.append(self.receive(max(0.1, end - time.monotonic()))["type"])
        return kinds


def ends(line: ClientConnection) -> bool:
    """Whether the server ends it, whatever it still says before."""
    end = time.monotonic() + PATIENCE
    try:
        while True:
            line.recv(max(0.0, end - time.monotonic()))
    except ConnectionClosed:
        return True
    except TimeoutError:
        return False


def class_now(page: Page) -> dict[str, Any]:
    return page.elements["class"]


def lab_in(page: str) -> str:
    found = re.search(r'data-lab="(\w+)"', page)
    assert found
    return found[1]
