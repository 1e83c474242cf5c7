"""healthCheckNodePort: where a balancer asks each node whether it has a pod of a Service with policy Local.

kube-proxy itself answers, 200 or 503, with the number of ready endpoints on the node (pkg/proxy/healthcheck).
"""

import json

from ..cluster.objects import Node, Service
from ..cluster.state import Cluster
from .journey import Journey, Story
from .model import Evidence, Http, Step
from .routes import table


def checked_at(cluster: Cluster, number: int, protocol: str) -> Service | None:
    """The Service whose health check this port of every node is."""
    if protocol != "TCP":
        return None
    services = (s for s in cluster.of_kind("Service") if s.local_external)
    return next((s for s in services if s.spec.get("healthCheckNodePort") == number), None)


def answer(j: Journey, node: Node, service: Service, ip: str, number: int) -> None:
    local = {
        e.ref for port in service.ports for e in table(j.cluster, service, port).by_node.get(node.name, ()) if e.ready
    }
    about = {"namespace": service.namespace, "name": service.name}
    body = {"service": about, "localEndpoints": len(local), "serviceProxyHealthy": True}
    j.http = Http(200 if local else 503, json.dumps(body), {"Content-Type": "application/json"})
    j.stop("Delivered" if local else "HealthCheckFailed", _answered, node, service, ip, number, len(local))


def _answered(story: Story, node: Node, service: Service, ip: str, number: int, local: int) -> None:
    params = {"node": node.name, "port": number, "service": service.ref, "count": local}
    evidence = [Evidence(service.ref, "spec.healthCheckNodePort", number)]
    story.move(
        node.ref, "l4", [Step("HealthChecked" if local else "HealthCheckFailed", params, evidence)], f"{ip}:{number}"
    )
