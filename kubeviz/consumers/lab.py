"""The line of a lab's page: authorise, join the hub, forward. Everything else is HTTP.

A plain ASGI application: a stock consumer costs a thread hop and a copy for every frame it sends.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from .. import actions
from ..live import Hub, frames
from ..live.reading import in_thread
from ..models import Lab
from ..views.access import Ground, ground, knows_share
from .guard import still

log = logging.getLogger(__name__)

MOST_BYTES = 4096
"""What a page may say at once; it only ever says ping."""
MESSAGES = {"ping"}
"""The types of what a page may say: whatever is done is done over HTTP."""
GONE, TOO_LARGE = 4404, 1009

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

hub = Hub(
    actions.advance,
    actions.keep_awake,
    still=still,
    present=actions.classes.note_presence,
    guard=settings.GUARD_SECONDS,
)


async def lab(scope: Scope, receive: Receive, send: Send) -> None:
    """`/ws/labs/<id>/?rv=N&trace=T&share=S`: what changed since version N and was sent since trace T, and on."""
    await receive()  # websocket.connect
    lab_id = scope["url_route"]["kwargs"]["lab_id"]
    await send({"type": "websocket.accept"})
    allowed = await in_thread(_ground, scope["session"], lab_id, _asked(scope).get("share", ""))
    if allowed is None:
        await turn_away(send)
        return
    await watch(scope, receive, send, lab_id, allowed)


def _ground(session: Any, lab_id: str, share: str) -> Ground | None:
    found = Lab.objects.filter(id=lab_id).first()
    if found is not None and knows_share(share, found):
        return Ground(share=share, lab=found.id)
    return ground(session, found) if found is not None else None


def _asked(scope: Scope) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(scope["query_string"].decode("ascii", "replace")).items()}


async def turn_away(send: Send) -> None:
    await _say(send, frames.GONE)
    await send({"type": "websocket.close", "code": GONE})


async def watch(scope: Scope, receive: Receive, send: Send, key: str, allowed: Ground) -> None:
    """Join the hub's room of this key and forward what it says, until the page leaves."""
    asked = _asked(scope)
    rv = int(asked["rv"]) if asked.get("rv", "").isdecimal() and len(asked["rv"]) < 16 else None

    async def close() -> None:
        with suppress(RuntimeError):
            await send({"type": "websocket.close"})

    language, trace = _language(scope), asked.get("trace", "")
    client = await hub.join(key, partial(_say, send), close, rv, language, trace, allowed)
    if client is None:
        await _say(send, frames.GONE)
        await close()
        return
    try:
        await _hear(receive, send, lambda code: client.push(frames.error(code), lambda: rv or 0))
    finally:
        await hub.leave(key, client)


def _language(scope: Scope) -> str:
    return "en" if scope.get("cookies", {}).get("kubeviz_language", "ko").startswith("en") else "ko"


async def _hear(receive: Receive, send: Send, complain: Callable[[str], None]) -> None:
    """Until the page leaves. What it says that is no ping gets an error frame, and the line goes on."""
    while (message := await receive())["type"] != "websocket.disconnect":
        said = message.get("text") or ""
        if len(said) > MOST_BYTES or message.get("bytes"):
            await send({"type": "websocket.close", "code": TOO_LARGE})
            return
        if not _is_known(said):
            complain("unknown")


def _is_known(said: str) -> bool:
    try:
        frame = json.loads(said)
    except (ValueError, RecursionError):
        return False
    return isinstance(frame, dict) and frame.get("type") in MESSAGES


def _say(send: Send, text: str) -> Awaitable[None]:
    return send({"type": "websocket.send", "text": text})
