"""The public DNS of the lab: hosts of Ingresses that have an address, and outside machines that Services name."""

from ...cluster.objects import Ingress, stand_in
from ...cluster.state import Cluster
from ..request import is_ip
from .zone import Found, is_own


def find(cluster: Cluster, name: str) -> Found | None:
    """What a name stands for on the internet; None where nobody registered it."""
    hosts = _hosts(cluster)
    found = hosts.get(name) or hosts.get(f"*.{name.partition('.')[2]}") or _machines(cluster).get(name)
    return Found(addresses=found) if found else None


def _hosts(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = cluster.derived(
        "public-dns", cluster.lookup("kind", "Ingress"), lambda: _registered(cluster)
    )
    return found


def _registered(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    """Rules' hosts and TLS hosts lead to the address of their Ingress: somebody entered them at the registrar."""
    zone: dict[str, tuple[str, ...]] = {}
    for ingress in cluster.of_kind("Ingress"):
        for host in hosts_of(ingress) if ingress.entrances else ():
            zone.setdefault(host, ingress.entrances)
        zone |= {name: (stand_in(name),) for name in ingress.balancer_names}
    return zone


def hosts_of(ingress: Ingress) -> list[str]:
    rules = [rule["host"] for rule in ingress.spec.get("rules") or () if rule.get("host")]
    return list(dict.fromkeys([*rules, *(h for tls in ingress.spec.get("tls") or () for h in tls.get("hosts") or ())]))


def ingress_for(cluster: Cluster, host: str) -> Ingress | None:
    """An Ingress that names the host, with or without an address."""
    wildcard = f"*.{host.partition('.')[2]}"
    for ingress in cluster.of_kind("Ingress"):
        if any(found in (host, wildcard) for found in hosts_of(ingress)):
            return ingress
    return None


def _machines(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    """The machines to which ExternalName Services point."""
    found: dict[str, tuple[str, ...]] = cluster.derived(
        "external-names", cluster.lookup("kind", "Service"), lambda: _external_names(cluster)
    )
    return found


def _external_names(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    services = (s for s in cluster.of_kind("Service") if s.type == "ExternalName")
    names = ((s.spec.get("externalName") or "").rstrip(".").lower() for s in services)
    found = {name: (stand_in(name),) for name in names if name and not is_own(name) and not is_ip(name)}
    return {**found, **{n: (stand_in(n),) for s in cluster.of_kind("Service") for n in s.balancer_names}}


def outside_name(cluster: Cluster, ip: str) -> str | None:
    """The machine outside that has this address."""
    return next((name for name, addresses in _machines(cluster).items() if ip in addresses), None)
