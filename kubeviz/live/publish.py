"""Telling every process that something happened in a lab. The log holds what; a lost message is healed by the beat."""

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

_loops: list[asyncio.AbstractEventLoop] = []
"""The event loop of this process's hub. The channel layer lives in it, so sends from threads go through it."""


def lives_in(loop: asyncio.AbstractEventLoop) -> None:
    _loops[:] = [loop]


def left(loop: asyncio.AbstractEventLoop) -> None:
    if _loops == [loop]:
        _loops.clear()


def group(lab_id: str) -> str:
    return f"lab.{lab_id}"


def publish(lab_id: str, **news: Any) -> None:
    """Say that a lab is at version `rv=`, or that `traces=` were sent. From any thread; never waits or raises."""
    message = {"type": "lab.news", "lab": lab_id, **news}
    loop = _loops[0] if _loops else None
    try:
        if loop is not None and not loop.is_closed():
            asyncio.run_coroutine_threadsafe(_send(lab_id, message), loop)
        else:
            async_to_sync(_send)(lab_id, message)
    except RuntimeError:
        log.warning("news of lab %s could not be sent; the next beat will tell", lab_id, exc_info=True)


async def _send(lab_id: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group(lab_id), message)
    except Exception:  # a layer that is down must not fail a write that is stored
        log.warning("the channel layer did not take the news of lab %s", lab_id, exc_info=True)
