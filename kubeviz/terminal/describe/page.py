"""The page that a description is written on: indented lines with tabs, aligned at the end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ...cluster.changes import Body
from ...cluster.clock import moment
from ...cluster.objects import Obj
from ...cluster.patches.applying import LAST_APPLIED
from ...cluster.state import Cluster
from ...cluster.tables.columns import since
from ...cluster.tables.event import source
from ..printers.tabs import flow

LONGEST_ANNOTATION = 140


class Page:
    def __init__(self, cluster: Cluster, now: datetime) -> None:
        self.cluster, self.now = cluster, now
        self._done: list[str] = []
        self._open: list[str] = []

    def write(self, level: int, text: str) -> None:
        """*level* steps of two spaces, then *text*, in which tabs part the cells."""
        self._open.append("  " * level + text)

    def line(self, level: int, *cells: object) -> None:
        self.write(level, "\t".join(map(str, cells)) + "\n")

    def field(self, name: str, value: object, level: int = 0) -> None:
        self.line(level, f"{name}:", value)

    def flush(self) -> None:
        """What follows is aligned by itself."""
        self._done.append(flow("".join(self._open)))
        self._open = []

    def text(self) -> str:
        self.flush()
        return "".join(self._done)

    def raw(self) -> str:
        """As it was written, tabs and all."""
        return "".join([*self._done, *self._open])

    def time(self, stamp: str) -> str:
        """Mon, 02 Jan 2006 15:04:05 +0000 (RFC 1123 with a numeric zone)."""
        return moment(stamp).strftime("%a, %d %b %Y %H:%M:%S +0000")

    def phase(self, obj: Obj) -> str:
        if not obj.terminating:
            return obj.status.get("phase") or ""
        return f"Terminating (lasts {since(obj.metadata['deletionTimestamp'], self.now)})"

    @staticmethod
    def words(found: Iterable[str] | None) -> str:
        """A list as Go prints it."""
        return f"[{' '.join(found or ())}]"

    # ── what every kind begins with ──

    def head(self, obj: Obj, created: bool = False) -> None:
        self.field("Name", obj.name)
        if obj.namespace:
            self.field("Namespace", obj.namespace)
        if created:
            self.field("CreationTimestamp", self.time(obj.created))

    def marks(self, obj: Obj) -> None:
        self.labels("Labels", obj.labels)
        self.annotations("Annotations", obj.annotations)

    def labels(self, title: str, labels: dict[str, Any] | None) -> None:
        self.several(title, [f"{key}={value}" for key, value in sorted((labels or {}).items())])

    def several(self, title: str, values: list[str]) -> None:
        """One value a line, the title before the first."""
        for i, value in enumerate(values or ["<none>"]):
            self.line(0, "" if i else f"{title}:", value)

    def annotations(self, title: str, annotations: dict[str, str]) -> None:
        shown = {k: v for k, v in sorted(annotations.items()) if k != LAST_APPLIED}
        if not shown:
            self.line(0, f"{title}:", "<none>")
        for i, (key, value) in enumerate(shown.items()):
            self.write(0, "\t" if i else f"{title}:\t")
            self._annotation(key, value.removesuffix("\n"))

    def _annotation(self, key: str, value: str) -> None:
        if len(value) + len(key) + 2 <= LONGEST_ANNOTATION and "\n" not in value:
            self.write(0, f"{key}: {value}\n")
            return
        self.write(0, f"{key}:\n")
        for line in value.split("\n"):
            self.write(0, f"\t  {_shortened(line)}\n")

    def conditions(self, obj: Obj) -> None:
        """Those of a workload: type, status, reason."""
        found = obj.status.get("conditions") or ()
        if not found:
            return
        self.write(0, "Conditions:\n  Type\tStatus\tReason\n")
        self.write(1, "----\t------\t------\n")
        for condition in found:
            self.line(1, f"{condition['type']} ", condition["status"], condition.get("reason") or "")

    def controller(self, obj: Obj) -> None:
        if obj.controller:
            self.field("Controlled By", f"{obj.controller[0]}/{obj.controller[2]}")

    # ── and ends with ──

    def events(self, about: Obj) -> None:
        found = events_about(self.cluster, about)
        if not found:
            self.field("Events", "<none>")
            return
        self.flush()
        self.write(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage\n")
        self.write(1, "----\t------\t----\t----\t-------\n")
        for event in found:
            self._event(event)

    def _event(self, event: Obj) -> None:
        body = event.body
        first = since(body.get("firstTimestamp") or body.get("eventTime"), self.now)
        count = body.get("count") or 1
        age = f"{since(body.get('lastTimestamp'), self.now)} (x{count} over {first})" if count > 1 else first
        message = (body.get("message") or "").strip()
        self.line(1, body.get("type") or "", body.get("reason") or "", age, source(event), message)


def events_about(cluster: Cluster, about: Obj) -> list[Obj]:
    """The events of one object, oldest first."""
    found = cluster.of_kind("Event", about.namespace or "default")
    mine = [e for e in found if _concerns(e.body.get("involvedObject") or {}, about)]
    return sorted(mine, key=lambda e: (e.body.get("lastTimestamp") or "", int(e.metadata.get("resourceVersion") or 0)))


def _concerns(involved: Body, about: Obj) -> bool:
    if involved.get("uid") and about.uid and involved["uid"] != about.uid:
        return False
    return involved.get("kind") == about.kind and involved.get("name") == about.name


def _shortened(line: str) -> str:
    most = LONGEST_ANNOTATION - 2
    return f"{line[:most]}..." if len(line) > most else line
