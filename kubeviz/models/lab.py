"""A lab: one learner's simulated cluster, its log of changes, its clock, and the traces of what was sent."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from ..cluster.changes import Change as LogEntry
from ..controllers.bootstrap import READY

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What can be read aloud: no letters that look like digits."""
WATCHED = timedelta(seconds=90)
"""A lab's clock stands still when nobody has looked for this long."""
SPEEDS = (1.0, 5.0)


def lab_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def secret() -> str:
    """An address that cannot be guessed (128 bits)."""
    return secrets.token_urlsafe(16)


class Lab(models.Model):
    """`rv` is the resource version of its last change. `clock` is the virtual time it was at `ticked_at`."""

    id = models.CharField(primary_key=True, max_length=16, default=lab_id)
    owner = models.CharField(max_length=64, db_index=True, help_text="The learner whose session opened it.")
    scenario = models.ForeignKey("kubeviz.Scenario", null=True, blank=True, on_delete=models.SET_NULL)
    title = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=20, default="cloud")
    share = models.CharField(max_length=32, default=secret, help_text="Who knows it may watch.")
    seed = models.PositiveIntegerField(default=0)
    rv = models.BigIntegerField(default=0)
    opened_rv = models.BigIntegerField(default=0)
    clock = models.DateTimeField(default=READY)
    ticked_at = models.DateTimeField(default=timezone.now)
    speed = models.FloatField(default=1.0)
    playing = models.BooleanField(default=True)
    next_due = models.DateTimeField(null=True, blank=True)
    affinity = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.id

    def now(self, real: datetime | None = None) -> datetime:
        """The virtual time. It runs only while somebody looks."""
        real = min(real or timezone.now(), self.last_seen + WATCHED)
        passed = max(real - self.ticked_at, timedelta()) if self.playing else timedelta()
        return self.clock + passed * self.speed

    def set_clock(self, virtual: datetime, real: datetime | None = None) -> None:
        self.clock = virtual
        self.ticked_at = real or timezone.now()

    def looked_at(self, real: datetime | None = None) -> None:
        """Somebody looks: if nobody did for a while, time goes on from where it stood."""
        real = real or timezone.now()
        if real - self.last_seen > WATCHED:
            self.set_clock(self.now(real), real)
        self.last_seen = real

    def due_in(self, real: datetime | None = None) -> float | None:
        """Real seconds until the controllers next have something to do; None while the clock stands."""
        if self.next_due is None or not self.playing:
            return None
        return max(0.0, (self.next_due - self.now(real)).total_seconds() / self.speed)


class Action(models.Model):
    """What one user did at once; its changes are undone together. `redo_rv` is the version before it was undone."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="actions")
    who = models.CharField(max_length=64)
    verb = models.CharField(max_length=40)
    command = models.TextField(blank=True)
    before_rv = models.BigIntegerField()
    after_rv = models.BigIntegerField()
    redo_rv = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["lab", "after_rv"])]

    def __str__(self) -> str:
        return f"{self.verb} ({self.before_rv}..{self.after_rv})"


class Change(models.Model):
    """An entry of a lab's log: the truth that every page, undo and resume read."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="changes")
    rv = models.BigIntegerField()
    op = models.CharField(max_length=10)
    kind = models.CharField(max_length=63)
    namespace = models.CharField(max_length=63, blank=True)
    name = models.CharField(max_length=253)
    body = models.JSONField(null=True)
    old = models.JSONField(null=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes")
    at = models.DateTimeField()

    class Meta:
        ordering = ["rv"]
        constraints = [models.UniqueConstraint(fields=["lab", "rv"], name="one_change_a_version")]

    def __str__(self) -> str:
        return f"{self.rv} {self.op} {self.kind}/{self.namespace}/{self.name}"

    def entry(self) -> LogEntry:
        return LogEntry(self.rv, self.op, (self.kind, self.namespace, self.name), self.body, self.old)  # type: ignore[arg-type]


class Trace(models.Model):
    """One request that was sent, and what happened to it. Its address is its permanent link."""

    id = models.CharField(primary_key=True, max_length=32, default=secret)
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="traces")
    number = models.BigIntegerField(default=0, help_text="Counts the traces of a lab.")
    created = models.DateTimeField(default=timezone.now)
    rv = models.BigIntegerField()
    request = models.JSONField()
    result = models.JSONField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["lab", "number"])]

    def __str__(self) -> str:
        return self.id


class Terminal(models.Model):
    """What one learner's terminal in a lab remembers from line to line; `terminal.memory` knows its shape."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="terminals")
    who = models.CharField(max_length=64)
    memory = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "who"], name="one_terminal_a_learner")]

    def __str__(self) -> str:
        return f"{self.lab_id} {self.who}"
