"""When a class is over: personal data go, after the retention or at once."""

from django.db.models import Q
from django.utils import timezone

from ... import live, queries
from ...models import Attempt, Classroom, Lab, Question, Seat
from ..errors import Problem, Refused
from .conducting import replays_of
from .writing import changing

MOST_DAYS = 3650


def set_retention(classroom_id: str, days: int) -> None:
    """So many days after it was closed, the class forgets who was in it."""
    if not 0 <= days <= MOST_DAYS:
        raise Refused(Problem("days_wrong", "days"))
    with changing(classroom_id, closed=True) as classroom:
        classroom.retention_days = days
        classroom.save(update_fields=["retention_days"])


def delete_personal_data(classroom_id: str) -> int:
    """Names, codes, votes, labs, attempts: everything of everybody who sat in it. How many that were."""
    with changing(classroom_id, closed=True) as classroom:
        seats = Seat.objects.filter(classroom=classroom)
        learners = list(seats.values_list("learner", flat=True))
        theirs = Q(cells__classroom=classroom) | Q(owner=replays_of(classroom_id))
        labs = list(Lab.objects.filter(theirs).distinct().values_list("pk", flat=True))
        Attempt.objects.filter(learner__in=learners, exercise__item__classroom=classroom).delete()
        Lab.objects.filter(pk__in=labs).delete()
        classroom.spotlight = classroom.spotlight_lab = None
        classroom.seated = 0
        classroom.shown_rv = classroom.rv
        classroom.save(update_fields=["spotlight", "spotlight_lab", "seated", "shown_rv"])
        Question.objects.filter(classroom=classroom).delete()
        classroom.misconceptions.all().delete()
        count = len(learners)
        seats.delete()
    for lab_id in labs:
        queries.forget(lab_id)
        live.publish(lab_id, gone=True)
    return count


def delete_class(classroom_id: str) -> None:
    """The class itself, with everything in it."""
    delete_personal_data(classroom_id)
    Classroom.objects.filter(pk=classroom_id).delete()
    live.publish_class(classroom_id, gone=True)


def sweep() -> int:
    """Delete the personal data of classes whose retention is over; how many learners that were."""
    closed = Classroom.objects.filter(closed__isnull=False, seats__isnull=False).distinct()
    over = [c.pk for c in closed if c.delete_after and c.delete_after <= timezone.now()]
    return sum(delete_personal_data(pk) for pk in over)
