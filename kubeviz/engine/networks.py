"""Which addresses belong to the cluster's own networks: pods and Services. Nobody outside can reach them."""

import ipaddress
from functools import lru_cache

from ..cluster.state import Cluster

PODS = "10.244.0.0/16"
SERVICES = "10.96.0.0/12"
_SIZE_OF_A_SERVICE_RANGE = 16
"""Managed clusters' Service ranges are about this large (bits); a dump does not tell."""


def is_loopback(ip: str) -> bool:
    return ip.startswith("127.") or ip == "::1"


def is_cluster_ip(cluster: Cluster, ip: str) -> bool:
    """Whether it is of the Services' range: 10.96.0.0/12, or in a dump the one of the API server's own Service."""
    api = cluster.get("Service", "default", "kubernetes")
    own = f"{api.cluster_ip}/{_SIZE_OF_A_SERVICE_RANGE}" if api is not None and api.cluster_ip else SERVICES
    return within(ip, SERVICES) or within(ip, own)


def is_pod_ip(cluster: Cluster, ip: str) -> bool:
    ranges = [PODS, *(node.spec["podCIDR"] for node in cluster.of_kind("Node") if node.spec.get("podCIDR"))]
    return any(within(ip, found) for found in ranges)


def in_cluster(cluster: Cluster, ip: str) -> bool:
    return is_pod_ip(cluster, ip) or is_cluster_ip(cluster, ip)


@lru_cache(maxsize=16_384)
def within(ip: str, network: str) -> bool:
    """Whether an address is of a network; what is no address or no network contains nothing."""
    try:
        return ipaddress.ip_address(ip) in ipaddress.ip_network(network.strip(), strict=False)
    except ValueError:
        return False
