"""Working on an exercise: begin, ask for a hint, answer, be graded, start over, have the solution shown.

The server grades from its own state; of what a browser sends, only answers to questions count. Everything that
changes an attempt ends in the signal `attempt_changed`, so that others can keep their sums without recounting.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from django.dispatch import Signal
from django.utils import timezone

from .. import controllers, queries
from ..cluster.apiserver import Transaction
from ..lessons.checks import Choice, Counterexample, Prediction, Question, TextAnswer, Verdict, innermost
from ..lessons.content import Content
from ..lessons.grading import Graded, offered
from ..lessons.grading import grade as graded
from ..lessons.opening import opened
from ..lessons.places import Unknown
from ..lessons.playing import place_of, request_of, resolved
from ..lessons.steps import Answer, AnyStep, Run, Send
from ..lessons.world import CANNOT, Answered, World
from ..models import Attempt, Exercise, Lab, Trace, Version
from ..terminal import Session
from ..wording import ending_params
from .clock import advance
from .errors import Problem, Refused
from .labs import open_at
from .labs import reset as reset_lab
from .sending import InvalidRequest, affinity_of, keep, last_number, send
from .writing import locked, one_writer, write

attempt_changed = Signal()
"""Sent in the transaction of the change with `attempt` and `event`: started, restarted, graded, solved, hinted,
answered or shown."""

MOST_ANSWER = 300
KEPT_COUNTEREXAMPLES = 60
CONTENT = ("title", "text", "done")
PARTS = ("start", "faults", "checks", "hints", "solution", "par", "points")


def start(exercise: Exercise, learner: str) -> Attempt:
    """The learner's attempt with a lab of its own; the same one however often it is asked for."""
    with one_writer():
        known = Attempt.objects.filter(learner=learner, exercise=exercise).first()
        attempt = known or _new(exercise, learner)
        if attempt.lab_id is None:
            _open_lab(attempt, exercise)
        if known is None:
            _changed(attempt, "started")
    return attempt


def _new(exercise: Exercise, learner: str) -> Attempt:
    """Somebody else's click may have come first."""
    version, seed = version_of(exercise), number_of(learner, exercise.slug)
    defaults = {"version": version, "seed": seed}
    return Attempt.objects.get_or_create(learner=learner, exercise=exercise, defaults=defaults)[0]


def _open_lab(attempt: Attempt, exercise: Exercise) -> None:
    content = queries.content_of(attempt)
    lab = open_at(_opened(content), attempt.learner, exercise.scenario, content.title_ko)
    attempt.lab, attempt.since, attempt.step = lab, lab.rv, 0
    attempt.save()


def _opened(content: Content) -> Any:
    try:
        return opened(content)
    except CANNOT as error:
        raise Refused(f"this exercise cannot be opened: {error}") from error


def number_of(learner: str, slug: str) -> int:
    """The same learner meets the same faults again; another one others."""
    digest = hashlib.blake2b(f"{learner}/{slug}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> 1


def version_of(exercise: Exercise) -> Version:
    """The exercise as it is now; the same version as long as nobody changes it."""
    content = content_as_stored(exercise)
    latest = exercise.versions.order_by("-number").first()
    if latest is not None and latest.content == content:
        return latest
    number = (latest.number if latest else 0) + 1  # somebody else may be storing just this one
    return Version.objects.get_or_create(exercise=exercise, number=number, defaults={"content": content})[0]


def content_as_stored(exercise: Exercise) -> dict[str, Any]:
    words = {f"{field}_{language}" for field in CONTENT for language in ("ko", "en")}
    setting = msgspec.to_builtins(queries.setting_of(exercise.scenario))
    kept = {name: getattr(exercise, name) for name in (*sorted(words), *PARTS)}
    return {"setting": {**setting, "addons": list(setting["addons"])}, **kept}


def restart(attempt_id: int) -> Attempt:
    """A new run: the exercise as it is now, its first cluster, no answers. What was earned stays."""
    attempt = _attempt(attempt_id)
    with one_writer():
        attempt.version = version_of(attempt.exercise)
        attempt.answers, attempt.step, attempt.result = {}, 0, {}
        attempt.save()
    _go_to_start(attempt)
    with one_writer():
        _changed(attempt, "restarted")
    return attempt


def _go_to_start(attempt: Attempt) -> None:
    lab = _lab(attempt)
    attempt.since = reset_lab(lab.id, who=attempt.learner).rv
    attempt.save(update_fields=["since"])
    lab.traces.update(number=0)  # what was sent and typed before counts no more
    for row in lab.terminals.all():
        row.memory["history"] = []
        row.save(update_fields=["memory"])


def hint(attempt_id: int, number: int) -> Attempt:
    """Open one hint; opened twice it costs once."""
    with one_writer():
        attempt = _attempt(attempt_id)
        if not 0 <= number < len(queries.content_of(attempt).hints):
            raise Refused(Problem("there is no such hint", "hint"), code=404)
        if number not in attempt.hints:
            attempt.hints = sorted([*attempt.hints, number])
            _changed(attempt, "hinted")
    return attempt


def grade(attempt_id: int, submission: int | None = None) -> Attempt:
    """Every check against the lab as the server has it. *submission* is the number the page counted: a second click
    brings the same number, and changes nothing."""
    attempt = _attempt(attempt_id)
    lab = _lab(attempt)
    advance(lab.id)
    with locked(lab.id) as lab:
        attempt.refresh_from_db()
        if submission is not None and submission != attempt.submissions + 1:
            return attempt
        content = queries.content_of(attempt)
        found = graded(content, _world(attempt, content, lab))
        _take(attempt, lab, found)
    return attempt


def _world(attempt: Attempt, content: Content, lab: Lab) -> World:
    answers = {key: _answered(value) for key, value in attempt.answers.items()}
    return World.resting(
        queries.snapshot(lab),
        lab.now(),
        began=opened(content),
        commands=tuple(queries.commands(lab, attempt.since)),
        answers=answers,
    )


def _answered(stored: dict[str, Any]) -> Answered:
    return Answered(stored["value"], tuple(stored["actual"]), stored["tries"], stored["trace"])


def _take(attempt: Attempt, lab: Lab, found: Graded) -> None:
    """Store what a grading found."""
    Trace.objects.filter(
        id__in=lab.traces.filter(number=0).order_by("-created").values("id")[KEPT_COUNTEREXAMPLES:]
    ).delete()
    points = found.points(attempt.hints, attempt.shown)
    checks = [
        {**_as_json(lab, check.id, verdict), **_in_points(part, found.task.points)}
        for (check, verdict), part in zip(found.verdicts, found.parts, strict=True)
    ]
    attempt.result = {
        "score": points,
        "of": found.task.points,
        "passed": found.passed,
        "checks": checks,
        "reasons": found.reasons,
        "traces": [trace["id"] for check in checks for trace in check["traces"]],
        "offered": offered(found.task, found.reasons),
    }
    attempt.submissions += 1
    attempt.score = max(attempt.score, points)
    solved = found.passed and attempt.state != Attempt.SOLVED
    if solved:
        attempt.state, attempt.solved = Attempt.SOLVED, timezone.now()
    _changed(attempt, "solved" if solved else "graded")


def _as_json(lab: Lab, check: str, verdict: Verdict) -> dict[str, Any]:
    return {
        "id": check,
        "passed": verdict.passed,
        "share": round(verdict.share, 3),
        "code": verdict.code,
        "params": verdict.params,
        "reasons": list(verdict.reasons),
        "traces": [_kept(lab, c) for c in verdict.counter],
    }


def _in_points(part: tuple[float, float], points: int) -> dict[str, float]:
    return {"earned": round(part[0] * points, 1), "most": round(part[1] * points, 1)}


def _kept(lab: Lab, found: Counterexample) -> dict[str, Any]:
    """A counterexample with a link of its own. Its number is 0: it is nobody's request in the lab."""
    request, result = msgspec.to_builtins(found.request), found.trace.to_dict()
    trace = Trace.objects.create(lab=lab, rv=lab.rv, request=request, result=result)
    cause = innermost(found.trace)
    return {"id": trace.id, "reason": cause.reason, "params": ending_params(cause.to_dict())}


def answer(attempt_id: int, check: str, value: str) -> Attempt:
    """A question's answer. A prediction is answered once: then its request is sent, and everybody sees."""
    attempt = _attempt(attempt_id)
    question = question_named(queries.content_of(attempt).checks, check)
    answers_to(attempt, _lab(attempt), question, value)
    with one_writer():
        _changed(attempt, "answered")
    return attempt


def question_said(attempt_id: int, check: str) -> dict[str, Any]:
    """What was answered, and what was true."""
    found: dict[str, Any] = _attempt(attempt_id).answers.get(check) or {}
    return found


def question_named(checks: list[Any], name: str) -> Question:
    found = next((c for c in checks if isinstance(c, Question) and c.id == name), None)
    if found is None:
        raise Refused(Problem("there is no such question", "check"), code=404)
    return found


def answers_to(row: Any, lab: Lab, question: Question, value: str) -> None:
    """Take the answer into `row.answers` (an attempt's or a visit's) and store it. Raises Refused."""
    value = value.strip()
    if not value or len(value) > MOST_ANSWER:
        raise Refused(Problem(f"an answer has 1 to {MOST_ANSWER} characters", "value"))
    if isinstance(question, Prediction):
        return _predict(row, lab, question, value)
    with one_writer():
        row.refresh_from_db()
        before = _answered(row.answers[question.id]) if question.id in row.answers else None
        if before is not None and before.right:
            return None
        row.answers[question.id] = _judged(question, value, before, lab).as_json()
        row.save(update_fields=["answers"])
    return None


def _judged(question: Question, value: str, before: Answered | None, lab: Lab) -> Answered:
    if isinstance(question, Choice):
        if value not in [option.value for option in question.options]:
            raise Refused(Problem("choose one of the answers", "value"))
        return question.judge(value, before)
    assert isinstance(question, TextAnswer)
    return question.judge(value, before, queries.snapshot(lab))


def _predict(row: Any, lab: Lab, question: Prediction, value: str) -> None:
    """The first answer is written down before the request is sent: nobody predicts what they have seen."""
    with one_writer():
        row.refresh_from_db()
        if question.id in row.answers:
            return
        row.answers[question.id] = Answered(value).as_json()
        row.save(update_fields=["answers"])
    try:
        trace = send(lab.id, question.request(queries.snapshot(lab)))[0]
    except (Unknown, InvalidRequest, Refused) as error:
        row.answers.pop(question.id)
        row.save(update_fields=["answers"])
        raise Refused(Problem(f"the request cannot be sent as the lab is now: {error}", "value")) from error
    with one_writer():
        row.answers[question.id] = question.judge(value, trace.result, trace.id).as_json()
        row.save(update_fields=["answers"])


def show(attempt_id: int) -> tuple[Attempt, AnyStep | None]:
    """Play the next step of the solution, from the start on; None once all are done."""
    attempt = _attempt(attempt_id)
    solution = queries.content_of(attempt).solution
    if attempt.step == 0:
        _go_to_start(attempt)
    if attempt.step >= len(solution):
        return attempt, None
    step = solution[attempt.step]
    _play(attempt, step)
    with one_writer():
        attempt.step += 1
        attempt.shown = True
        _changed(attempt, "shown")
    return attempt, step


def _play(attempt: Attempt, step: AnyStep) -> None:
    lab = _lab(attempt)
    world = World(queries.snapshot(lab), lab.now())
    try:
        if isinstance(step, Answer):
            question = question_named(queries.content_of(attempt).checks, step.check)
            answers_to(attempt, lab, question, place_of(resolved(step.value, world), world))
        elif isinstance(step, Send):
            send(lab.id, request_of(step, world))
        else:
            write(lab.id, _doing(step), who=attempt.learner, verb="show")
    except CANNOT as error:
        raise Refused(f"this step does not fit the lab as it is now; start over first: {error}") from error


def _doing(step: AnyStep) -> Callable[[Transaction, Lab], str]:
    def work(tx: Transaction, lab: Lab) -> str:
        if isinstance(step, Run):
            _type(step, tx, lab)
        else:
            step.run(tx)
        return step.command()

    return work


def _type(step: Run, tx: Transaction, lab: Lab) -> None:
    """What a line sends is stored like any request; a line that waits takes the lab's clock along."""
    session = Session(tx, controllers.settle)
    session.affinity, session.seed, before = affinity_of(lab), last_number(lab), tx.now
    step.type(session)
    if session.traces:
        keep(lab, session.traces)
    if tx.now > before:
        lab.set_clock(tx.now)


def _attempt(attempt_id: int) -> Attempt:
    try:
        return Attempt.objects.select_related("exercise__scenario", "exercise__lesson").get(id=attempt_id)
    except Attempt.DoesNotExist:
        raise Refused("this attempt is gone", code=404) from None


def _lab(attempt: Attempt) -> Lab:
    if attempt.lab is None:
        raise Refused("this exercise's lab was cleared away; open the exercise again", code=404)
    return attempt.lab


def _changed(attempt: Attempt, event: str) -> None:
    attempt.changed = timezone.now()
    attempt.save()
    attempt_changed.send(sender=Attempt, attempt=attempt, event=event)
