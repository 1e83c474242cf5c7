"""Walking through a lesson: a lab to watch things in, and predictions that earn nothing but insight."""

from .. import queries
from ..models import Lab, Lesson, Visit
from .attempts import answers_to, question_named
from .errors import Refused
from .labs import open_lab
from .writing import one_writer

MOST_WATCHED = 50


def visit(lesson: Lesson, learner: str) -> Visit:
    """The learner's walk through a lesson, with a lab of its own; the same one however often it is asked for."""
    with one_writer():
        found, _ = Visit.objects.get_or_create(learner=learner, lesson=lesson)
        if found.lab_id is None:
            found.lab = open_lab(lesson.scenario, learner)
            found.save(update_fields=["lab"])
    return found


def watched(visit: Visit, number: int) -> None:
    """Something to watch was watched."""
    if not 0 <= number < MOST_WATCHED:
        raise Refused("there is nothing of that number to watch", code=404)
    with one_writer():
        visit.refresh_from_db()
        visit.watched = sorted({*visit.watched, number})
        visit.save(update_fields=["watched"])


def predict(visit: Visit, lab: Lab, name: str, value: str) -> None:
    """Say where a request will go; then it is sent."""
    answers_to(visit, lab, question_named(queries.predictions_of(visit.lesson), name), value)
