"""What a container knows of Services from its environment: those that were there when it started.

The list of a namespace is kept once per content (an `EnvSnapshot` named by its hash); a pod points to it.
"""

import hashlib
import json
from typing import TYPE_CHECKING

from .changes import Body
from .objects import Pod, Service
from .state import Cluster

if TYPE_CHECKING:
    from .apiserver import Transaction

KIND = "EnvSnapshot"


def snapshot(tx: "Transaction", namespace: str) -> str:
    """Remember the Services a container starting now would see; returns the name under which they are kept."""
    source = tx.cluster.lookup("kind", ("Service", namespace))
    services = tx.cluster.derived(("links", namespace), source, lambda: _visible(tx.cluster, namespace))
    text = json.dumps(services, separators=(",", ":"))
    name = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    if tx.cluster.get(KIND, namespace, name) is None:
        tx.put(
            {
                "apiVersion": "kubeviz.dev/v1",
                "kind": KIND,
                "metadata": {"name": name, "namespace": namespace},
                "spec": {"services": services},
            }
        )
    return name


def _visible(cluster: Cluster, namespace: str) -> list[Body]:
    """Services with a cluster IP; headless and ExternalName ones give no variables."""
    return [_entry(s) for s in cluster.of_kind("Service", namespace) if s.cluster_ip]


def _entry(service: Service) -> Body:
    ports = [[p.name, p.protocol, p.port] for p in service.ports]
    return {"name": service.name, "ip": service.cluster_ip, "ports": ports}


def service_variables(cluster: Cluster, pod: Pod) -> dict[str, str]:
    """{NAME}_SERVICE_HOST and so on as the pod's containers got them (pkg/kubelet/envvars).

    The API server's own Service comes first and is there in every namespace; `enableServiceLinks: false`
    leaves only it.
    """
    variables: dict[str, str] = {}
    api = cluster.get("Service", "default", "kubernetes")
    if api is not None and api.cluster_ip:
        variables |= _variables(_entry(api))
    name = (pod.body.get("kubeviz") or {}).get("links")
    seen = cluster.get(KIND, pod.namespace, name) if name else None
    if seen is not None and pod.spec.get("enableServiceLinks", True):
        for service in seen.spec["services"]:
            variables |= _variables(service)
    return variables


def _variables(service: Body) -> dict[str, str]:
    prefix = service["name"].upper().replace("-", "_")
    ip, ports = service["ip"], service["ports"]
    if not ports:
        return {}
    found = {f"{prefix}_SERVICE_HOST": ip, f"{prefix}_SERVICE_PORT": str(ports[0][2])}
    for name, _, port in ports:
        if name:
            found[f"{prefix}_SERVICE_PORT_{name.upper().replace('-', '_')}"] = str(port)
    for i, (_, protocol, port) in enumerate(ports):
        url = f"{protocol.lower()}://{ip}:{port}"
        if i == 0:
            found[f"{prefix}_PORT"] = url
        one = f"{prefix}_PORT_{port}_{protocol}"
        found |= {one: url, f"{one}_PROTO": protocol.lower(), f"{one}_PORT": str(port), f"{one}_ADDR": ip}
    return found
