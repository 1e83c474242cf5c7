"""Scenarios."""

from django.db.models import QuerySet

from ..models import Lab, Scenario, State


def scenarios() -> QuerySet[Scenario]:
    """Those on the shelf, in order."""
    return Scenario.objects.filter(state=State.PUBLISHED).order_by("order", "slug")


def scenario(slug: str, learner: str = "") -> Scenario | None:
    """One on the shelf, or one that *learner* made."""
    return own_scenarios(learner).filter(slug=slug).first() or scenarios().filter(slug=slug).first()


def own_scenarios(learner: str) -> QuerySet[Scenario]:
    """Those that *learner* made, the newest first."""
    made = Scenario.objects.filter(learner=learner) if learner else Scenario.objects.none()
    return made.order_by("-edited")


def latest_labs(owner: str) -> dict[int, Lab]:
    """For each scenario the lab of *owner* that was seen last."""
    seen = Lab.objects.filter(owner=owner, scenario__isnull=False).order_by("last_seen") if owner else ()
    return {lab.scenario_id: lab for lab in seen if lab.scenario_id}
