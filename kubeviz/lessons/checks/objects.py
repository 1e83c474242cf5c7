"""`object` and `unchanged`: what is written in an object. Behaviour says more: use these where it cannot."""

import re
from typing import Any

import re2

from ...cluster.objects import Obj
from ...cluster.references import select
from ...terminal.printers.jsonpath import JsonPathError, find, relaxed, text_of
from ..world import CANNOT, World
from .check import Check, CheckAfter, Line, Verdict

WRITTEN_BY_TOOLS = ("kubectl.kubernetes.io/", "deployment.kubernetes.io/")
"""Annotations that commands and controllers write: moments, and themselves."""


class ObjectCheck(CheckAfter, tag="object", kw_only=True):
    """One field of an object (of each that labels select): equals, matches, is a number of `least` or more, exists
    (which goes without saying) or is absent. `path` is kubectl's JSONPath, braces and first dot at will; without one
    the object itself is meant.
    """

    ref: Line
    path: Line = ""
    equals: str | int | float | bool | None = None
    matches: Line = ""
    least: float | None = None
    exists: bool = False
    absent: bool = False

    def problems(self) -> list[str]:
        wrong = []
        try:
            re2.compile(self.matches)
        except re2.error as error:
            wrong.append(f"matches: {error}")
        try:
            field({}, self.path)
        except JsonPathError as error:
            wrong.append(f"path: {error}")
        if self.absent and (self.exists or self.matches or self.equals is not None or self.least is not None):
            wrong.append("absent: what must be absent cannot have a value")
        return wrong

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
            objects = select(cluster, self.ref)
            values = [(o, field(o.body, self.path)) for o in objects]
        except JsonPathError as error:
            return Verdict(0, "CannotBeTried", {"why": f"{self.path}: {error}"})
        except CANNOT as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        said: dict[str, Any] = {"object": self.ref, "path": self.path}
        if not objects:
            there = self.absent and not self.path
            return Verdict(int(there), "ObjectGone" if there else "ObjectMissing", said)
        wrong = [(o, value) for o, value in values if not self._is(value)]
        said["value"] = _brief((wrong or values)[0][1])
        said["wanted"] = self._wanted()
        return Verdict(1 - len(wrong) / len(values), self._missing(said["value"]) if wrong else "FieldAsWanted", said)

    def _wanted(self) -> Any:
        if self.least is not None:
            return f"{self.least:g}"
        return self.matches if self.equals is None else _brief(self.equals)

    def _missing(self, value: Any) -> str:
        if self.absent:
            return "FieldThere" if self.path else "ObjectThere"
        if value is None:
            return "FieldMissing"
        return "FieldOtherwise" if self.least is None else "FieldTooSmall"

    def _is(self, value: Any) -> bool:
        if self.absent:
            return value is None
        if self.least is not None:
            return isinstance(value, int | float) and value >= self.least
        if self.equals is not None:
            return bool(value == self.equals) or (value is not None and text_of(value) == text_of(self.equals))
        return value is not None and (not self.matches or re2.search(self.matches, text_of(value)) is not None)


def field(body: Any, path: str) -> Any:
    """What kubectl would print at *path*: the value where it is one, several as text with spaces between, None for
    nothing. Raises JsonPathError."""
    if not path:
        return body
    try:
        found = [value for values in find(relaxed(_dotted(path)), body) for value in values]
    except JsonPathError as error:
        if "out of bounds" in str(error) or "cannot be filtered" in str(error) or "not array or slice" in str(error):
            return None
        raise
    if len(found) < 2:
        return found[0] if found else None
    return " ".join(map(text_of, found))


def _dotted(path: str) -> str:
    """The page writes a key with dots as `labels[app.x/y]`; to kubectl it is `labels.app\\.x/y`."""
    return _KEY.sub(lambda match: "." + match[1].replace(".", "\\."), path)


_KEY = re.compile(r"\[([A-Za-z][\w./-]*)\]")


def _brief(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else type(value).__name__


class UnchangedCheck(Check, tag="unchanged", kw_only=True):
    """Objects that must be as they were: nobody may repair one thing by rebuilding another."""

    refs: list[Line]

    def verdict(self, world: World) -> Verdict:
        for ref in self.refs:
            before, now = ({o.key: o for o in select(c, ref)} for c in (world.start, world.cluster))
            for key in dict.fromkeys([*before, *now]):
                code, path = changed(before.get(key), now.get(key))
                if code:
                    return Verdict(0, code, {"object": ref, "path": path})
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


def changed(before: Obj | None, now: Obj | None) -> tuple[str, str]:
    """How an object differs from what it was (nothing where it does not), and the field that does."""
    if before is None or now is None:
        return ("ChangedGone" if before else "ChangedAnew"), ""
    if before.uid != now.uid:
        return "ChangedAnew", ""
    path = first_difference(wanted(before), wanted(now))
    return ("Changed" if path else ""), path


def first_difference(one: Any, other: Any, path: str = "") -> str:
    """The path of the first field that differs, as deep as both have it."""
    if isinstance(one, dict) and isinstance(other, dict):
        steps = [(k, one.get(k), other.get(k)) for k in dict.fromkeys([*one, *other])]
        found = (first_difference(a, b, f"{path}.{k}".lstrip(".")) for k, a, b in steps if a != b)
        return next(found, "")
    return "" if one == other else path


def wanted(obj: Obj) -> dict[str, Any]:
    """What users say of an object; what controllers write of it does not count."""
    annotations = {k: v for k, v in obj.annotations.items() if not k.startswith(WRITTEN_BY_TOOLS)}
    metadata = {"labels": obj.labels, "annotations": annotations}
    return {**{k: v for k, v in obj.body.items() if k not in ("metadata", "status")}, **metadata}
