"""Real packets: what the real kube-proxy (nftables mode) did with them, recorded between network namespaces.

A row: from where, to what, which pods answered with which client address, or curl's exit code. The client in the
same network reached node ports and balancers; addresses are written as roles: `bridge` is the node's own address
in its pod network, `client` the sender's.
"""

from pathlib import Path

import pytest

from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import quiesce, settle
from tests.clusters import begin, send

FILE = Path(__file__).with_name("realnet.yaml")
CLIENT = "192.168.0.100"
BOTH_BRIDGE = {("poda", "bridge"), ("podb", "bridge")}
ANY_NODE = BOTH_BRIDGE | {("poda", "node"), ("podb", "node")}
"""The recorded client came through node 1 only; our balancer takes any node, and the others show their own address."""
BOTH_CLIENT = {("poda", "client"), ("podb", "client")}
A, B = "pod/realnet/poda", "pod/realnet/podb"
HAIRPIN = {("poda", "bridge"), ("podb", "poda")}

READY = [
    ("vpc", "192.168.0.11:30050", BOTH_BRIDGE),
    ("node/node-1", "10.96.50.50", BOTH_BRIDGE),
    ("node/node-1", "192.168.0.11:30050", BOTH_BRIDGE),
    ("node/node-1", "127.0.0.1:30050", 7),
    (A, "10.96.50.50", HAIRPIN),
    (A, "192.168.0.11:30050", BOTH_BRIDGE),
    ("vpc", "192.168.0.11:30051", BOTH_CLIENT),
    (A, "10.96.50.51", HAIRPIN),
    ("vpc", "192.168.0.11:30052", 7),
    (A, "10.96.50.52", 7),
    (A, "10.96.50.53", 7),
    (A, "10.96.50.50:8080", 7),
    (A, "10.96.77.77", 28),
    ("vpc", "192.168.0.11:30999", 7),
    ("vpc", "LB", ANY_NODE),
    (A, "LB", BOTH_BRIDGE),
    ("vpc", "192.168.0.11:30055", BOTH_BRIDGE),
    ("vpc", "192.168.0.11:30060", 28),
    (A, "10.96.50.60", {("podc", "poda")}),
    (A, "10.96.50.61", 28),
    ("vpc", "RANGES", 28),
    ("vpc", "192.168.0.11:30062", BOTH_BRIDGE),
]
B_UNREADY = [("vpc", "192.168.0.11:30050", {("poda", "bridge")}), (A, "10.96.50.50", {("poda", "bridge")})]
NONE_READY = [("vpc", "192.168.0.11:30050", 7), (A, "10.96.50.50", 7), ("vpc", "192.168.0.11:30051", 7)]
B_TERMINATING = [
    ("vpc", "192.168.0.11:30050", {("poda", "bridge")}),
    ("vpc", "192.168.0.11:30051", {("poda", "client")}),
]
BOTH_TERMINATING = [
    ("vpc", "192.168.0.11:30050", BOTH_BRIDGE),
    (A, "10.96.50.50", HAIRPIN),
    ("vpc", "192.168.0.11:30051", BOTH_CLIENT),
]
GONE = [("vpc", "192.168.0.11:30050", 7), ("vpc", "192.168.0.11:30051", 7)]


def unready(tx: Transaction, *names: str) -> None:
    for name in names:
        tx.patch(
            ("Pod", "realnet", name),
            {"metadata": {"annotations": {"kubeviz.dev/app": "{listen: [8080], ready: false}"}}},
        )
    quiesce(tx)


def terminating(tx: Transaction, *names: str) -> None:
    """Deleted, but the grace period has not passed."""
    for name in names:
        tx.delete(("Pod", "realnet", name))
    settle(tx)


def gone(tx: Transaction, *names: str) -> None:
    terminating(tx, *names)
    quiesce(tx)


ROWS = [
    *(("both ready", None, row) for row in READY),
    *(("podb not ready", lambda tx: unready(tx, "podb"), row) for row in B_UNREADY),
    *(("none ready", lambda tx: unready(tx, "poda", "podb"), row) for row in NONE_READY),
    *(("podb terminating", lambda tx: terminating(tx, "podb"), row) for row in B_TERMINATING),
    *(("both terminating", lambda tx: terminating(tx, "poda", "podb"), row) for row in BOTH_TERMINATING),
    *(("all gone", lambda tx: gone(tx, "poda", "podb"), row) for row in GONE),
]


@pytest.mark.parametrize(
    ("change", "row"), [r[1:] for r in ROWS], ids=[f"{r[0]}: {r[2][0]} to {r[2][1]}" for r in ROWS]
)
def test_packets_go_where_the_real_ones_went(change, row):
    tx = begin(FILE.read_text())
    if change:
        change(tx)
    source, where, expected = row
    assert outcome(tx, source, where, expected) == expected


def outcome(tx: Transaction, source: str, where: str, expected: object) -> object:
    """Everything that answered in forty tries, or the exit code."""
    cluster = tx.cluster
    names = {
        cluster.get("Pod", "realnet", n).ip: n for n in ("poda", "podb", "podc") if cluster.get("Pod", "realnet", n)
    }
    roles = {
        cluster.get("Node", "", "node-1").bridge_ip: "bridge",
        CLIENT: "client",
        "192.168.0.12": "node",
        "192.168.0.13": "node",
        **names,
    }
    for word, service in (("LB", "lb"), ("RANGES", "ranges")):
        where = cluster.get("Service", "realnet", service).balancer_ips[0] if where == word else where
    found = [send(cluster, f"http://{where}/", source, seed=seed) for seed in range(40)]
    if not isinstance(expected, set):
        codes = {f.curl.exit for f in found}
        return codes.pop() if len(codes) == 1 else codes
    return {(f.served_by.rpartition("/")[2], roles.get(f.source_ip, f.source_ip)) for f in found}


def test_session_affinity_keeps_a_client_on_one_pod():
    cluster = begin(FILE.read_text()).cluster
    affinity: dict = {}
    served = set()
    for seed in range(12):
        from kubeviz.engine import Request, trace

        found = trace(cluster, Request(url="http://10.96.50.54/", source=B, seed=seed), affinity)
        affinity = found.affinity
        served.add(found.served_by)
    assert len(served) == 1
