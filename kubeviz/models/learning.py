"""What learners are given: scenarios to start from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from ..controllers.bootstrap import ADDONS, PROVIDERS


def known_addons(value: Any) -> None:
    if not isinstance(value, list) or not set(value) <= set(ADDONS):
        raise ValidationError(f"addons is a list out of: {', '.join(ADDONS)}")


class ScenarioManager(models.Manager["Scenario"]):
    def get_by_natural_key(self, slug: str) -> "Scenario":
        return self.get(slug=slug)


class Scenario(models.Model):
    """A starting point: manifests, where their cluster stands, and requests worth sending.

    `presets` is a list of {label_ko, label_en, source, url, method, headers, connect_to, times}; only the labels
    and url are required. `seed` decides names and addresses, so that a preset may name a pod or an address.
    """

    slug = models.SlugField(unique=True)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    text_ko = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    note_ko = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    provider = models.CharField(max_length=20, default="cloud", choices=[(p, p) for p in PROVIDERS])
    addons = models.JSONField(default=list, blank=True, validators=[known_addons])
    firewall = models.CharField(max_length=10, default="closed", choices=[("closed", "closed"), ("open", "open")])
    seed = models.PositiveIntegerField(default=0)
    manifests = models.TextField(blank=True)
    presets = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)
    shipped = models.BooleanField(default=False)

    objects = ScenarioManager()

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def said(self, field: str, language: str) -> str:
        """*field* (title, text, note) in the reader's language, else in Korean."""
        return str(getattr(self, f"{field}_{language}", "") or getattr(self, f"{field}_ko"))
