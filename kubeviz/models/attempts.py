"""What learners did: one attempt at each exercise, one visit to each lesson, kept for good."""

from django.db import models
from django.utils import timezone

from .lab import Lab
from .learning import Exercise, Lesson


class Version(models.Model):
    """An exercise as it was when somebody began it, its scenario included: an edit changes nothing for them."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exercise", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.exercise.slug} v{self.number}"


class Attempt(models.Model):
    """One learner's work on one exercise, from the first look on; starting over goes on with the same attempt.

    `result` is what the last grading found: {"score", "of", "passed", "checks": [{"id", "passed", "share", "code",
    "params", "reasons", "traces": [{"id", "reason", "params"}]}], "reasons": [codes of traces that failed],
    "traces": [ids that can be played], "offered": [numbers of hints that fit]}. `score` is the best one.
    """

    WORKING, SOLVED = "working", "solved"

    learner = models.CharField(max_length=64, db_index=True)
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    lab = models.OneToOneField(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="attempt")
    seed = models.PositiveIntegerField(default=0, help_text="Decides which faults this learner meets.")
    state = models.CharField(max_length=10, default=WORKING, choices=[(WORKING, WORKING), (SOLVED, SOLVED)])
    score = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="Predictions and choices, by the id of their check.")
    hints = models.JSONField(default=list, blank=True, help_text="Numbers of the hints that were opened.")
    shown = models.BooleanField(default=False, help_text="The solution was shown: half the points at most.")
    step = models.PositiveIntegerField(default=0, help_text="How far it has been shown since the last start.")
    since = models.BigIntegerField(default=0, help_text="The version of the lab at the last start.")
    submissions = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    solved = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "exercise"], name="one_attempt_an_exercise")]

    def __str__(self) -> str:
        return f"{self.learner} {self.exercise_id}: {self.state}"


class Visit(models.Model):
    """One learner's walk through one lesson: what was watched and predicted."""

    learner = models.CharField(max_length=64, db_index=True)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="visits")
    lab = models.OneToOneField(Lab, null=True, blank=True, on_delete=models.SET_NULL, related_name="visit")
    watched = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    started = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="one_visit_a_lesson")]

    def __str__(self) -> str:
        return f"{self.learner} {self.lesson_id}"


class Demonstration(models.Model):
    """An author plays the start or the solution of an exercise in a lab; what is done there since becomes its steps
    and checks."""

    START, SOLUTION = "start", "solution"

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="demonstration")
    lab = models.OneToOneField(Lab, on_delete=models.CASCADE, related_name="demonstration")
    content = models.JSONField(help_text="The exercise as it was when it began: where it starts.")
    part = models.CharField(max_length=10, default=SOLUTION, choices=[(START, START), (SOLUTION, SOLUTION)])
    since = models.BigIntegerField(default=0, help_text="The version of the lab at the start.")

    def __str__(self) -> str:
        return f"demonstration of {self.exercise.slug}"
