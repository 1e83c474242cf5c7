"""A learner's own starting points, without an account: from manifests, a cluster's dump, or a copy that was edited."""

import secrets
from typing import Any

from ..cluster import manifest
from ..controllers.bootstrap import ADDONS, PROVIDERS
from ..models import Lab, Scenario, State
from ..models.lab import ALPHABET
from .applying import MOST_OBJECTS, refusal_of
from .errors import Problem, Refused
from .labs import open_at, starting_point
from .writing import one_writer

MOST_OWN = 20
"""Starting points that one learner may keep."""
MOST_TITLE = 200
FIREWALLS = ("closed", "open")


def open_own(values: dict[str, Any], learner: str, like: Scenario | None = None) -> Lab:
    """A lab of these manifests, kept as *learner*'s own scenario. *like* lends its requests and its seed.

    `values`: title, manifests, provider, addons, firewall. Raises Refused; then nothing is kept.
    """
    _check(values)
    scenario = _scenario(values, learner, like)
    start = starting_point(scenario)
    if len(start.cluster) > MOST_OBJECTS:
        raise Refused(Problem("own_many", "manifests"))
    with one_writer():
        if Scenario.objects.filter(learner=learner).count() >= MOST_OWN:
            raise Refused(Problem("own_full"))
        scenario.save()
    return open_at(start, learner, scenario, scenario.title_ko)


def _scenario(values: dict[str, Any], learner: str, like: Scenario | None) -> Scenario:
    title = values["title"] or "YAML"
    return Scenario(
        slug=f"own--{''.join(secrets.choice(ALPHABET) for _ in range(12))}",
        learner=learner,
        state=State.DRAFT,
        title_ko=title,
        title_en=title,
        provider=values["provider"],
        addons=values["addons"],
        firewall=values["firewall"],
        manifests=values["manifests"],
        presets=like.presets if like is not None else [],
        seed=like.seed if like is not None else 0,
    )


def _check(values: dict[str, Any]) -> None:
    """Every field that is wrong, and a text without a single object."""
    known = {"provider": values["provider"] in PROVIDERS, "firewall": values["firewall"] in FIREWALLS}
    known |= {"addons": set(values["addons"]) <= set(ADDONS), "title": len(values["title"]) <= MOST_TITLE}
    wrong = [Problem("own_title_long" if f == "title" else "own_choice", f) for f, fits in known.items() if not fits]
    if wrong:
        raise Refused(*wrong)
    try:
        found = manifest.load(values["manifests"], browser=True)
    except manifest.ManifestError as error:
        raise refusal_of(error) from error
    if not found.documents:
        raise Refused(Problem("own_empty", "manifests"))


def remove_own(scenario: Scenario) -> None:
    """With the labs that were opened from it: they could not start over without it."""
    Lab.objects.filter(scenario=scenario, owner=scenario.learner).delete()
    scenario.delete()
