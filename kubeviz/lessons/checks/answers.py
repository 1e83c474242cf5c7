"""`prediction`, `choice`, `text`: what a learner says. A prediction is revealed by the request itself."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ...cluster.state import Cluster
from ...engine import Request
from ..places import Unknown, address, sources
from ..world import Answered, World
from .check import Check, Line, Text, Verdict
from .outcomes import url_problem

Record = dict[str, Any]
"""A trace as it is stored and written."""
NOBODY = "none"


class Question(Check, kw_only=True):
    """`ask_*` is the question; `why_*` is said once it has been answered."""

    ask_ko: Text = ""
    ask_en: Text = ""
    why_ko: Text = ""
    why_en: Text = ""


class Prediction(Question, tag="prediction", kw_only=True, rename={"source": "from"}):
    """Where will this request go? `outcome` asks for the verdict, `status` for the number of the answer, `pod` for who
    answers, `stop` for where it ends, `port` for the port at which it arrives, `node` for the machine. The first
    answer counts: then it is sent."""

    source: Line = "internet"
    url: Line
    headers: dict[str, str] = {}
    about: Literal["outcome", "status", "pod", "stop", "port", "node"] = "outcome"

    def problems(self) -> list[str]:
        return url_problem("url", self.url)

    def request(self, cluster: Cluster) -> Request:
        """Raises Unknown, InvalidRequest."""
        found = sources(cluster, self.source)
        if not found:
            raise Unknown(self.source)
        return Request(address(cluster, self.url), found[0], headers=self.headers)

    def judge(self, value: str, record: Record, trace: str = "") -> Answered:
        return Answered(value, tuple(actual(self.about, record)), trace=trace)

    def verdict(self, world: World) -> Verdict:
        said = world.answers.get(self.id)
        if said is None:
            return Verdict(0, "NotPredicted")
        params = {"value": said.value, "actual": list(said.actual), "about": self.about}
        return Verdict(int(said.right), "PredictedRight" if said.right else "PredictedOtherwise", params, done=True)


def actual(about: str, record: Record) -> list[str]:
    """Every answer that is right: where a Service may choose, each pod it could have chosen."""
    status = [str(record["http"]["status"])] if record["http"] else []
    if about == "status":
        return status or [NOBODY]
    if about == "outcome":
        return [record["verdict"], record["reason"], *status]
    if about == "pod":
        return record["endpoints"] if record["served_by"] else [NOBODY]
    last = [hop for hop in record["hops"] if hop["edge"] or hop["steps"]]
    if about == "stop":
        return list(dict.fromkeys(hop["object"] for hop in last[-1:])) or [NOBODY]
    if about == "port":
        return [p for p in (hop["packet"]["dst"].rpartition(":")[2] for hop in last[-1:]) if p.isdecimal()] or [NOBODY]
    return [ref for ref in dict.fromkeys(_nodes(record)) if ref] or [NOBODY]


def _nodes(record: Record) -> list[str]:
    """The machines whose doors the packet used."""
    parts = [hop["object"].split("/") for hop in record["hops"]]
    return [f"node/{p[1]}" for p in parts if p[0] in ("node", "nodeport") and len(p) > 1]


class Option(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    value: Annotated[str, Meta(min_length=1, max_length=80)]
    ko: Line
    en: Line = ""


class Choice(Question, tag="choice", kw_only=True):
    """One of some options; each wrong try halves what the right one earns."""

    options: Annotated[list[Option], Meta(min_length=2, max_length=10)]
    right: Line

    def problems(self) -> list[str]:
        if self.right not in [o.value for o in self.options]:
            return [f"right: {self.right!r} is none of the options"]
        return []

    def judge(self, value: str, before: Answered | None) -> Answered:
        return Answered(value, (self.right,), tries=(before.tries if before else 0) + 1)

    def verdict(self, world: World) -> Verdict:
        return _answered(world.answers.get(self.id))


class TextAnswer(Question, tag="text", kw_only=True):
    """Something to type: one of `answers`, letter case and blanks at the ends aside, or a number. An answer may be a
    placeholder such as `{order}`, for what differs from lab to lab."""

    answers: Annotated[list[Line], Meta(min_length=1, max_length=20)]
    number: bool = False

    def problems(self) -> list[str]:
        if self.number:
            return [f"answers: {a!r} is no number" for a in self.answers if "{" not in a and _number(a) is None]
        return []

    def judge(self, value: str, before: Answered | None, cluster: Cluster) -> Answered:
        right = [self._plain(found) for found in (_known(cluster, a) for a in self.answers) if found is not None]
        given = self._plain(value)
        actual = tuple(str(r) for r in right)
        return Answered(str(given), actual, tries=(before.tries if before else 0) + 1)

    def _plain(self, text: str) -> str:
        number = _number(text) if self.number else None
        return f"{number:g}" if number is not None else " ".join(text.split()).casefold()

    def verdict(self, world: World) -> Verdict:
        return _answered(world.answers.get(self.id))


def _number(text: str) -> float | None:
    try:
        found = float(text.replace(",", "").strip())
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None


def _known(cluster: Cluster, text: str) -> str | None:
    try:
        return address(cluster, text)
    except Unknown:
        return None


def _answered(said: Answered | None) -> Verdict:
    if said is None:
        return Verdict(0, "NotAnswered")
    if not said.right:
        return Verdict(0, "AnsweredOtherwise", {"value": said.value, "tries": said.tries})
    return Verdict(0.5 ** (said.tries - 1), "AnsweredRight", {"value": said.value, "tries": said.tries}, done=True)
