"""Playing steps as a learner would: what they change, what they send, what they answer, and the commands they leave."""

from collections.abc import Iterable

from ..engine import InvalidRequest, Request, trace
from .checks import Choice, Prediction, Question, TextAnswer
from .content import Content
from .opening import opened
from .places import Unknown, address, sources
from .steps import Answer, AnyStep, Send, StepFailed
from .world import Answered, World, after


def played(content: Content, steps: Iterable[AnyStep]) -> World:
    """The world after *steps* from the start of a realised exercise. Raises one of `world.CANNOT`."""
    start = opened(content)
    at, commands, answers = start, [], dict[str, Answered]()
    for step in steps:
        if isinstance(step, Answer):
            question = next(c for c in content.checks if isinstance(c, Question) and c.id == step.check)
            answers[step.check] = answered(question, step.value, World(*at), answers.get(step.check))
            continue
        if isinstance(step, Send):
            request_of(step, World(*at))
        at = after(at, [step])
        commands.append(step.command())
    return World(*at, began=start, commands=tuple(commands), answers=answers)


def answered(question: Question, value: str, world: World, before: Answered | None) -> Answered:
    """A question's answer, judged in this world. Raises StepFailed."""
    if isinstance(question, Prediction):
        try:
            record = trace(world.cluster, question.request(world.cluster)).to_dict()
        except (Unknown, InvalidRequest) as error:
            raise StepFailed(f"{question.id}: {error}") from error
        return question.judge(place_of(value, world), record)
    if isinstance(question, Choice):
        return question.judge(value, before)
    assert isinstance(question, TextAnswer)
    return question.judge(resolved(value, world), before, world.cluster)


def place_of(value: str, world: World) -> str:
    """A pod that an author names by its labels, as its reference."""
    return next(iter(sources(world.cluster, value)), value) if "=" in value else value


def resolved(value: str, world: World) -> str:
    try:
        return address(world.cluster, value)
    except Unknown as error:
        raise StepFailed(f"there is no {error}") from error


def request_of(step: Send, world: World) -> Request:
    """What a step sends, in this world. Raises StepFailed."""
    places = sources(world.cluster, step.source)
    if not places:
        raise StepFailed(f"there is no {step.source} to send from")
    return Request(resolved(step.url, world), places[0])
