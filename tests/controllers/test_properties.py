"""What holds whatever users do, in whatever order: endpoints say what the selectors say, and history leaves no trace."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.state import INDEXERS, Cluster
from kubeviz.controllers import quiesce
from tests.clusters import app, begin, service

START = begin(
    app("order", replicas=2)
    + app("pay", replicas=1)
    + service("order", "selector: {app: order}, ports: [{port: 80, targetPort: http}]")
    + service("all", "selector: {tier: a}, ports: [{port: 80}]")
).cluster
APPS, SERVICES = st.sampled_from(["order", "pay"]), st.sampled_from(["order", "all"])


def deployment(name: str) -> tuple[str, str, str]:
    return ("Deployment", "default", name)


def scale(tx: Transaction, name: str, count: int) -> None:
    tx.scale(deployment(name), count)


def ready(tx: Transaction, name: str, value: str) -> None:
    annotations = {"kubeviz.dev/app": f"ready: {value}"}
    tx.patch(deployment(name), {"spec": {"template": {"metadata": {"annotations": annotations}}}})


def relabel(tx: Transaction, at: int, labels: dict[str, Any]) -> None:
    pods = tx.cluster.of_kind("Pod", "default")
    if pods:
        tx.patch(pods[at % len(pods)].key, {"metadata": {"labels": labels}})


def delete_pod(tx: Transaction, at: int) -> None:
    pods = tx.cluster.of_kind("Pod", "default")
    if pods:
        tx.delete(pods[at % len(pods)].key)


def select(tx: Transaction, name: str, selector: dict[str, str]) -> None:
    tx.patch(("Service", "default", name), [{"op": "replace", "path": "/spec/selector", "value": selector}], "json")


def power(tx: Transaction, node: str, state: str | None) -> None:
    tx.patch(("Node", "", node), {"metadata": {"annotations": {"kubeviz.dev/power": state}}})


LABELS = st.sampled_from([{"app": "pay"}, {"app": "order"}, {"tier": "a"}, {"app": None}, {"tier": None}])
STEPS = st.one_of(
    st.tuples(st.just(scale), APPS, st.integers(0, 4)),
    st.tuples(st.just(ready), APPS, st.sampled_from(["true", "false", "{after: 5s}"])),
    st.tuples(st.just(relabel), st.integers(0, 5), LABELS),
    st.tuples(st.just(delete_pod), st.integers(0, 5)),
    st.tuples(
        st.just(select), SERVICES, st.sampled_from([{"app": "order"}, {"app": "pay"}, {"tier": "a"}, {"app": "x"}])
    ),
    st.tuples(st.just(power), st.sampled_from(["node-1", "node-2"]), st.sampled_from(["off", None])),
)


def expected(cluster: Cluster, name: str) -> dict[str, bool]:
    """IP → ready, of the pods that the selector names, read from every pod without any index."""
    selector = cluster.get("Service", "default", name).selector.items()
    return {
        pod.ip: pod.ready
        for pod in cluster
        if pod.kind == "Pod" and pod.namespace == "default" and selector <= pod.labels.items()
        and pod.ip and not pod.finished and not pod.terminating
    }  # fmt: skip


def listed(cluster: Cluster, name: str) -> dict[str, bool]:
    subsets = cluster.get("Endpoints", "default", name).body.get("subsets") or ()
    return {
        address["ip"]: field == "addresses"
        for subset in subsets
        for field in ("addresses", "notReadyAddresses")
        for address in subset.get(field) or ()
    }


def sliced(cluster: Cluster, name: str) -> dict[str, bool]:
    endpoints = (e for s in cluster.of_service(("Service", "default", name)) for e in s.body["endpoints"] or ())
    return {e["addresses"][0]: e["conditions"]["ready"] for e in endpoints if not e["conditions"]["terminating"]}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=8))
def test_endpoints_and_slices_say_what_the_selector_says_and_a_rebuilt_cluster_is_the_same(steps):
    tx = Transaction(START, begin("").now)
    for step, *arguments in steps:
        try:
            step(tx, *arguments)
        except Rejected:
            continue
        quiesce(tx)
    for name in ("order", "all"):
        assert listed(tx.cluster, name) == sliced(tx.cluster, name) == expected(tx.cluster, name)
    rebuilt = Cluster.of(tx.cluster.rv, (obj.body for obj in tx.cluster))
    assert len(rebuilt) == len(tx.cluster)
    for position, index in enumerate(INDEXERS):
        mine, theirs = tx.cluster._indexes[position], rebuilt._indexes[position]
        assert {k: set(v) for k, v in mine.items()} == {k: set(v) for k, v in theirs.items()}, index
