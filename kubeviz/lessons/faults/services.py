"""Faults of Services: their selector, their ports, what stands behind them, when they were made."""

from collections.abc import Iterator
from typing import Any

from ...cluster.objects import Obj, Pod, Service
from ...cluster.state import Cluster
from ...cluster.yaml_text import to_yaml
from ..places import SYSTEM
from ..steps import Apply, Delete, Patch, Restart, Selector
from .fault import Fault, mistyped


def ours(cluster: Cluster) -> list[Service]:
    """The learner's Services that select pods."""
    found: list[Service] = cluster.of_kind("Service")
    return [s for s in found if s.namespace not in SYSTEM and s.selector and s.type != "ExternalName"]


def selector_typo(cluster: Cluster) -> Iterator[Fault]:
    for service in ours(cluster):
        key, value = next(iter(service.selector.items()))
        for typo in mistyped(value)[:6]:
            breaks = Selector(ref=service.ref, selector={**service.selector, key: typo})
            repairs = Selector(ref=service.ref, selector=service.selector)
            yield Fault("selector_typo", service.ref, frozenset({service.ref}), [breaks], [repairs])


def wrong_target_port(cluster: Cluster) -> Iterator[Fault]:
    for service in ours(cluster):
        listening = {port for pod in cluster.selected_pods(service.namespace, service.selector) for port in ports(pod)}
        wrong = [p for p in (80, 8081, 8000, 3000, 8443) if p not in listening]
        for port in wrong[:3]:
            yield _ports(service, "wrong_target_port", "targetPort", port)


def wrong_port(cluster: Cluster) -> Iterator[Fault]:
    """Guests and other apps knock at the port that was agreed on."""
    for service in ours(cluster):
        taken = {p.port for p in service.ports}
        for port in [p for p in (8080, 81, 8000) if p not in taken][:2]:
            yield _ports(service, "wrong_port", "port", port)


def ports(pod: Pod) -> set[int]:
    return {port for port, _ in pod.listening}


def _ports(service: Service, kind: str, field: str, value: int) -> Fault:
    right = service.spec["ports"]
    wrong = [{**right[0], field: value}, *right[1:]]
    breaks, repairs = (Patch(ref=service.ref, change={"spec": {"ports": p}}) for p in (wrong, right))
    return Fault(kind, service.ref, frozenset({service.ref}), [breaks], [repairs])


def missing_endpoints(cluster: Cluster) -> Iterator[Fault]:
    """A Service without a selector has the endpoints that somebody writes, and no others."""
    for endpoints in cluster.of_kind("Endpoints"):
        service = cluster.get("Service", endpoints.namespace, endpoints.name)
        if service is not None and not service.selector and endpoints.ref != "endpoints/default/kubernetes":
            remade = Apply(manifests=to_yaml(plain(endpoints)))
            touched = frozenset({endpoints.ref, service.ref})
            yield Fault("missing_endpoints", service.ref, touched, [Delete(ref=endpoints.ref)], [remade])


def service_after_pod(cluster: Cluster) -> Iterator[Fault]:
    """Made anew, a Service has a new address; containers that started before know only the old one."""
    for service in ours(cluster):
        variable = f"$({service.name.upper().replace('-', '_')}_SERVICE_HOST)"
        for caller in _callers(cluster, service.namespace, variable):
            again = Apply(manifests=to_yaml(_without_address(plain(service))))
            touched = frozenset({service.ref, caller.ref})
            yield Fault(
                "service_after_pod", service.ref, touched, [Delete(ref=service.ref), again], [Restart(ref=caller.ref)]
            )


def _callers(cluster: Cluster, namespace: str, variable: str) -> list[Obj]:
    """Deployments whose app finds the Service by its environment."""
    return [d for d in cluster.of_kind("Deployment", namespace) if variable in str(d.spec.get("template"))]


def plain(obj: Obj) -> dict[str, Any]:
    """The object as somebody would write it: without what the server adds."""
    metadata = {k: obj.metadata[k] for k in ("name", "namespace", "labels") if obj.metadata.get(k)}
    return {**{k: v for k, v in obj.body.items() if k not in ("metadata", "status", "kubeviz")}, "metadata": metadata}


def _without_address(body: dict[str, Any]) -> dict[str, Any]:
    spec = {k: v for k, v in body["spec"].items() if k not in ("clusterIP", "clusterIPs")}
    return {**body, "spec": spec}
