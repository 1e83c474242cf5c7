"""Pod addresses: each node hands out the addresses of its podCIDR in turn (host-local IPAM)."""

import ipaddress

from ..cluster.apiserver import Transaction
from ..cluster.editing import with_value
from ..cluster.objects import Node

FIRST = 2
"""The network's own address and the bridge's (.1) belong to no pod."""


def next_pod_ip(tx: Transaction, node: Node) -> str:
    """The next free address after the one given out last, so that a new pod has a new address; "" if all are taken."""
    network = ipaddress.ip_network(node.spec.get("podCIDR") or "10.244.0.0/24", strict=False)
    size = network.num_addresses - 1
    lab = tx.cluster.get("Environment", "", "lab")
    last = ((lab.status.get("lastPodIP") or {}).get(node.name, FIRST - 1)) if lab else FIRST - 1
    for step in range(1, size):
        host = FIRST + (last - FIRST + step) % (size - FIRST)
        address = str(network[host])
        if not tx.cluster.pod_by_ip(address):
            if lab:
                tx.put(with_value(lab.body, ("status", "lastPodIP", node.name), host))
            return address
    return ""
