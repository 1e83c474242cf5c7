"""A class: who teaches it, who sits in it, what it does together, and how each learner gets on.

Every row that a page shows carries the `rv` of the class at which it last changed. So "what happened since N" is a
question to the rows themselves, and a page that was away for a minute or a day is brought up to date alike.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .lab import ALPHABET, Lab, Trace, lab_id
from .learning import Exercise, Scenario

CODE_LENGTH = 8
RETENTION_DAYS = 90


def join_code() -> str:
    """8 of 31 letters and digits that nobody mistakes for each other: 852 billion."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def learner_token() -> str:
    return secrets.token_urlsafe(16)


class Classroom(models.Model):
    """`mode` is what everybody does: wait in the lobby, follow the instructor's lab, or work in a lab of their own.

    `rv` counts every change of the class; `shown_rv` is the last change of this row itself.
    """

    LOBBY, FOLLOW, WORK = MODES = ("lobby", "follow", "work")

    id = models.CharField(primary_key=True, max_length=16, default=lab_id)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="classes")
    helpers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="classes_helped", blank=True)
    created = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
    retention_days = models.PositiveIntegerField(default=RETENTION_DAYS)
    joinable = models.BooleanField(default=True)
    rv = models.BigIntegerField(default=1)
    shown_rv = models.BigIntegerField(default=1)
    mode = models.CharField(max_length=10, default=LOBBY, choices=[(m, m) for m in MODES])
    lab = models.ForeignKey(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="shown_in")
    spotlight = models.ForeignKey("kubeviz.Seat", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    spotlight_lab = models.ForeignKey(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="lit_in")
    item = models.ForeignKey("kubeviz.Item", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pace = models.PositiveIntegerField(default=1, help_text="So many items of the plan are open.")
    paused = models.BooleanField(default=False)
    message = models.CharField(max_length=200, blank=True)
    timer_ends = models.DateTimeField(null=True, blank=True)
    animals = models.BooleanField(default=False, help_text="The projector shows animals instead of names.")
    seated = models.PositiveIntegerField(default=0)
    pointer = models.JSONField(default=dict, blank=True, help_text="Where the instructor is in the shown lab.")
    pointer_rv = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> "models.QuerySet[Item]":
        """What is in the plan now, in order."""
        return self.items.filter(removed=None)

    @property
    def delete_after(self) -> datetime | None:
        """When the personal data of a closed class go."""
        return self.closed + timedelta(days=self.retention_days) if self.closed else None


class JoinCode(models.Model):
    """The latest code of a class lets people in; older ones only lead those who sit in it back to it."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH, default=join_code)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="codes")
    created = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """One thing of a class's plan: a scenario to play in, or an exercise to solve. `order` counts from 0."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    scenario = models.ForeignKey(Scenario, null=True, blank=True, on_delete=models.CASCADE)
    exercise = models.ForeignKey(Exercise, null=True, blank=True, on_delete=models.CASCADE)
    lab = models.ForeignKey(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="copied_by")
    """The lab, as it was when the instructor sent it, of which everybody gets a copy."""
    removed = models.DateTimeField(null=True, blank=True)
    """Out of the plan; what was done in it stays in the report."""

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "order"], condition=models.Q(removed=None), name="one_item_a_place"
            )
        ]

    def __str__(self) -> str:
        return str(self.exercise or self.scenario)

    def title(self, language: str) -> str:
        found = self.exercise or self.scenario
        return found.said("title", language) if found else ""


class Seat(models.Model):
    """A learner in a class: a name, no account. `learner` is who they are to their labs and attempts."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="seats")
    learner = models.CharField(max_length=64, default=learner_token, db_index=True)
    name = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="The how-manieth to come; decides the animal.")
    resume = models.CharField(max_length=CODE_LENGTH, default=join_code)
    joined = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True, blank=True)
    hand = models.DateTimeField(null=True, blank=True)
    lab = models.ForeignKey(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The lab where the learner works now."""
    online = models.BooleanField(default=False, help_text="A page of the learner's is open.")
    seen = models.DateTimeField(null=True, blank=True)
    rv = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["classroom", "rv"])]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "number"], name="one_seat_a_number"),
            models.UniqueConstraint(fields=["classroom", "resume"], name="one_seat_a_resume_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Cell(models.Model):
    """How one learner gets on with one item: a cell of the overview."""

    WORKING, FAILING, SOLVED = STATES = ("working", "failing", "solved")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="cells")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="cells")
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="cells")
    lab = models.ForeignKey(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="cells")
    state = models.CharField(max_length=10, default=WORKING, choices=[(s, s) for s in STATES])
    failing = models.JSONField(default=list, blank=True, help_text="The checks that fail.")
    hints = models.PositiveIntegerField(default=0)
    score = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(default=timezone.now)
    solved = models.DateTimeField(null=True, blank=True)
    rv = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["classroom", "rv"])]
        constraints = [models.UniqueConstraint(fields=["seat", "item"], name="one_cell_a_seat_and_item")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.item}: {self.state}"


class Question(models.Model):
    """A prediction that the class is asked for: where will this request go, or how will it end?

    `right` holds what would have been right, once it is known; `trace` is the packet that showed it.
    """

    OBJECT, VERDICT = KINDS = ("object", "verdict")
    OPEN, SHOWN = STATES = ("open", "shown")

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="questions")
    lab = models.ForeignKey(Lab, null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in KINDS])
    request = models.JSONField()
    choices = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=OPEN, choices=[(s, s) for s in STATES])
    round = models.PositiveSmallIntegerField(default=1)
    right = models.JSONField(default=list)
    trace = models.ForeignKey(Trace, null=True, blank=True, on_delete=models.SET_NULL)
    asked = models.DateTimeField(default=timezone.now)
    over = models.BooleanField(default=False, help_text="Put away: no page shows it any more.")
    rv = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["classroom", "rv"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.request.get('url', '')}"


class Vote(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    round = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="votes")
    choice = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "round", "seat"], name="one_vote_a_round")]

    def __str__(self) -> str:
        return self.choice


class Tally(models.Model):
    """How many chose something: counted as votes come, never recounted."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tallies")
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="tallies")
    round = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=400)
    count = models.PositiveIntegerField(default=0)
    rv = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["classroom", "rv"])]
        constraints = [models.UniqueConstraint(fields=["question", "round", "choice"], name="one_tally_a_choice")]

    def __str__(self) -> str:
        return f"{self.choice}: {self.count}"


class Misconception(models.Model):
    """Learners whose requests to one kind of place failed for one reason in one item. `count` counts learners, not
    requests."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="misconceptions")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="misconceptions")
    reason = models.CharField(max_length=60)
    target = models.CharField(max_length=100, blank=True, help_text="Where it was sent, as `engine.aim` says it.")
    count = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=dict, blank=True, help_text="The reason of the latest request, by language.")
    trace = models.ForeignKey(Trace, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    rv = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["classroom", "rv"])]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "item", "reason", "target"], name="one_row_a_reason_and_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.count}"


class Misled(models.Model):
    """A learner who has been counted in a misconception."""

    misconception = models.ForeignKey(Misconception, on_delete=models.CASCADE, related_name="misled")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["misconception", "seat"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.misconception}"
