"""What an app does, as the annotation `kubeviz.dev/app` of its pod template says."""

import json
import re
from functools import lru_cache
from typing import Any, Literal

import msgspec

from . import safe_yaml

ANNOTATION = "kubeviz.dev/app"
State = Literal["running", "crash", "image-pull-error", "completed"]
STATES = ("running", "crash", "image-pull-error", "completed")
FIELDS = ("listen", "ready", "state", "routes")
ROUTE_FIELDS = ("status", "body", "call", "headers")


class AppError(ValueError):
    """The annotation does not say what an app can do; the message names the field."""


class Route(msgspec.Struct, frozen=True):
    """The answer to one path: a body with a status, or the answer of the URL in `call`."""

    status: int = 200
    body: str = ""
    call: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


class App(msgspec.Struct, frozen=True):
    """`listen` None means: what the container declares. `ready` is True, False or seconds after the start."""

    listen: tuple[tuple[int, str], ...] | None = None
    ready: bool | float = True
    state: State = "running"
    routes: dict[str, Route] = {}


@lru_cache(maxsize=4096)
def parse(text: str) -> App:
    """Raises AppError."""
    try:
        found = safe_yaml.load(text)
    except safe_yaml.YamlError as error:
        raise AppError(str(error)) from None
    if found is None:
        return App()
    if not isinstance(found, dict):
        raise AppError(f"must be a mapping of {', '.join(FIELDS)}")
    for key in found:
        if key not in FIELDS:
            raise AppError(f"{key}: unknown field; known are {', '.join(FIELDS)}")
    return App(
        listen=_listen(found["listen"]) if found.get("listen") is not None else None,
        ready=_ready(found.get("ready", True)),
        state=_state(found.get("state", "running")),
        routes={str(path): _route(str(path), route) for path, route in _mapping("routes", found.get("routes")).items()},
    )


def with_field(text: str, field: str, value: str) -> str:
    """The annotation with one top-level field set; its other lines and comments stay."""
    if text.lstrip().startswith("{"):
        return json.dumps({**safe_yaml.load(text), field: safe_yaml.load(value)}, ensure_ascii=False)
    line = f"{field}: {value}"
    changed, count = re.subn(rf"(?m)^{field}:(?:.*)$(?:\n[ \t]+.*$)*", line, text)
    if count:
        return changed
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n"


def _mapping(field: str, value: Any) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise AppError(f"{field}: must be a mapping")
    return value


def _listen(value: Any) -> tuple[tuple[int, str], ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(_port(item) for item in items)


def _port(item: Any) -> tuple[int, str]:
    match = re.fullmatch(r"(\d{1,5})(?:/(TCP|UDP|SCTP))?", str(item))
    if match is None or not 1 <= int(match[1]) <= 65535:
        raise AppError(f"listen: {item!r} is no port; write 8080 or 53/UDP")
    return int(match[1]), match[2] or "TCP"


def _ready(value: Any) -> bool | float:
    if isinstance(value, bool):
        return value
    after = value.get("after") if isinstance(value, dict) and len(value) == 1 else None
    match = re.fullmatch(r"(\d{1,5})(s|m)?", str(after))
    if match is None:
        raise AppError("ready: must be true, false or {after: 5s}")
    return float(match[1]) * (60 if match[2] == "m" else 1)


def _state(value: Any) -> State:
    if value not in STATES:
        raise AppError(f"state: must be one of {', '.join(STATES)}")
    return value


def _route(path: str, value: Any) -> Route:
    if not path.startswith("/"):
        raise AppError(f"routes: {path!r} must start with /")
    found = _mapping(f"routes.{path}", value)
    for key in found:
        if key not in ROUTE_FIELDS:
            raise AppError(f"routes.{path}.{key}: unknown field; known are {', '.join(ROUTE_FIELDS)}")
    status = found.get("status", 200)
    if isinstance(status, bool) or not isinstance(status, int) or not 100 <= status <= 599:
        raise AppError(f"routes.{path}.status: must be a number from 100 to 599")
    call = found.get("call")
    headers = tuple((str(k), str(v)) for k, v in _mapping(f"routes.{path}.headers", found.get("headers")).items())
    return Route(status, str(found.get("body") or ""), str(call) if call else None, headers)
