"""Scenarios."""

from django.db.models import QuerySet

from ..models import Scenario, State


def scenarios() -> QuerySet[Scenario]:
    """Those on the shelf, in order."""
    return Scenario.objects.filter(state=State.PUBLISHED).order_by("order", "slug")


def scenario(slug: str) -> Scenario | None:
    return Scenario.objects.filter(slug=slug, state=State.PUBLISHED).first()
