"""What a class keeps as it changes is what counting everything again would give, whatever has happened."""

import contextlib
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubeviz import actions, queries
from kubeviz.actions import Refused, classes
from kubeviz.engine import Request, aimed_at
from kubeviz.models import Cell, Classroom, Misconception, Question, Seat, Tally, Trace, Vote
from tests.classes import fresh, open_class

pytestmark = pytest.mark.django_db(transaction=True)

URLS = ("http://203.0.113.11:30080/", "http://203.0.113.12:30999/", "http://203.0.113.13:31999/", "http://10.96.0.77/")
CHOICES = ("delivered", "refused", "timeout")
LEARNERS = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("sit")),
    st.tuples(st.just("leave"), LEARNERS),
    st.tuples(st.just("send"), LEARNERS, st.sampled_from(URLS)),
    st.tuples(st.just("vote"), LEARNERS, st.sampled_from(CHOICES)),
    st.tuples(st.sampled_from(["ask", "again", "reveal", "next"])),
)


@given(history=st.lists(STEPS, min_size=4, max_size=14))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_kept_is_what_counting_again_gives(history):
    classroom = open_class()
    classes.work(classroom.pk)
    classes.ask(classroom.pk, Question.VERDICT, Request(URLS[0]))
    for name in ("Ada", "Ben", "Cho"):
        classes.take_seat(classroom.pk, name, "")
    for step in history:
        with contextlib.suppress(Refused):
            happen(classroom, *step)
    assert fresh(classroom).seated == classroom.seats.filter(removed=None).count()
    kept = {(t.question_id, t.round, t.choice): t.count for t in Tally.objects.filter(classroom=classroom) if t.count}
    assert kept == votes(classroom)
    radar = Misconception.objects.filter(classroom=classroom)
    assert {(row.item_id, row.reason, row.target): row.count for row in radar} == mistakes(classroom)


def happen(classroom: Classroom, what: str, who: int = 0, more: str = "") -> None:
    seat = list(classroom.seats.all())[who]
    question = Question.objects.filter(classroom=classroom).latest("pk").pk
    if what == "send":
        actions.send(classes.begin(classroom.pk, seat.pk).lab_id, Request(more))
        return
    deeds = {
        "sit": lambda: classes.take_seat(classroom.pk, "Dan", ""),
        "leave": lambda: classes.remove_seat(classroom.pk, seat.pk),
        "vote": lambda: classes.vote(classroom.pk, seat.pk, question, more),
        "ask": lambda: classes.ask(classroom.pk, Question.VERDICT, Request(URLS[1])),
        "again": lambda: classes.second_round(classroom.pk, question),
        "reveal": lambda: classes.reveal(classroom.pk, question),
        "next": lambda: classes.work(classroom.pk, classroom.plan.last().pk),
    }
    deeds[what]()


def votes(classroom: Classroom) -> dict:
    found: Counter = Counter()
    for vote in Vote.objects.filter(question__classroom=classroom):
        found.update([(vote.question_id, vote.round, vote.choice), (vote.question_id, vote.round, "")])
    return dict(found)


def mistakes(classroom: Classroom) -> dict:
    """Learners by item, reason and target, from every request that they ever sent."""
    found: dict[tuple, set[Seat]] = {}
    for cell in Cell.objects.filter(classroom=classroom).select_related("lab"):
        cluster = queries.snapshot(cell.lab)
        for trace in Trace.objects.filter(lab=cell.lab):
            if trace.result["verdict"] != "delivered":
                target = aimed_at(cluster, trace.result["request"]["url"])
                found.setdefault((cell.item_id, trace.result["reason"], target), set()).add(cell.seat_id)
    return {key: len(seats) for key, seats in found.items()}
