"""Scenarios."""

from django.db.models import QuerySet

from ..models import Scenario


def scenarios() -> QuerySet[Scenario]:
    return Scenario.objects.order_by("order", "slug")


def scenario(slug: str) -> Scenario | None:
    return Scenario.objects.filter(slug=slug).first()
