"""What an exercise holds, as data: where it starts, what is wanted, help, and a solution."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from .checks import AnyCheck, Question
from .setting import Setting
from .steps import Answer, Steps, Text

Title = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(max_length=60)]
T = TypeVar("T", bound="Task")
FaultKind = Literal[
    "selector_typo",
    "wrong_target_port",
    "wrong_port",
    "unready_pods",
    "crashing_pods",
    "no_pods",
    "missing_endpoints",
    "wrong_class",
    "host_typo",
    "path_slash",
    "firewall_closed",
    "service_after_pod",
    "policy_denies",
]


class Hint(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`cost` in points; with `when` it is offered once a check fails for one of these reasons."""

    text_ko: Text
    text_en: Text = ""
    cost: Annotated[int, Meta(ge=0, le=100)] = 1
    when: Annotated[list[Code], Meta(max_length=20)] = []


class Faults(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, rename={"kinds": "from"}):
    """`count` faults, of the kinds in `from` (any, if it is empty); with the learner's own number, `seed` decides."""

    seed: Annotated[int, Meta(ge=0, le=2**31)] = 0
    count: Annotated[int, Meta(ge=1, le=6)] = 2
    kinds: Annotated[list[FaultKind], Meta(max_length=20)] = []


class Task(msgspec.Struct, kw_only=True):
    """The working parts of an exercise: what the engine needs to open, grade and prove it."""

    start: Steps = []
    faults: Faults | None = None
    checks: Annotated[list[AnyCheck], Meta(max_length=40)] = []
    hints: Annotated[list[Hint], Meta(max_length=12)] = []
    solution: Steps = []
    par: Annotated[int, Meta(ge=0, le=100)] = 1
    points: Annotated[int, Meta(ge=0, le=1000)] = 10


class Content(Task, kw_only=True):
    """A version of an exercise, complete in itself: its words and its scenario's cluster too."""

    setting: Setting
    title_ko: Title
    title_en: Title = ""
    text_ko: Text = ""
    text_en: Text = ""
    done_ko: Text = ""
    done_en: Text = ""

    def said(self, field: str, language: str) -> str:
        """*field* in the reader's language, else in Korean."""
        return str(getattr(self, f"{field}_{language}") or getattr(self, f"{field}_ko"))


def content_from(stored: dict[str, Any]) -> Content:
    """What was stored. Raises msgspec.ValidationError."""
    return numbered(msgspec.convert(stored, Content))


def numbered(task: T) -> T:
    """Every check has an id: its own, or one by its place."""
    checks = [c if c.id else msgspec.structs.replace(c, id=f"check-{n}") for n, c in enumerate(task.checks, 1)]
    return msgspec.structs.replace(task, checks=checks)


def problems(task: Task) -> list[tuple[str, str]]:
    """What the types alone cannot say: (path of the field, what is wrong)."""
    found = [
        (f"checks[{i}].{field}", wrong)
        for i, check in enumerate(task.checks)
        for field, _, wrong in (problem.partition(": ") for problem in check.problems())
    ]
    ids = [check.id for check in numbered(task).checks]
    found += [(f"checks[{i}].id", f"{id!r} is taken by another check") for i, id in enumerate(ids) if id in ids[:i]]
    questions = {c.id for c in numbered(task).checks if isinstance(c, Question)}
    for i, step in enumerate(task.solution):
        if isinstance(step, Answer) and step.check not in questions:
            found.append((f"solution[{i}].check", f"{step.check!r} is no question among the checks"))
    if any(isinstance(step, Answer) for step in task.start):
        found.append(("start", "an answer belongs to the solution"))
    return found
