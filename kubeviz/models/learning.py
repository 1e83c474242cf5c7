"""What learners are given: scenarios to start from, lessons to read, exercises to solve."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from ..controllers.bootstrap import ADDONS, PROVIDERS
from .lab import secret


def known_addons(value: Any) -> None:
    if not isinstance(value, list) or not set(value) <= set(ADDONS):
        raise ValidationError(f"addons is a list out of: {', '.join(ADDONS)}")


class ByNaturalKey(models.Manager[Any]):
    """Fixtures name a row by its slug, whatever its number is."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class State(models.TextChoices):
    """Who finds what an author wrote."""

    DRAFT = "draft"
    """Its author alone."""
    SHARED = "shared"
    """Whoever has its link."""
    PUBLISHED = "published"
    """Everybody, on the shelf."""
    ARCHIVED = "archived"
    """Its author; learners who began it go on."""


class Authored(models.Model):
    """What an author writes in two languages. Shipped rows belong to nobody: `loaddata` brings them back as they were,
    and an instructor edits a copy."""

    slug = models.SlugField(unique=True, max_length=80)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text_ko = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)
    shipped = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    share = models.CharField(max_length=32, default=secret, help_text="Its link opens what is not on the shelf.")
    edited = models.DateTimeField(default=timezone.now)

    objects: Any = ByNaturalKey()

    class Meta:
        abstract = True
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def said(self, field: str, language: str) -> str:
        """*field* (title, text, …) in the reader's language, else in Korean."""
        return str(getattr(self, f"{field}_{language}", "") or getattr(self, f"{field}_ko"))


class Scenario(Authored):
    """A starting point: manifests, where their cluster stands, and requests worth sending.

    `presets` is a list of {label_ko, label_en, source, url, method, headers, connect_to, times}; only the labels
    and url are required. `seed` decides names and addresses, so that a preset may name a pod or an address.
    """

    note_ko = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    learner = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Whose browser made it, without an account."
    )
    provider = models.CharField(max_length=20, default="cloud", choices=[(p, p) for p in PROVIDERS])
    addons = models.JSONField(default=list, blank=True, validators=[known_addons])
    firewall = models.CharField(max_length=10, default="closed", choices=[("closed", "closed"), ("open", "open")])
    seed = models.PositiveIntegerField(default=0)
    manifests = models.TextField(blank=True)
    presets = models.JSONField(default=list, blank=True)


class Lesson(Authored):
    """A short text, something to watch, a prediction, and what to remember; its exercises point to it.

    `watch` is a list of requests worth seeing, as in a scenario's presets with a text each; `predictions` are checks
    of kind prediction (`kubeviz/lessons/checks/`) that earn nothing. Texts are Markdown.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT)
    remember_ko = models.TextField(blank=True)
    remember_en = models.TextField(blank=True)
    watch = models.JSONField(default=list, blank=True)
    predictions = models.JSONField(default=list, blank=True)


class Exercise(Authored):
    """A task on a scenario. What its lists may hold is said, and checked, by `kubeviz/lessons/content.py`.

    `start` and `solution` are steps, `checks` what is wanted, `hints` help that costs; `faults` breaks the scenario
    differently for every learner. `done` is said to whoever solved it. Texts are Markdown.
    """

    lesson = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="exercises")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT)
    done_ko = models.TextField(blank=True)
    done_en = models.TextField(blank=True)
    start = models.JSONField(default=list, blank=True)
    faults = models.JSONField(null=True, blank=True)
    checks = models.JSONField(default=list, blank=True)
    hints = models.JSONField(default=list, blank=True)
    solution = models.JSONField(default=list, blank=True)
    par = models.PositiveIntegerField(default=1, help_text="Steps that a good solution takes.")
    points = models.PositiveIntegerField(default=10)
    tags = models.JSONField(default=list, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=1, choices=[(1, "1"), (2, "2"), (3, "3")])
