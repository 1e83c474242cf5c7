"""Labs for tests that store."""

from kubeviz import actions, queries
from kubeviz.cluster.state import Cluster
from kubeviz.models import Lab, Scenario
from tests.shipped import load_shipped

OWNER = "ada"


def open_lab(slug: str = "snackbar", owner: str = OWNER) -> Lab:
    if not Scenario.objects.filter(slug=slug).exists():
        load_shipped()
    return actions.open_lab(Scenario.objects.get(slug=slug), owner)


def cluster(lab: Lab) -> Cluster:
    """As it is stored now."""
    return queries.snapshot(Lab.objects.get(id=lab.id))


def orders(lab: Lab) -> list:
    return [p for p in cluster(lab).of_kind("Pod", "snackbar") if p.labels.get("app") == "order" and not p.terminating]
