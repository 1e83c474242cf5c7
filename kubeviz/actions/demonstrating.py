"""An author plays the solution: a lab at the exercise's start, and what was done in it as steps and checks."""

from typing import Any, NamedTuple

import msgspec

from .. import queries
from ..engine import Request
from ..lessons.checks import AnyCheck
from ..lessons.content import content_from
from ..lessons.demonstration import Done, Sent, proposals, steps_of
from ..lessons.opening import opened
from ..lessons.steps import AnyStep
from ..lessons.world import CANNOT, World
from ..models import Demonstration, Exercise, Lab
from .attempts import content_as_stored
from .authoring import save
from .errors import Problem, Refused
from .labs import open_at
from .writing import one_writer

MOST_STEPS = 40
MOST_CHECKS = 40


class Shown(NamedTuple):
    """What a demonstration came to; nothing of it is the exercise's yet."""

    steps: list[AnyStep]
    checks: list[AnyCheck]


def begin(exercise: Exercise, learner: str) -> Demonstration:
    """A lab at the start of the exercise as it is stored now; an earlier demonstration is forgotten."""
    if exercise.faults:
        raise Refused(Problem("demonstrate_faults", "faults"))
    content = content_as_stored(exercise)
    try:
        start = opened(content_from(content))
    except (msgspec.ValidationError, *CANNOT) as error:
        raise Refused(Problem(str(error), "start")) from error
    with one_writer():
        Lab.objects.filter(demonstration__exercise=exercise).delete()
        lab = open_at(start, learner, exercise.scenario, exercise.title_ko)
        made: Demonstration = Demonstration.objects.create(exercise=exercise, lab=lab, content=content, since=lab.rv)
    return made


def shown(demonstration: Demonstration) -> Shown:
    """What was done since the start (or the last reset; what was undone does not count), and what came of it."""
    start, lab = opened(content_from(demonstration.content)), demonstration.lab
    since = _since(demonstration)
    events = _events(lab, since)
    end = World.resting(queries.snapshot(lab), lab.now(), began=start)
    requests = [event.request for event in events if isinstance(event, Sent)]
    return Shown(steps_of(start, events)[:MOST_STEPS], proposals(World(*start), end, requests))


def _since(demonstration: Demonstration) -> int:
    resets = demonstration.lab.actions.filter(verb="reset", redo_rv=None)
    last = resets.order_by("-id").values_list("after_rv", flat=True).first()
    return max(demonstration.since, last or 0)


def _events(lab: Lab, since: int) -> list[Done | Sent]:
    """Actions and requests in the order in which they happened: a request belongs to the version it travelled in."""
    found: list[tuple[int, int, int, Done | Sent]] = []
    for action in lab.actions.filter(before_rv__gte=since, redo_rv=None).order_by("id"):
        changes = [row.entry() for row in action.changes.order_by("rv")]
        found.append((action.before_rv, 1, action.id, Done(action.command, changes)))
    for row in lab.traces.filter(number__gt=0, rv__gte=since).order_by("number"):
        found.append((row.rv, 0, row.number, Sent(msgspec.convert(row.request, Request))))
    return [event for *_, event in sorted(found, key=lambda row: row[:3])]


def take(demonstration: Demonstration, steps: list[int], checks: list[int]) -> Exercise:
    """The chosen steps become the solution, in place of the one there was; the chosen checks are added."""
    found, exercise = shown(demonstration), demonstration.exercise
    solution = [msgspec.to_builtins(step) for n, step in enumerate(found.steps) if n in steps]
    known = {_bare(check) for check in exercise.checks}
    added = [msgspec.to_builtins(check) for n, check in enumerate(found.checks) if n in checks]
    added = [_named(check, exercise.checks) for check in added if _bare(check) not in known]
    if len(exercise.checks) + len(added) > MOST_CHECKS:
        raise Refused(Problem("demonstrate_full", "checks"))
    save(exercise, {"solution": [_short(s) for s in solution], "checks": [*exercise.checks, *map(_short, added)]})
    return exercise


def _bare(check: dict[str, Any]) -> bytes:
    return msgspec.json.encode({k: v for k, v in sorted(_short(check).items()) if k not in ("id", "weight")})


def _named(check: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """An id that no other check has."""
    taken = {str(other.get("id", "")) for other in others}
    numbers = (f"{check['id']}{end}" for end in ("", *(f"-{n}" for n in range(2, MOST_CHECKS + 2))))
    return {**check, "id": next(id for id in numbers if id not in taken)}


def _short(part: dict[str, Any]) -> dict[str, Any]:
    """Without what goes without saying."""
    return {name: value for name, value in part.items() if value not in ("", None, [], {}) and value is not False}
