"""The cloud's own controller: an address for each Service of type LoadBalancer, by provider.

`cloud` hands out 203.0.113.100 and up; `minikube` the cluster IP while the tunnel is open; `bare` has none.
"""

from collections.abc import Iterable

from ..cluster.apiserver import Transaction
from ..cluster.changes import Change, Key
from ..cluster.editing import with_value
from ..cluster.objects import Service
from ..cluster.state import Cluster
from .watching import itself

FIRST_HOST, LAST_HOST = 100, 254


def _all_balanced(cluster: Cluster, change: Change) -> Iterable[Key]:
    return [s.key for s in cluster.of_kind("Service") if s.type == "LoadBalancer"]


WATCHES = {"Service": itself, "Environment": _all_balanced}


def reconcile(tx: Transaction, key: Key) -> None:
    service = tx.cluster.find(key)
    if service is None or (service.type == "LoadBalancer" and not _has_cloud(tx.cluster)):
        return
    address = _address(tx.cluster, service) if service.type == "LoadBalancer" else None
    wanted = {"ingress": [{"ip": address, "ipMode": "VIP"}]} if address else {}
    if (service.status.get("loadBalancer") or {}) != wanted:
        tx.put(with_value(service.body, ("status", "loadBalancer"), wanted))
        if address:
            tx.event(service, "EnsuredLoadBalancer", "Ensured load balancer", "service-controller")


def _has_cloud(cluster: Cluster) -> bool:
    """Without one nobody writes an address, and nobody takes away what a user wrote."""
    return bool(cluster.environment.get("provider", "cloud") != "bare")


def _address(cluster: Cluster, service: Service) -> str | None:
    provider = cluster.environment.get("provider", "cloud")
    if provider == "minikube":
        return service.cluster_ip if cluster.environment.get("tunnel") else None
    return service.balancer_ips[0] if service.balancer_ips else _free_address(cluster, service)


def _free_address(cluster: Cluster, service: Service) -> str | None:
    """The address asked for if it is free, else the lowest free one; None when the cloud has run out."""
    asked = service.spec.get("loadBalancerIP")
    candidates = ([asked] if asked else []) + [f"203.0.113.{host}" for host in range(FIRST_HOST, LAST_HOST + 1)]
    return next((ip for ip in candidates if not cluster.service_by_ip(ip)), None)
