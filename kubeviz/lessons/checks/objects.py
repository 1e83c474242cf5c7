"""`object` and `unchanged`: what is written in an object. Behaviour says more: use these where it cannot."""

from typing import Any

import re2

from ...cluster.objects import Obj
from ...cluster.references import select
from ..world import CANNOT, World
from .check import Check, CheckAfter, Line, Verdict


class ObjectCheck(CheckAfter, tag="object", kw_only=True):
    """One field of an object (of each that labels select): equals, matches, or is there (`exists`) or not (`absent`).

    `path` is a field as the page shows it (`spec.ports[0].targetPort`); without one the object itself is meant.
    """

    ref: Line
    path: Line = ""
    equals: str | int | float | bool | None = None
    matches: Line = ""
    absent: bool = False

    def problems(self) -> list[str]:
        try:
            re2.compile(self.matches)
        except re2.error as error:
            return [f"matches: {error}"]
        return []

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
        except CANNOT as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        objects = select(cluster, self.ref)
        said: dict[str, Any] = {"object": self.ref, "path": self.path}
        if not objects:
            there = self.absent and not self.path
            return Verdict(int(there), "ObjectGone" if there else "ObjectMissing", said)
        values = [(o, field(o.body, self.path)) for o in objects]
        wrong = [(o, value) for o, value in values if not self._is(value)]
        said["value"] = _brief((wrong or values)[0][1])
        said["wanted"] = self.matches if self.equals is None else _brief(self.equals)
        return Verdict(1 - len(wrong) / len(values), "FieldOtherwise" if wrong else "FieldAsWanted", said)

    def _is(self, value: Any) -> bool:
        if self.absent:
            return value is None
        if self.equals is not None:
            return bool(value == self.equals) or str(value) == str(self.equals)
        return value is not None and (not self.matches or re2.search(self.matches, str(value)) is not None)


def field(body: Any, path: str) -> Any:
    """The value at `spec.ports[0].targetPort`, or None. A key with dots stands in brackets: `labels[app.x/y]`."""
    for key, index in _PART.findall(path):
        if index and isinstance(body, list) and index.isdecimal():
            body = body[int(index)] if int(index) < len(body) else None
        else:
            body = body.get(key or index) if isinstance(body, dict) else None
    return body


_PART = re2.compile(r"([^.\[\]]+)|\[([^\]]*)\]")


def _brief(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else type(value).__name__


class UnchangedCheck(Check, tag="unchanged", kw_only=True):
    """Objects that must be as they were: nobody may repair one thing by rebuilding another."""

    refs: list[Line]

    def verdict(self, world: World) -> Verdict:
        for ref in self.refs:
            before, now = ({o.key: wanted(o) for o in select(c, ref)} for c in (world.start, world.cluster))
            if before != now:
                return Verdict(0, "Changed", {"object": ref})
        return Verdict(1, "Unchanged", {"object": ", ".join(self.refs)})


class RenewedCheck(Check, tag="renewed", kw_only=True):
    """Every object that `ref` selects now is another than at the start: made anew, not merely changed."""

    ref: Line

    def verdict(self, world: World) -> Verdict:
        before, now = ({o.uid: o.ref for o in select(c, self.ref)} for c in (world.start, world.cluster))
        old = sorted(ref for uid, ref in now.items() if uid in before)
        if not now:
            return Verdict(0, "ObjectMissing", {"object": self.ref})
        said = {"object": old[0] if old else self.ref, "old": len(old)}
        return Verdict(1 - len(old) / len(now), "StillOld" if old else "AllNew", said)


def wanted(obj: Obj) -> dict[str, Any]:
    """What users say of an object; what controllers write of it does not count."""
    metadata = {k: obj.metadata.get(k) for k in ("labels", "annotations", "uid")}
    return {**{k: v for k, v in obj.body.items() if k not in ("metadata", "status")}, **metadata}
