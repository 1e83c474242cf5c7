"""What pages send, read with care: everything from a browser is a stranger's."""

import math
from typing import Any

from django.http import QueryDict

from .actions import Problem, Refused
from .engine import Request

MOST = {"url": 2000, "source": 400, "method": 20, "headers": 8000, "connect_to": 60}


def sent_request(data: QueryDict) -> tuple[Request, int]:
    """The request of the send bar and how often to send it. Raises Refused, each problem at its field."""
    values = {field: data.get(field, "").strip() for field in MOST}
    problems = [Problem(f"at most {MOST[f]} characters", f) for f, value in values.items() if len(value) > MOST[f]]
    if not values["url"]:
        problems.append(Problem("write an address, such as http://203.0.113.11:30080/", "url"))
    if values["method"] and not values["method"].isalpha():
        problems.append(Problem("a method is a word, such as GET", "method"))
    times = _whole(data.get("times") or "1")
    if times is None:
        problems.append(Problem("times is a whole number", "times"))
    headers, wrong = _headers(values["headers"])
    problems += wrong
    if problems:
        raise Refused(*problems, code=400)
    request = Request(
        url=values["url"],
        source=values["source"] or "internet",
        method=values["method"].upper() or "GET",
        headers=headers,
        connect_to=values["connect_to"] or None,
    )
    return request, times or 1


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _headers(text: str) -> tuple[dict[str, str], list[Problem]]:
    """`Name: value` a line."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not name.strip().isprintable():
            return {}, [Problem(f"{line[:40]!r} is no header; write Name: value", "headers")]
        found[name.strip()] = value.strip()
    return found, []


def clock_change(data: QueryDict) -> dict[str, Any]:
    """{playing, speed} as far as they were sent. Raises Refused."""
    change: dict[str, Any] = {}
    if "playing" in data:
        change["playing"] = data["playing"] == "true"
    if data.get("speed"):
        try:
            speed = float(str(data["speed"]))
        except ValueError:
            speed = math.nan
        if not math.isfinite(speed):
            raise Refused(Problem("speed is a number", "speed"), code=400)
        change["speed"] = speed
    return change
