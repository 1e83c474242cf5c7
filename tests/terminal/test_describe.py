"""Descriptions of objects that hold little: a dump may bring anything, and nothing may break describe."""

import pytest

from kubeviz.cluster.clock import START
from kubeviz.cluster.kinds import KINDS
from kubeviz.cluster.objects import wrap
from kubeviz.cluster.state import Cluster
from kubeviz.terminal.describe import describe

METADATA = {"name": "x", "namespace": "default", "uid": "u", "creationTimestamp": "2026-01-01T09:00:00Z"}


@pytest.mark.parametrize("spec", [{}, {"selector": {}, "template": {}}], ids=["nothing", "empty"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_described(kind: str, spec: dict[str, object]) -> None:
    obj = wrap({"apiVersion": KINDS[kind].api_version, "kind": kind, "metadata": METADATA, "spec": spec})
    name, value = describe(Cluster.empty(), obj, START).split("\n")[0].split(":")
    assert (name, value.strip()) == ("Name", "x")
