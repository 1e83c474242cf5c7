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
from ..lessons.packs import FAILS
from ..lessons.places import Unknown, address, general_address, general_place, sources
from ..lessons.schema import brief
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
    likely: int = 0
    """So many of the checks, from the first on, are what the author most likely wants."""


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
        steps = steps_of(start, [event for event in events if isinstance(event, Done)])
        checks, likely = _proposed(demonstration, end, World(*start), asked)
    else:
        steps = steps_of(start, events)
        checks, likely = _proposed(demonstration, World(*start), end, asked)
    named = [_titled(check, demonstration.exercise.scenario.presets, start.cluster) for check in checks]
    return Shown(steps[:MOST_STEPS], named, likely)


def _proposed(
    demonstration: Demonstration, before: World, after: World, asked: list[Request]
) -> tuple[list[AnyCheck], int]:
    """By the requests that were sent, each likely wanted; where none of them tells, by the examples of the scenario,
    of which one will do."""
    found = proposals(before, after, asked)
    sent = [check for check in found if isinstance(check, RequestCheck)]
    if sent:
        return found, len(sent)
    return proposals(before, after, _worth(demonstration, after.cluster)), 1


def _titled(check: AnyCheck, presets: list[dict[str, Any]], cluster: Cluster) -> AnyCheck:
    """A request that is an example of the scenario is called as it is there."""
    if not isinstance(check, RequestCheck):
        return check
    for preset in presets:
        source = general_place(cluster, next(iter(_sources(cluster, preset)), ""))
        if (check.url, check.source) == (general_address(cluster, _url(cluster, preset)), source):
            labels = {f"title_{la}": preset.get(f"label_{la}", "").removeprefix(FAILS).strip() for la in ("ko", "en")}
            return msgspec.structs.replace(check, **labels)
    return check


def _worth(demonstration: Demonstration, cluster: Cluster) -> list[Request]:
    """The scenario's own examples."""
    found = []
    for preset in demonstration.exercise.scenario.presets:
        more = {name: preset[name] for name in ("method", "headers", "connect_to") if preset.get(name)}
        found += [Request(_url(cluster, preset), place, **more) for place in _sources(cluster, preset)]
    return [request for request in found if request.url]


def _sources(cluster: Cluster, preset: dict[str, Any]) -> list[str]:
    return sources(cluster, preset.get("source", "internet"))


def _url(cluster: Cluster, preset: dict[str, Any]) -> str:
    """Empty where it names something that this cluster does not have."""
    try:
        return address(cluster, preset["url"])
    except Unknown:
        return ""


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
    chosen = [brief(step) for n, step in enumerate(found.steps) if n in steps]
    known = {_bare(check) for check in exercise.checks}
    added = [brief(check) for n, check in enumerate(found.checks) if n in checks]
    added = [_named(check, exercise.checks) for check in added if _bare(check) not in known]
    if len(exercise.checks) + len(added) > MOST_CHECKS:
        raise Refused(Problem("demonstrate_full", "checks"))
    save(exercise, {demonstration.part: chosen, "checks": [*exercise.checks, *added]})
    return exercise


def _bare(check: dict[str, Any]) -> bytes:
    """What a check asks, whatever it is called."""
    asks = brief(msgspec.convert({**check, "id": "", "title_ko": "", "title_en": "", "weight": 1}, AnyCheck))
    return msgspec.json.encode(asks, order="sorted")


def _named(check: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """An id that no other check has."""
    taken = {str(other.get("id", "")) for other in others}
    numbers = (f"{check['id']}{end}" for end in ("", *(f"-{n}" for n in range(2, MOST_CHECKS + 2))))
    return {**check, "id": next(id for id in numbers if id not in taken)}
