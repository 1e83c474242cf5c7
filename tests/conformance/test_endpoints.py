"""Endpoints and EndpointSlices of a real control plane, for every Service of one file."""

import re
from pathlib import Path

import pytest
import yaml

from tests.clusters import build

HERE = Path(__file__).parent
FACTS = yaml.safe_load((HERE / "endpoints.yaml").read_text())


@pytest.fixture(scope="module")
def cluster():
    return build((HERE / "snackbar.yaml").read_text())


def who(target):
    """The pod, or of a Deployment's pod the app: its own name is random."""
    found = re.fullmatch(r"(order|payment)-[a-z0-9]+-[a-z0-9]{5}", target["name"])
    return found[1] if found else target["name"]


def ports(listed):
    """In no order: the real controller sorts them by a hash."""
    return sorted(f"{p.get('name', '')}:{p['port']}/{p['protocol']}" for p in listed or ())


def subset(found):
    ready, unready = ([who(a["targetRef"]) for a in found.get(k) or ()] for k in ("addresses", "notReadyAddresses"))
    return {"ports": ports(found.get("ports")), "ready": sorted(ready), "notReady": sorted(unready)}


def state(endpoint):
    conditions = endpoint["conditions"]
    return f"{who(endpoint['targetRef'])} {'ready' if conditions['ready'] else 'unready'} {'serving' if conditions['serving'] else 'idle'}"


@pytest.mark.parametrize("service", sorted(FACTS))
def test_endpoints_are_the_recorded_ones(cluster, service):
    endpoints = cluster.get("Endpoints", "snackbar", service)
    found = sorted((subset(s) for s in endpoints.body.get("subsets") or ()), key=str) if endpoints else None
    assert found == FACTS[service]["endpoints"]


@pytest.mark.parametrize("service", sorted(FACTS))
def test_slices_are_the_recorded_ones(cluster, service):
    slices = [s.body for s in cluster.of_service(("Service", "snackbar", service))]
    found = [{"ports": ports(s["ports"]), "endpoints": sorted(map(state, s["endpoints"] or ()))} for s in slices]
    assert sorted(found, key=str) == FACTS[service]["slices"]
