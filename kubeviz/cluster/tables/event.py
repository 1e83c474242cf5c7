"""Events."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import Column, since

COLUMNS = (
    Column("Last Seen"), Column("Type"), Column("Reason"), Column("Object"), Column("Subobject", 1),
    Column("Source", 1), Column("Message"), Column("First Seen", 1), Column("Count", 1), Column("Name", 1),
)  # fmt: skip


def source(obj: Obj) -> str:
    found = obj.body.get("source") or {}
    return ", ".join(s for s in (found.get("component"), found.get("host")) if s) or str(
        obj.body.get("reportingComponent") or ""
    )


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    body, about = obj.body, obj.body.get("involvedObject") or {}
    return (
        since(body.get("lastTimestamp") or body.get("eventTime"), now),
        body.get("type") or "",
        body.get("reason") or "",
        "/".join(p for p in ((about.get("kind") or "").lower(), about.get("name")) if p),
        about.get("fieldPath") or "",
        source(obj),
        (body.get("message") or "").strip(),
        since(body.get("firstTimestamp") or body.get("eventTime"), now),
        body.get("count") or 1,
        obj.name,
    )
