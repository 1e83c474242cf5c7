"""What the control plane does as the world changes, in virtual time."""

from datetime import timedelta

import pytest

from kubeviz.controllers import quiesce, settle
from kubeviz.controllers.exporting import export
from tests.clusters import app, begin, pod, service

ORDER = app("order", replicas=3) + service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
DEPLOYMENT, SERVICE = ("Deployment", "default", "order"), ("Service", "default", "order")


def ready_ips(tx):
    """What `kubectl get endpoints` lists, and what the slices say is ready; they must agree."""
    subsets = tx.cluster.get("Endpoints", "default", "order").body.get("subsets") or []
    listed = {a["ip"] for s in subsets for a in s.get("addresses") or ()}
    slices = tx.cluster.of_service(SERVICE)
    sliced = {e["addresses"][0] for s in slices for e in s.body.get("endpoints") or () if e["conditions"]["ready"]}
    assert listed == sliced
    return listed


def orders(tx):
    return [p for p in tx.cluster.of_kind("Pod", "default") if p.labels.get("app") == "order"]


def test_a_deployment_makes_a_set_that_makes_pods_that_become_endpoints_in_causal_order():
    tx = begin(ORDER)
    first = {}
    for change in tx.changes:
        first.setdefault(change.key[0], change.rv)
    assert first["Deployment"] < first["ReplicaSet"] < first["Pod"]
    assert ready_ips(tx) == {p.ip for p in orders(tx)}
    assert [c.rv for c in tx.changes] == list(range(tx.changes[0].rv, tx.changes[-1].rv + 1))
    assert {p.node for p in orders(tx)} == {"node-1", "node-2", "node-3"}


def test_endpoints_follow_the_selector():
    tx = begin(ORDER)
    tx.patch(SERVICE, {"spec": {"selector": {"app": "zzz"}}})
    quiesce(tx)
    assert ready_ips(tx) == set()
    tx.patch(SERVICE, {"spec": {"selector": {"app": "order"}}})
    quiesce(tx)
    assert len(ready_ips(tx)) == 3


def test_removing_the_selector_leaves_the_old_endpoints_behind():
    tx = begin(ORDER)
    tx.patch(SERVICE, {"spec": {"selector": None}})
    quiesce(tx)
    tx.patch(DEPLOYMENT, {"spec": {"replicas": 1}})
    quiesce(tx)
    assert len(tx.cluster.get("Endpoints", "default", "order").body["subsets"][0]["addresses"]) == 3


def test_a_relabelled_pod_leaves_and_is_replaced():
    tx = begin(ORDER)
    loose = orders(tx)[0]
    tx.patch(loose.key, {"metadata": {"labels": {"app": "debug"}}})
    quiesce(tx)
    assert tx.cluster.find(loose.key).controller is None
    assert len(orders(tx)) == 3
    assert loose.ip not in ready_ips(tx)


def test_a_terminating_pod_leaves_endpoints_at_once_and_stays_in_its_slice():
    tx = begin(ORDER)
    gone = orders(tx)[0]
    tx.delete(gone.key)
    settle(tx)
    assert gone.ip not in ready_ips(tx)
    conditions = [
        e["conditions"]
        for s in tx.cluster.of_service(SERVICE)
        for e in s.body["endpoints"]
        if e["addresses"] == [gone.ip]
    ]
    assert conditions == [{"ready": False, "serving": True, "terminating": True}]


def test_a_node_that_dies_is_noticed_after_its_grace_and_emptied_after_five_minutes():
    tx = begin(ORDER)
    lost = next(p for p in orders(tx) if p.node == "node-2")
    tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    start = tx.now
    assert settle(tx) == start + timedelta(seconds=50)
    assert lost.ip in ready_ips(tx)
    tx.now = start + timedelta(seconds=50)
    assert settle(tx) == start + timedelta(seconds=350)
    assert lost.ip not in ready_ips(tx)
    quiesce(tx)
    assert {p.node for p in orders(tx) if not p.terminating} == {"node-1", "node-3"}
    tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": None}}})
    quiesce(tx)
    assert tx.cluster.get("Node", "", "node-2").ready
    assert not any(p.terminating for p in orders(tx))


def test_a_node_that_returns_in_time_gets_its_pods_ready_again():
    tx = begin(ORDER)
    tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": "off"}}})
    settle(tx)
    tx.now += timedelta(seconds=60)
    settle(tx)
    assert len(ready_ips(tx)) == 2
    tx.patch(("Node", "", "node-2"), {"metadata": {"annotations": {"kubeviz.dev/power": None}}})
    quiesce(tx)
    assert len(ready_ips(tx)) == 3


ROLLOUTS = [
    ("25% of 4", 4, "25%", "25%", 3, 5),
    ("surge only", 3, 1, 0, 3, 4),
    ("absence only", 3, 0, 1, 2, 3),
]


@pytest.mark.parametrize(
    ("replicas", "surge", "unavailable", "fewest", "most"),
    [r[1:] for r in ROLLOUTS],
    ids=[r[0] for r in ROLLOUTS],
)
def test_a_rollout_keeps_within_its_bounds(replicas, surge, unavailable, fewest, most):
    tx = begin(app("order", replicas=replicas))
    strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}
    container = {"name": "order", "image": "order:2.0", "ports": [{"name": "http", "containerPort": 8080}]}
    tx.patch(DEPLOYMENT, {"spec": {"strategy": strategy, "template": {"spec": {"containers": [container]}}}})
    while True:
        due = settle(tx)
        live = [p for p in orders(tx) if not p.terminating]
        assert fewest <= sum(p.ready for p in live)
        assert len(live) <= most
        if due is None:
            break
        tx.now = due
    assert {p.spec["containers"][0]["image"] for p in orders(tx)} == {"order:2.0"}
    assert len(tx.cluster.owned_by(DEPLOYMENT, "ReplicaSet")) == 2


def test_environment_is_as_it_was_when_the_container_started():
    from kubeviz.engine.env import variables

    tx = begin(app("order"))
    old = pod(tx.cluster, "order")
    tx.create(
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": "pay-ment", "namespace": "default"},
            "spec": {"ports": [{"name": "http", "port": 80}], "selector": {"app": "payment"}},
        }
    )
    quiesce(tx)
    assert "PAY_MENT_SERVICE_HOST" not in variables(tx.cluster, old)
    tx.delete(old.key)
    quiesce(tx)
    found = variables(tx.cluster, pod(tx.cluster, "order"))
    ip = tx.cluster.get("Service", "default", "pay-ment").cluster_ip
    assert {k: v for k, v in found.items() if k.startswith("PAY_MENT")} == {
        "PAY_MENT_SERVICE_HOST": ip,
        "PAY_MENT_SERVICE_PORT": "80",
        "PAY_MENT_SERVICE_PORT_HTTP": "80",
        "PAY_MENT_PORT": f"tcp://{ip}:80",
        "PAY_MENT_PORT_80_TCP": f"tcp://{ip}:80",
        "PAY_MENT_PORT_80_TCP_PROTO": "tcp",
        "PAY_MENT_PORT_80_TCP_PORT": "80",
        "PAY_MENT_PORT_80_TCP_ADDR": ip,
    }
    assert found["KUBERNETES_SERVICE_HOST"] == "10.96.0.1"


def test_addresses_of_endpoints_stand_in_the_order_of_their_text():
    """As recorded: 10.244.3.100 comes before 10.244.3.21; a slice keeps the order in which its pods came."""
    many = service("many", "selector: {app: many}, ports: [{port: 80}]")
    tx = begin(app("many", replicas=12).replace("containers:", "nodeName: node-3\n      containers:") + many)
    ips = [a["ip"] for s in tx.cluster.get("Endpoints", "default", "many").body["subsets"] for a in s["addresses"]]
    assert len(ips) == 12
    assert ips == sorted(ips)
    assert ips.index("10.244.3.10") < ips.index("10.244.3.2")


def test_one_hundred_endpoints_fill_a_slice():
    tx = begin(app("order", replicas=120) + service("order", "selector: {app: order}, ports: [{port: 80}]"))
    assert [
        len(s.body["endpoints"])
        for s in sorted(tx.cluster.of_service(SERVICE), key=lambda s: -len(s.body["endpoints"]))
    ] == [100, 20]


def test_the_same_seed_replays_the_same_cluster():
    assert [(o.key, o.body) for o in begin(ORDER, seed=7).cluster] == [
        (o.key, o.body) for o in begin(ORDER, seed=7).cluster
    ]
    assert {p.name for p in orders(begin(ORDER, seed=7))} != {p.name for p in orders(begin(ORDER, seed=8))}


@pytest.mark.parametrize("provider", ["cloud", "minikube", "bare"])
def test_a_balancer_gets_its_address_from_its_provider(provider):
    tx = begin(
        app("order") + service("order", "type: LoadBalancer, selector: {app: order}, ports: [{port: 80}]"),
        provider=provider,
    )
    found = tx.cluster.get("Service", "default", "order")
    assert bool(found.balancer_ips) == (provider == "cloud")
    if provider == "minikube":
        tx.patch(("Environment", "", "lab"), {"spec": {"tunnel": True}})
        quiesce(tx)
        found = tx.cluster.get("Service", "default", "order")
        assert found.balancer_ips == found.cluster_ips


OWN = [("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt")]


@pytest.mark.parametrize(("kind", "name"), OWN, ids=[name for _, name in OWN])
def test_every_namespace_has_its_own_and_gets_it_again(kind, name):
    tx = begin("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")
    assert [o.namespace for o in tx.cluster.of_kind(kind) if o.name == name] == [
        "default", "kube-node-lease", "kube-public", "kube-system", "shop",
    ]  # fmt: skip
    tx.delete((kind, "shop", name))
    quiesce(tx)
    assert tx.cluster.get(kind, "shop", name) is not None
    assert name not in export(tx.cluster)
    tx.delete(("Namespace", "", "shop"))
    quiesce(tx)
    assert tx.cluster.get(kind, "shop", name) is None
