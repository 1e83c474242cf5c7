"""An author plays the start or the solution: a lab, and what was done in it as steps and checks."""

from typing import Any, NamedTuple

import msgspec

from .. import queries
from ..cluster.state import Cluster
from ..engine import Request
from ..lessons.checks import AnyCheck, RequestCheck
from ..lessons.content import content_from
from ..lessons.demonstration import Done, Event, Looked, Sent, proposals, steps_of
from ..lessons.opening import opened
from ..lessons.places import Unknown, address, sources
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


def begin(exercise: Exercise, learner: str, part: str = Demonstration.SOLUTION) -> Demonstration:
    """A lab in which *part* is played: the solution from the exercise's start as it is stored now, the start from the
    scenario itself. An earlier demonstration is forgotten."""
    if exercise.faults and part == Demonstration.SOLUTION:
        raise Refused(Problem("demonstrate_faults", "faults"))
    content = content_as_stored(exercise) | ({"start": []} if part == Demonstration.START else {})
    try:
        start = opened(content_from(content))
    except (msgspec.ValidationError, *CANNOT) as error:
        raise Refused(Problem(str(error), "start")) from error
    with one_writer():
        Lab.objects.filter(demonstration__exercise=exercise).delete()
        lab = open_at(start, learner, exercise.scenario, exercise.title_ko)
        made: Demonstration = Demonstration.objects.create(
            exercise=exercise, lab=lab, content=content, part=part, since=lab.rv
        )
    return made


def shown(demonstration: Demonstration) -> Shown:
    """What was done since the start (or the last reset; what was undone does not count), and what came of it.

    Checks of a solution fail before it and hold after it; what the start breaks is what held before it.
    """
    start, lab = opened(content_from(demonstration.content)), demonstration.lab
    events = _events(lab, _since(demonstration))
    asked = [event.request for event in events if isinstance(event, Sent)]
    looks = tuple(event.line for event in events if isinstance(event, Looked))
    end = World.resting(queries.snapshot(lab), lab.now(), began=start, commands=looks)
    if demonstration.part == Demonstration.START:
        done = [event for event in events if isinstance(event, Done)]
        return Shown(steps_of(start, done)[:MOST_STEPS], _proposed(demonstration, end, World(*start), asked))
    return Shown(steps_of(start, events)[:MOST_STEPS], _proposed(demonstration, World(*start), end, asked))


def _proposed(demonstration: Demonstration, before: World, after: World, asked: list[Request]) -> list[AnyCheck]:
    """By the requests that were sent; where none of them tells, by the examples of the scenario."""
    found = proposals(before, after, asked)
    if any(isinstance(check, RequestCheck) for check in found):
        return found
    return proposals(before, after, _worth(demonstration, after.cluster))


def _worth(demonstration: Demonstration, cluster: Cluster) -> list[Request]:
    """The scenario's own examples."""
    found = []
    for preset in demonstration.exercise.scenario.presets:
        try:
            places = sources(cluster, preset.get("source", "internet"))
            more = {name: preset[name] for name in ("method", "headers", "connect_to") if preset.get(name)}
            found += [Request(address(cluster, preset["url"]), place, **more) for place in places]
        except Unknown:
            continue
    return found


def _since(demonstration: Demonstration) -> int:
    resets = demonstration.lab.actions.filter(verb="reset", redo_rv=None)
    last = resets.order_by("-id").values_list("after_rv", flat=True).first()
    return max(demonstration.since, last or 0)


def _events(lab: Lab, since: int) -> list[Event]:
    """What was done, sent and looked at in the order in which it happened, each in the version in which it was."""
    found: list[tuple[int, int, int, Event]] = []
    for action in lab.actions.filter(before_rv__gte=since, redo_rv=None).order_by("id"):
        changes = [row.entry() for row in action.changes.order_by("rv")]
        found.append((action.before_rv, 2, action.id, Done(action.command, changes)))
    for row in lab.traces.filter(number__gt=0, rv__gte=since).order_by("number"):
        found.append((row.rv, 1, row.number, Sent(msgspec.convert(row.request, Request))))
    for terminal in lab.terminals.all():
        looked = [(rv, line) for rv, line in terminal.memory.get("looked", ()) if rv >= since]
        found += [(rv, 0, n, Looked(line)) for n, (rv, line) in enumerate(looked)]
    return [event for *_, event in sorted(found, key=lambda row: row[:3])]


def take(demonstration: Demonstration, steps: list[int], checks: list[int]) -> Exercise:
    """The chosen steps become the part that was played, in place of what there was; the chosen checks are added."""
    found, exercise = shown(demonstration), demonstration.exercise
    chosen = [_short(msgspec.to_builtins(step)) for n, step in enumerate(found.steps) if n in steps]
    known = {_bare(check) for check in exercise.checks}
    added = [msgspec.to_builtins(check) for n, check in enumerate(found.checks) if n in checks]
    added = [_named(check, exercise.checks) for check in added if _bare(check) not in known]
    if len(exercise.checks) + len(added) > MOST_CHECKS:
        raise Refused(Problem("demonstrate_full", "checks"))
    save(exercise, {demonstration.part: chosen, "checks": [*exercise.checks, *map(_short, added)]})
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
    empty: tuple[Any, ...] = ("", None, [], {})
    return {k: v for k, v in part.items() if v not in empty and (v is not False or k == "equals")}
