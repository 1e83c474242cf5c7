"""Repairs of Services: selector, target port, traffic policy, source ranges."""

from collections.abc import Iterator
from typing import Any

from ...cluster.objects import Obj, Pod, Service
from .case import Case, nearest
from .proposal import Patch, Proposal, kubectl_patch, kubectl_set, n

MOST = 3
LIKE, VERY_LIKE = 0.5, 0.8
"""How much a selector must look like what was meant; without one only the Service's name says what was."""
WORKLOADS = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")


def selector(case: Case) -> Iterator[Proposal]:
    """The selector that pods of the namespace would match and that looks most like the one that matches nothing."""
    service = case.service
    if service is None or next(_scaled_up(case, service), None) is not None:
        return
    found: dict[tuple[tuple[str, str], ...], str] = {}
    for pod in case.cluster.of_kind("Pod", service.namespace):
        if not pod.finished and not pod.terminating and (wanted := _selector_for(service, pod)):
            found[tuple(wanted.items())] = ",".join(f"{k}={v}" for k, v in wanted.items())
    now = ",".join(f"{k}={v}" for k, v in service.selector.items()) or f"app={service.name}"
    least = LIKE if service.selector else VERY_LIKE
    alike = nearest(now, list(found.values()), least, close=0.15)[:MOST]
    for wanted_pairs, text in sorted(
        found.items(), key=lambda item: alike.index(item[1]) if item[1] in alike else MOST
    ):
        if text in alike:
            yield _with_selector(service, dict(wanted_pairs), text)


def _selector_for(service: Service, pod: Pod) -> dict[str, str]:
    """The pod's own value for each key of the selector; for a key it does not bear, its key that looks most like it."""
    wanted: dict[str, str] = {}
    for key in service.selector or {"app": service.name}:
        own = key if key in pod.labels else next(iter(nearest(key, list(pod.labels), 0.6)), None)
        if own is None:
            return {}
        wanted[own] = pod.labels[own]
    return wanted


def _with_selector(service: Service, wanted: dict[str, str], text: str) -> Proposal:
    patch = {"spec": {"selector": {**{k: None for k in service.selector if k not in wanted}, **wanted}}}
    command = f"kubectl set selector service {service.name}{n(service)} {text}"
    return Proposal("SetSelector", {"service": service.ref, "selector": text}, command, (Patch(service.key, patch),))


def scale_up(case: Case) -> Iterator[Proposal]:
    """A workload whose pods the Service wants, scaled to none."""
    if case.service is not None:
        yield from _scaled_up(case, case.service)


def _scaled_up(case: Case, service: Service) -> Iterator[Proposal]:
    for kind in WORKLOADS if service.selector else ():
        for workload in case.cluster.of_kind(kind, service.namespace):
            labels = ((workload.spec.get("template") or {}).get("metadata") or {}).get("labels") or {}
            if workload.spec.get("replicas") == 0 and service.selector.items() <= labels.items():
                yield _scaled(workload)


def _scaled(workload: Obj) -> Proposal:
    command = f"kubectl scale {workload.kind.lower()} {workload.name}{n(workload)} --replicas=1"
    return Proposal("ScaleUp", {"workload": workload.name}, command, (Patch(workload.key, {"spec": {"replicas": 1}}),))


def target_port(case: Case) -> Iterator[Proposal]:
    """The port that the pods of the Service really listen on, in place of targetPort."""
    service = case.service
    if service is None:
        return
    for position, wrong in _wrong_ports(case, service):
        for port in _listened(case, service):
            if port != wrong:
                yield _with_target(service, position, port)


def _wrong_ports(case: Case, service: Service) -> Iterator[tuple[int, Any]]:
    """The ports that lead to where nobody listens: by the number refused, else those with a name no pod has."""
    refused = case.params.get("port") if case.reason == "TargetPortClosed" else None
    for port in service.ports:
        if refused is None or port.target == refused or isinstance(port.target, str):
            yield port.position, port.target


def _listened(case: Case, service: Service) -> list[int]:
    pods = [case.pod] if case.pod is not None else case.cluster.selected_pods(service.namespace, service.selector)
    return sorted({port for pod in pods for port, protocol in pod.listening if protocol == "TCP"})[:MOST]


def _with_target(service: Service, position: int, port: int) -> Proposal:
    ports = [dict(p) for p in service.spec["ports"]]
    ports[position]["targetPort"] = port
    return Proposal(
        "SetTargetPort",
        {"service": service.ref, "port": port},
        kubectl_set(service, f"/spec/ports/{position}/targetPort", port),
        (Patch(service.key, {"spec": {"ports": ports}}),),
    )


def traffic_policy(case: Case) -> Iterator[Proposal]:
    """Policy Cluster uses the pods of every node."""
    service = case.service
    for field in ("externalTrafficPolicy", "internalTrafficPolicy"):
        if service is not None and service.spec.get(field) == "Local":
            patch = {"spec": {field: "Cluster"}}
            yield Proposal(
                "SetPolicyCluster",
                {"service": service.ref, "field": field},
                kubectl_patch(service, patch),
                (Patch(service.key, patch),),
            )


def source_ranges(case: Case) -> Iterator[Proposal]:
    service = case.service
    if service is None:
        return
    ranges = [*(service.spec.get("loadBalancerSourceRanges") or ()), f"{case.params['client']}/32"]
    patch = {"spec": {"loadBalancerSourceRanges": ranges}}
    yield Proposal(
        "AllowSource",
        {"service": service.ref, "client": case.params["client"]},
        kubectl_patch(service, patch),
        (Patch(service.key, patch),),
    )
