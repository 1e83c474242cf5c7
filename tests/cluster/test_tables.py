"""Cells of tables, after the server's printers (pkg/printers/internalversion)."""

from datetime import timedelta

import pytest

from kubeviz.cluster import tables
from kubeviz.cluster.clock import START
from kubeviz.cluster.kinds import KINDS
from kubeviz.cluster.objects import wrap
from kubeviz.cluster.tables.columns import at_most, duration, label_selector

SPANS = {
    "-5s": -5, "": 0, "119s": 119, "2m": 120, "2m5s": 125, "9m59s": 599, "10m": 600, "179m": 10_799, "3h": 10_800,
    "3h1m": 10_860, "7h59m": 28_799, "8h": 28_800, "47h": 172_799, "2d": 172_800, "2d1h": 176_400, "7d23h": 691_199,
    "8d": 691_200, "729d": 62_985_600, "2y": 63_072_000, "2y1d": 63_158_400, "8y": 252_288_000,
}  # fmt: skip


@pytest.mark.parametrize(("said", "seconds"), SPANS.items())
def test_a_span_is_said_as_kubernetes_says_it(said: str, seconds: int) -> None:
    expected = {"-5s": "<invalid>", "": "0s"}.get(said, said)
    assert duration(timedelta(seconds=seconds)) == expected


def container(state: dict[str, object], **more: object) -> dict[str, object]:
    return {"name": "c", "restartCount": 0, "ready": False, "state": state, **more}


WAITING = {"waiting": {"reason": "PodInitializing"}}
PODS = {
    "init container at work": ({"initContainerStatuses": [container({"running": {}})]}, "Init:0/1"),
    "init container failed": (
        {"initContainerStatuses": [container({"terminated": {"exitCode": 3}})]}, "Init:ExitCode:3",
    ),
    "init container crashes": (
        {"initContainerStatuses": [container({"waiting": {"reason": "CrashLoopBackOff"}})]}, "Init:CrashLoopBackOff",
    ),
    "init done, the others begin": (
        {
            "initContainerStatuses": [container({"terminated": {"exitCode": 0}})],
            "containerStatuses": [container(WAITING)],
        },
        "PodInitializing",
    ),
    "killed by a signal": ({"containerStatuses": [container({"terminated": {"exitCode": 137, "signal": 9}})]}, "Signal:9"),
    "out of memory": ({"containerStatuses": [container({"terminated": {"reason": "OOMKilled"}})]}, "OOMKilled"),
    "evicted": ({"reason": "Evicted", "phase": "Failed"}, "Evicted"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "said"), PODS.values(), ids=PODS)
def test_the_status_of_a_pod(status: dict[str, object], said: str) -> None:
    spec = {"containers": [{"name": "c"}], "initContainers": [{"name": "c"}]}
    metadata = {"name": "p", "namespace": "default", "creationTimestamp": "2026-01-01T09:00:00Z"}
    pod = wrap({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec,
                "status": {"phase": "Pending", **status}})  # fmt: skip
    assert tables.cells(pod, START)[2] == said


SELECTORS = {
    "app=a,tier in (b,c)": {
        "matchLabels": {"app": "a"}, "matchExpressions": [{"key": "tier", "operator": "In", "values": ["c", "b"]}],
    },
    "!old,x": {"matchExpressions": [{"key": "x", "operator": "Exists"}, {"key": "old", "operator": "DoesNotExist"}]},
    "<none>": {},
}  # fmt: skip


@pytest.mark.parametrize(("said", "selector"), SELECTORS.items())
def test_a_selector_in_the_notation_of_l(said: str, selector: dict[str, object]) -> None:
    assert sorted(label_selector(selector).split(",")) == sorted(said.split(","))


def test_a_long_list_is_cut() -> None:
    assert at_most(["a", "b", "c"]) == "a,b,c"
    assert at_most(["a", "b", "c", "d", "e"]) == "a,b,c + 2 more..."


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_cell_for_each_column(kind: str) -> None:
    metadata = {"name": "x", "namespace": "default", "creationTimestamp": "2026-01-01T09:00:00Z"}
    obj = wrap({"apiVersion": KINDS[kind].api_version, "kind": kind, "metadata": metadata})
    assert len(tables.cells(obj, START)) == len(tables.columns(kind))
