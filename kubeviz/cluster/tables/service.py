"""Services."""

from datetime import datetime
from typing import Any

from ..changes import Body
from ..objects import Service
from .columns import NONE, UNKNOWN, age, balancer_addresses, labels, of

COLUMNS = of("Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", wide=("Selector",))


def external_ip(service: Service) -> str:
    """Where it can be reached from outside; a LoadBalancer waits for its address."""
    fixed = list(service.external_ips)
    match service.type:
        case "ClusterIP" | "NodePort":
            return ",".join(fixed) or NONE
        case "LoadBalancer":
            return ",".join(balancer_addresses(service.status) + fixed) or "<pending>"
        case "ExternalName":
            return str(service.spec.get("externalName") or "")
    return UNKNOWN


def _port(port: Body) -> str:
    node_port = f":{port['nodePort']}" if port.get("nodePort") else ""
    return f"{port['port']}{node_port}/{port.get('protocol') or 'TCP'}"


def cells(service: Service, now: datetime) -> tuple[Any, ...]:
    ips = service.spec.get("clusterIPs") or [service.spec.get("clusterIP")]
    return (
        service.name,
        service.type,
        ips[0] or NONE,
        external_ip(service),
        ",".join(map(_port, service.spec.get("ports") or ())) or NONE,
        age(service, now),
        labels(service.selector),
    )
