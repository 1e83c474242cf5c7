"""Telling every process that something happened in a lab or a class.

The database holds what happened; a message that is lost is healed by the beat.
"""

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


def group(topic: str) -> str:
    """The group of the channel layer whose members hear of a topic: a lab's id, or `class_topic` of a class's."""
    return f"topic.{topic}"


def class_topic(class_id: str) -> str:
    return f"class.{class_id}"


def publish_class(class_id: str, **news: Any) -> None:
    """Say that a class is at version `rv=`, or `gone=`."""
    publish(class_topic(class_id), **news)


def publish(topic: str, **news: Any) -> None:
    """Say that a lab is at version `rv=`, or that `traces=` were sent. From any thread; never waits or raises."""
    message = {"type": "hub.news", "topic": topic, **news}
    loop = _loops[0] if _loops else None
    try:
        if loop is not None and not loop.is_closed():
            asyncio.run_coroutine_threadsafe(_send(topic, message), loop)
        else:
            async_to_sync(_send)(topic, message)
    except RuntimeError:
        log.warning("news of %s could not be sent; the next beat will tell", topic, exc_info=True)


async def _send(topic: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group(topic), message)
    except Exception:  # a layer that is down must not fail a write that is stored
        log.warning("the channel layer did not take the news of %s", topic, exc_info=True)
