"""A learner at the terminal: lines typed into an exercise, and how it is graded then."""

from kubeviz.lessons.content import Content
from kubeviz.lessons.grading import Graded, grade
from kubeviz.lessons.opening import realise
from kubeviz.lessons.playing import played
from kubeviz.lessons.steps import Answer, Run
from tests.lessons.course import content


def done(slug: str, lines: list[str], told: bool = True) -> Graded:
    """*lines* typed; if *told*, every question is answered as the solution does."""
    exercise = realise(content(slug), 0)
    first, last = answers(exercise) if told else ([], [])
    return grade(exercise, played(exercise, [*first, *(Run(line=line) for line in lines), *last]))


def answers(exercise: Content) -> tuple[list[Answer], list[Answer]]:
    """The answers that come before anything is done, and those that come after."""
    start = next((n for n, step in enumerate(exercise.solution) if not isinstance(step, Answer)), 0)
    every = [(n, step) for n, step in enumerate(exercise.solution) if isinstance(step, Answer)]
    return [step for n, step in every if n < start], [step for n, step in every if n >= start]


def missing(graded: Graded) -> dict[str, str]:
    """What is not met, and the code of the reason."""
    return {check.id: verdict.code for check, verdict in graded.verdicts if not verdict.passed}
