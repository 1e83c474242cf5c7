"""Sources and addresses as authors write them, for objects whose names and addresses are only known in the lab."""

import re

from ..cluster.objects import Pod, Service
from ..cluster.references import resolve, select
from ..cluster.state import Cluster

SYSTEM = ("kube-system", "ingress-nginx")
"""Namespaces whose pods belong to the cluster itself."""
PLACEHOLDER = re.compile(r"\{(?:(balancer|nodeport|pod|node) )?([^{} ]+)\}")


class Unknown(LookupError):
    """Something an author names that this cluster does not have."""


def sources(cluster: Cluster, text: str) -> list[str]:
    """`internet`, `vpc`, `node/NAME`, `pod/NS/NAME`, `pod/NS/key=value` (the first that runs), or many at once:
    `every node`, `every pod`, `every pod/NS`, `every pod/NS/key=value`."""
    if text in ("internet", "vpc"):
        return [text]
    every = text.startswith("every ")
    wanted = text.removeprefix("every ")
    if every and wanted == "node":
        return [node.ref for node in cluster.of_kind("Node")]
    if every and wanted.count("/") < 2 and wanted.partition("/")[0] == "pod":
        return [pod.ref for pod in running(cluster, wanted.partition("/")[2] or None)]
    found = [o.ref for o in select(cluster, wanted) if not isinstance(o, Pod) or alive(o)]
    return found if every else found[:1]


def running(cluster: Cluster, namespace: str | None = None) -> list[Pod]:
    """The pods one can send from, without the cluster's own."""
    pods: list[Pod] = cluster.of_kind("Pod", namespace)
    return [p for p in pods if alive(p) and (namespace or p.namespace not in SYSTEM)]


def alive(pod: Pod) -> bool:
    return pod.running and bool(pod.ip) and not pod.terminating


def address(cluster: Cluster, text: str) -> str:
    """*text* with `{order}` or `{shop/order}` as the Service's cluster IP, `{balancer order}` and `{nodeport order}` as
    its doors, `{node node-1}` and `{pod shop/app=order}` as addresses. Raises Unknown."""
    return PLACEHOLDER.sub(lambda match: _value(cluster, match[1] or "", match[2]), text)


def _value(cluster: Cluster, what: str, name: str) -> str:
    if what == "pod":
        found = next((o.ip for o in select(cluster, f"pod/{name}") if isinstance(o, Pod) and alive(o)), "")
    elif what == "node":
        node = resolve(cluster, f"node/{name}")
        found = (node.external_ip or node.internal_ip) if node else ""
    else:
        found = _of_service(service_named(cluster, name), what)
    if not found:
        raise Unknown(f"{what} {name}".strip())
    return found


def _of_service(service: Service | None, what: str) -> str:
    if service is None:
        return ""
    if what == "balancer":
        return next(iter(service.balancer_ips), "")
    if what == "nodeport":
        return str(next((p.node_port for p in service.ports if p.node_port), ""))
    return service.cluster_ip


def service_named(cluster: Cluster, name: str) -> Service | None:
    """`NS/NAME`, or a name alone: then the first namespace that has it counts."""
    namespace, slash, rest = name.rpartition("/")
    if slash:
        found: Service | None = cluster.get("Service", namespace, rest)
        return found
    return next((s for s in cluster.of_kind("Service") if s.name == name and s.namespace not in SYSTEM), None)


# ── the other way: how an author would write it ──


def general_place(cluster: Cluster, source: str) -> str:
    """A pod by its `app` label, for its name will be another one next time."""
    pod = resolve(cluster, source) if source.startswith("pod/") else None
    if pod is None or "app" not in pod.labels:
        return source
    return f"pod/{pod.namespace}/app={pod.labels['app']}"


def general_address(cluster: Cluster, url: str) -> str:
    """*url* with placeholders for addresses that are only known in the lab."""
    return ADDRESS.sub(lambda match: _placeholder(cluster, match[0]) or match[0], url)


ADDRESS = re.compile(r"(?<=//)\d+\.\d+\.\d+\.\d+(?=[:/]|$)")


def _placeholder(cluster: Cluster, ip: str) -> str:
    for service in cluster.of_kind("Service"):
        if service.cluster_ip == ip:
            return f"{{{service.namespace}/{service.name}}}"
        if ip in service.balancer_ips:
            return f"{{balancer {service.namespace}/{service.name}}}"
    node = next((n for n in cluster.of_kind("Node") if ip in (n.external_ip or n.internal_ip,)), None)
    if node is not None:
        return f"{{node {node.name}}}"
    pod = next((p for p in cluster.of_kind("Pod") if p.ip == ip and "app" in p.labels), None)
    return f"{{pod {pod.namespace}/app={pod.labels['app']}}}" if pod is not None else ""
