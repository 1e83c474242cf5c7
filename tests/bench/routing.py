"""Routing: a trace, bare and explained, and the change of a pod, at 10, 1,000 and 10,000 Services."""

from datetime import timedelta
from functools import cache
from typing import Any

from werkzeug.routing import Map, Rule

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.state import Cluster
from kubeviz.controllers import quiesce, settle
from kubeviz.controllers.bootstrap import READY, new_cluster
from kubeviz.engine import Request, trace
from kubeviz.engine.ingress import match, rules

from . import microseconds, report

SIZES = (10, 1_000, 10_000)
POLICIES = 1_000
FIVE = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
APP = {"kubeviz.dev/app": "listen: [8080]"}


@cache
def cluster(size: int) -> Cluster:
    """*size* Services in ten namespaces, two pods each."""
    tx = Transaction(new_cluster("cloud", (), 0, "open"), READY)
    for number in range(10):
        tx.put({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": f"n{number}"}})
    for number in range(size):
        _service(tx, number)
    quiesce(tx)
    return tx.cluster


def _service(tx: Transaction, number: int) -> None:
    namespace, name = f"n{number % 10}", f"s{number}"
    spec: dict[str, Any] = {"selector": {"app": name}, "ports": [{"port": 80, "targetPort": 8080}]}
    if number == 0:
        spec = {**spec, "type": "NodePort", "ports": [{"port": 80, "targetPort": 8080, "nodePort": 30080}]}
    tx.create(
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": name, "namespace": namespace},
            "spec": spec,
        }
    )
    for letter in "ab":
        metadata = {
            "name": f"{name}-{letter}",
            "namespace": namespace,
            "labels": {"app": name},
            "annotations": APP,
        }
        tx.put(_pod(metadata, number, letter))


def _pod(metadata: dict[str, Any], number: int, letter: str) -> dict[str, Any]:
    """Already running, so that the bench measures routing and not starting."""
    ip = f"10.244.{1 + number // 100 % 100}.{1 + 2 * (number % 100) + (letter == 'b')}" if number < 10_000 else ""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {"nodeName": "node-1", "containers": [{"name": "c", "image": "c"}]},
        "status": {
            "phase": "Running",
            "podIP": ip,
            "podIPs": [{"ip": ip}],
            "startTime": "2026-01-01T09:00:00Z",
            "conditions": [{"type": "Ready", "status": "True"}],
            "containerStatuses": [
                {
                    "name": "c",
                    "ready": True,
                    "restartCount": 0,
                    "state": {"running": {"startedAt": "2026-01-01T09:00:00Z"}},
                }
            ],
        },
    }


@cache
def policed(size: int) -> Cluster:
    """The same with NetworkPolicies: a thousand that select the pods of one Service each, and one for a namespace."""
    tx = Transaction(cluster(size), READY)
    for number in range(POLICIES):
        selector = {"matchLabels": {"app": f"s{number}"}} if number else {}
        rule = {"from": [{"podSelector": {}}, {"ipBlock": {"cidr": "192.168.0.0/16"}}], "ports": [{"port": 8080}]}
        tx.create(
            {
                "apiVersion": "networking.k8s.io/v1",
                "kind": "NetworkPolicy",
                "metadata": {"name": f"p{number}", "namespace": f"n{number % 10}"},
                "spec": {"podSelector": selector, "ingress": [rule]},
            }
        )
    quiesce(tx)
    return tx.cluster


def floor() -> float:
    return microseconds(lambda: (FIVE["a"], FIVE["b"], FIVE["c"], FIVE["d"], FIVE["e"]), 200_000)


NODE_PORT = Request(url="http://203.0.113.12:30080/")
BY_ADDRESS = Request(url="http://10.244.1.1:8080/", source="pod/n1/s1-a")
BY_NAME = Request(url="http://s1/", source="pod/n1/s1-a")


def bare(state: Cluster, request: Request = NODE_PORT) -> float:
    assert trace(state, request).verdict == "delivered"
    return microseconds(lambda: trace(state, request))


def explained(state: Cluster) -> float:
    """With every hop, step and piece of evidence, as JSON."""
    return microseconds(lambda: trace(state, NODE_PORT).to_json())


def pod_change(size: int) -> float:
    """A pod stops being ready, and is again: the new snapshot, with its Service's endpoints."""
    state = cluster(size)
    body = state.get("Pod", "n1", "s1-a").body
    unready = {
        **body,
        "metadata": {
            **body["metadata"],
            "annotations": {"kubeviz.dev/app": "{listen: [8080], ready: false}"},
        },
    }

    def change() -> None:
        tx = Transaction(state, READY + timedelta(hours=1))
        tx.put(unready)
        settle(tx)

    return microseconds(change, 200)


def ingress(count: int) -> tuple[float, float]:
    """A match among *count* rules, ours and werkzeug's."""
    paths = [f"/shop/{number}/items" for number in range(count)]
    tx = Transaction(new_cluster("cloud", ("ingress-nginx",)), READY)
    backend = {"service": {"name": "s", "port": {"number": 80}}}
    listed = [{"path": path, "pathType": "Prefix", "backend": backend} for path in paths]
    tx.create(
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "Ingress",
            "metadata": {"name": "i", "namespace": "default"},
            "spec": {"rules": [{"host": "shop.example.com", "http": {"paths": listed}}]},
        }
    )
    quiesce(tx)
    compiled = rules(tx.cluster)
    where = paths[count // 2]
    urls = Map([Rule(path, endpoint=path) for path in paths]).bind("shop.example.com")
    return microseconds(lambda: match(compiled, "shop.example.com", where)), microseconds(lambda: urls.match(where))


def run() -> bool:
    good = True
    for size in SIZES:
        cluster(size)
    for size in SIZES:
        base = floor()
        good &= report(f"trace at {size:,} services ÷ five look-ups", bare(cluster(size)), base, 60)
        good &= report(
            f"trace with explanation at {size:,} services ÷ five look-ups", explained(cluster(size)), base, 200
        )
        report(f"pod change at {size:,} services ÷ five look-ups", pod_change(size), base, None)
    largest = cluster(SIZES[-1])
    good &= report("trace at 10,000 services ÷ at 10", bare(largest), bare(cluster(10)), 1.5)
    base, walled = floor(), policed(SIZES[-1])
    good &= report("trace with 1,000 NetworkPolicies ÷ five look-ups", bare(walled), base, 60)
    good &= report("the same with explanation ÷ five look-ups", explained(walled), base, 200)
    good &= report("the same at 10,000 services ÷ at 10", bare(walled), bare(policed(10)), 1.5)
    report("a Service by name ÷ by address, from a pod", bare(largest, BY_NAME), bare(largest, BY_ADDRESS), None)
    good &= report("pod change at 10,000 services ÷ at 10", pod_change(10_000), pod_change(10), 1.5)
    ours, theirs = ingress(1_000)
    return report("1,000-rule Ingress ÷ werkzeug", ours, theirs, 1) and good
