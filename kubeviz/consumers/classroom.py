"""The line of a class's page: what everybody does, and what concerns this learner alone."""

from typing import Any
from urllib.parse import parse_qs

from ..live import class_key
from ..live.reading import in_thread
from ..models import Classroom
from ..queries.classrooms import LEARNER, PROJECTOR, STAFF
from ..views.access import Ground, ground_in_class
from .lab import Receive, Scope, Send, turn_away, watch


async def classroom(scope: Scope, receive: Receive, send: Send) -> None:
    """`/ws/classes/<id>/?rv=N&as=projector`: what this page's audience has not seen since N, and from then on."""
    await receive()  # websocket.connect
    class_id = scope["url_route"]["kwargs"]["class_id"]
    await send({"type": "websocket.accept"})
    allowed = await in_thread(_ground, scope["session"], class_id)
    if allowed is None:
        await turn_away(send)
        return
    await watch(scope, receive, send, class_key(class_id, _audience(scope, allowed)), allowed)


def _ground(session: Any, class_id: str) -> Ground | None:
    found = Classroom.objects.filter(pk=class_id).first()
    return ground_in_class(session, found) if found is not None else None


def _audience(scope: Scope, allowed: Ground) -> str:
    if allowed.user is None:
        return LEARNER
    asked = parse_qs(scope["query_string"].decode("ascii", "replace")).get("as", [""])[0]
    return PROJECTOR if asked == PROJECTOR else STAFF
