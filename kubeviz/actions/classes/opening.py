"""A class is made, closed, opened again; its join code renewed."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from ...models import Classroom, Exercise, JoinCode, Scenario
from ..errors import Problem, Refused
from ..labs import open_lab
from ..writing import one_writer
from .names import clean_name
from .planning import Planned, append_items
from .writing import changing, store


def create_class(owner: Any, name: str, planned: Planned, learner: str) -> Classroom:
    """A class of *owner*'s with a plan; *learner* is the owner's browser, which gets the lab that is shown."""
    if not planned:
        raise Refused(Problem("plan_empty", "items"))
    with one_writer():
        classroom = Classroom(name=clean_name(name, most=80), owner=owner)
        classroom.save(force_insert=True)
        JoinCode.objects.create(classroom=classroom)
        append_items(classroom, planned)
        classroom.item = classroom.plan.first()
        classroom.lab = open_lab(_scenario(planned[0]), learner)
        classroom.save()
    return classroom


def _scenario(what: Scenario | Exercise) -> Scenario:
    return what.scenario if isinstance(what, Exercise) else what


def show_lab(classroom_id: str, scenario: Scenario, learner: str) -> str:
    """The instructor opens another lab to show; its id."""
    lab = open_lab(scenario, learner)
    with changing(classroom_id) as classroom:
        classroom.lab, classroom.spotlight, classroom.spotlight_lab = lab, None, None
        classroom.pointer, classroom.pointer_rv = {}, classroom.rv
        store(classroom, "lab", "spotlight", "spotlight_lab", "pointer", "pointer_rv")
    return lab.id


def rename_class(classroom_id: str, name: str) -> None:
    with changing(classroom_id) as classroom:
        classroom.name = clean_name(name, most=80)
        store(classroom, "name")


def renew_code(classroom_id: str) -> None:
    """A new code lets people in; the old one only brings back those who are in already."""
    with changing(classroom_id) as classroom:
        classroom.codes.filter(ended=None).update(ended=timezone.now())
        JoinCode.objects.create(classroom=classroom)
        classroom.joinable = True
        store(classroom, "joinable")


def set_joinable(classroom_id: str, joinable: bool) -> None:
    with changing(classroom_id) as classroom:
        classroom.joinable = joinable
        store(classroom, "joinable")


def close_class(classroom_id: str) -> None:
    """The lesson is over: every learner's line ends; results stay until the retention is over."""
    with changing(classroom_id) as classroom:
        classroom.closed = timezone.now()
        classroom.codes.filter(ended=None).update(ended=classroom.closed)
        classroom.mode, classroom.paused, classroom.timer_ends = Classroom.LOBBY, False, None
        classroom.spotlight = classroom.spotlight_lab = None
        store(classroom, "closed", "mode", "paused", "timer_ends", "spotlight", "spotlight_lab")


def reopen_class(classroom_id: str) -> None:
    """Everybody who sat in it may come back; new ones join with a new code."""
    with changing(classroom_id, closed=True) as classroom:
        classroom.closed = None
        classroom.joinable = True
        JoinCode.objects.create(classroom=classroom)
        store(classroom, "closed", "joinable")


def add_helper(classroom_id: str, username: str) -> None:
    user = User.objects.filter(username=username.strip(), is_staff=True, is_active=True).first()
    if user is None:
        raise Refused(Problem("no_such_instructor", "username"), code=404)
    with changing(classroom_id, closed=True) as classroom:
        classroom.helpers.add(user)


def remove_helper(classroom_id: str, username: str) -> None:
    with changing(classroom_id, closed=True) as classroom:
        classroom.helpers.remove(*classroom.helpers.filter(username=username))
