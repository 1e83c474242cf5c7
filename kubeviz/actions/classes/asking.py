"""Predict, then reveal: votes are counted as they come and hidden until the packet has run."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import F

from ... import queries
from ...engine import InvalidRequest, Request
from ...engine import trace as trace_request
from ...models import Classroom, Lab, Question, Seat, Tally, Trace, Vote
from ..errors import Problem, Refused
from ..sending import send
from .seats import seat_of
from .writing import changing, store

VERDICTS = ("delivered", "refused", "timeout", "http_error", "dns_error")
LAST_ROUND = 2


def ask(classroom_id: str, kind: str, request: Request) -> Question:
    """Ask the class about a request in the shown lab, before it is sent."""
    if kind not in Question.KINDS:
        raise Refused(Problem("question_kind", "kind"), code=400)
    with changing(classroom_id) as classroom:
        if classroom.lab is None:
            raise Refused(Problem("no_lab_yet", "lab"), code=409)
        _must_be_sendable(classroom.lab, request)
        _put_away(classroom)
        question = Question.objects.create(
            classroom=classroom,
            lab=classroom.lab,
            kind=kind,
            request=msgspec.to_builtins(request),
            choices=list(VERDICTS) if kind == Question.VERDICT else [],
            rv=classroom.rv,
        )
        classroom.mode = Classroom.FOLLOW
        classroom.spotlight = classroom.spotlight_lab = None
        classroom.pointer, classroom.pointer_rv = {}, classroom.rv  # the last journey would give the answer away
        store(classroom, "mode", "spotlight", "spotlight_lab", "pointer", "pointer_rv")
    return question


def _must_be_sendable(lab: Lab, request: Request) -> None:
    try:
        trace_request(queries.snapshot(lab), request)
    except InvalidRequest as error:
        raise Refused(Problem(str(error), error.field)) from error


def _put_away(classroom: Classroom) -> None:
    classroom.questions.filter(over=False).update(over=True, rv=classroom.rv)


def vote(classroom_id: str, seat_id: int, question_id: int, choice: str) -> None:
    """A learner's prediction; it can be changed until it is revealed."""
    with changing(classroom_id) as classroom:
        seat = seat_of(classroom, seat_id)
        question = _open(classroom, question_id)
        if choice not in _choices(question):
            raise Refused(Problem("choice_unknown", "choice"))
        before = Vote.objects.filter(question=question, round=question.round, seat=seat).first()
        if before is None:
            _first_vote(classroom, question, seat, choice)
        elif before.choice != choice:
            _count(classroom, question, before.choice, -1)
            before.choice = choice
            before.save(update_fields=["choice"])
            _count(classroom, question, choice, 1)


def _first_vote(classroom: Classroom, question: Question, seat: Seat, choice: str) -> None:
    try:
        with transaction.atomic():
            Vote.objects.create(question=question, round=question.round, seat=seat, choice=choice)
    except IntegrityError:  # a double click
        return
    _count(classroom, question, choice, 1)
    _count(classroom, question, "", 1)


def _count(classroom: Classroom, question: Question, choice: str, more: int) -> None:
    """One row a choice, and one with no choice for the sum that the projector may show."""
    key = {"question": question, "round": question.round, "choice": choice}
    tally, _ = Tally.objects.get_or_create(**key, defaults={"classroom": classroom})
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + more, rv=classroom.rv)


def _open(classroom: Classroom, question_id: int) -> Question:
    question = classroom.questions.filter(pk=question_id, over=False, state=Question.OPEN).first()
    if question is None:
        raise Refused(Problem("question_closed", "question"), code=409)
    return question


def _choices(question: Question) -> set[str]:
    """What may be chosen: the verdicts, or what stands on the stage."""
    if question.kind == Question.VERDICT:
        return set(question.choices)
    if question.lab is None:
        return set()
    elements = queries.picture(question.lab).elements
    return {id for id, element in elements.items() if element["type"] != "edge"}


def second_round(classroom_id: str, question_id: int) -> None:
    """After they have talked to each other, everybody votes once more; the first votes are kept."""
    with changing(classroom_id) as classroom:
        question = _open(classroom, question_id)
        if question.round >= LAST_ROUND:
            raise Refused(Problem("question_rounds", "question"), code=409)
        question.round, question.rv = question.round + 1, classroom.rv
        question.save(update_fields=["round", "rv"])


def reveal(classroom_id: str, question_id: int) -> Trace:
    """The packet runs. What it did is the answer; the histogram comes with it."""
    question = Question.objects.filter(pk=question_id, classroom=classroom_id, state=Question.OPEN).first()
    if question is None or question.lab_id is None:
        raise Refused(Problem("question_closed", "question"), code=409)
    trace = send(question.lab_id, msgspec.convert(question.request, Request))[-1]
    with changing(classroom_id) as classroom:
        question = _open(classroom, question_id)
        question.state, question.trace, question.rv = Question.SHOWN, trace, classroom.rv
        question.right = right_answers(question.kind, trace.result)
        question.save(update_fields=["state", "trace", "right", "rv"])
        classroom.pointer = {"trace": trace.pk, "view": "taught", "index": 0, "playing": True}
        classroom.pointer_rv = classroom.rv
        classroom.save(update_fields=["pointer", "pointer_rv"])
    return trace


def right_answers(kind: str, result: Mapping[str, Any]) -> list[str]:
    """Where it went comes first; then the other endpoints that it might as well have gone to."""
    if kind == Question.VERDICT:
        return [result["verdict"]]
    if result["served_by"]:
        others = [pod for pod in result["endpoints"] if pod != result["served_by"]]
        return [result["served_by"], *others]
    taught = [hop["object"] for hop in result["hops"] if hop["view"] in ("both", "taught")]
    return taught[-1:]


def put_away(classroom_id: str) -> None:
    with changing(classroom_id) as classroom:
        _put_away(classroom)
