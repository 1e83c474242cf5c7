"""What the node did, in steps."""

from typing import Any

from ...cluster.objects import Node, Pod, Service, ServicePort
from ...cluster.selectors import matches
from ...cluster.state import Cluster
from ..journey import Story
from ..model import Candidate, Evidence, Step, told
from ..routes import Endpoint, Table


def _path(port: ServicePort, field: str) -> str:
    return f"spec.ports[{port.position}].{field}"


def entered(story: Story, node: Node, ip: str, service: Service, port: ServicePort) -> None:
    number = port.node_port
    story.move(f"nodeport/{node.name}/{number}", "l4", [_open(node.name, service, port)], f"{ip}:{number}")


@told
def _open(node: str, service: Service, port: ServicePort) -> Step:
    params = {"node": node, "port": port.node_port, "service": service.ref}
    return Step("NodePortOpen", params, [Evidence(service.ref, _path(port, "nodePort"), port.node_port)])


def to_host_port(story: Story, node: Node, ip: str, number: int, endpoint: Endpoint) -> None:
    step = Step(
        "HostPort",
        {"node": node.name, "port": number, "pod": endpoint.ref},
        [Evidence(endpoint.ref, "spec.containers[0].ports", number)],
    )
    story.move(node.ref, "l4", [step], f"{ip}:{number}")
    story.move(endpoint.ref, "l4", [], endpoint.address)


def candidates(
    routes: Table, usable: tuple[Endpoint, ...], chosen: Endpoint | None, entry: str, local: bool
) -> list[Candidate]:
    """Every endpoint, and for each that was not taken the reason."""
    return [
        Candidate(e.ref, e is chosen, "" if e is chosen else _because(e, usable, entry, local)) for e in routes.every
    ]


def _because(endpoint: Endpoint, usable: tuple[Endpoint, ...], entry: str, local: bool) -> str:
    if endpoint in usable:
        return "NotThisTime"
    if endpoint.terminating:
        return "Terminating"
    return "OnAnotherNode" if local and endpoint.ready else "NotReady"


def forwarded(
    story: Story,
    service: Service,
    port: ServicePort,
    ip: str,
    number: int,
    entry: str,
    local: bool,
    routes: Table,
    chosen: Endpoint,
    source: str,
    kept: bool,
) -> None:
    step = _chosen(service, port, routes, chosen, entry, local, kept)
    src = source if source != story.src else ""
    if service.namespace == "ingress-nginx":
        story.move(chosen.ref, "l4", [step], chosen.address, src)
        return
    story.teach(service.ref, "l4", [_matched(service, port, ip, number)], f"{service.cluster_ip or ip}:{port.port}")
    story.teach(chosen.ref, "l4", [step], chosen.address)
    steps = [_rewritten(f"{ip}:{number}", chosen.address, entry), step]
    if src:
        steps.append(_masqueraded(service, story.src, src, entry, chosen.ip))
    story.go(chosen.ref, "l4", steps, chosen.address, src)


@told
def _chosen(
    service: Service, port: ServicePort, routes: Table, chosen: Endpoint, entry: str, local: bool, kept: bool
) -> Step:
    usable = routes.by_node.get(entry, ()) if local else routes.usable
    return Step(
        "AffinityKept" if kept else "EndpointChosen",
        {"count": len(usable), "endpoint": chosen.address, "pod": chosen.ref, "service": service.ref},
        [Evidence(service.ref, _path(port, "targetPort"), port.target)],
        candidates(routes, usable, chosen, entry, local),
        "TerminatingFallback" if chosen.terminating else None,
    )


@told
def _matched(service: Service, port: ServicePort, ip: str, number: int) -> Step:
    if number == port.node_port:
        evidence = Evidence(service.ref, _path(port, "nodePort"), number)
        return Step("NodePortToService", {"service": service.ref, "nodePort": number, "port": port.port}, [evidence])
    evidence = Evidence(service.ref, _path(port, "port"), port.port)
    return Step("ServiceMatched", {"service": service.ref, "ip": ip, "port": number}, [evidence])


@told
def _rewritten(before: str, after: str, node: str) -> Step:
    return Step("Rewritten", {"from": before, "to": after, "node": node})


@told
def _masqueraded(service: Service, before: str, after: str, entry: str, chosen_ip: str) -> Step:
    policy = service.spec.get("externalTrafficPolicy")
    evidence = [Evidence(service.ref, "spec.externalTrafficPolicy", policy)] if policy else []
    reason = "Hairpin" if before == chosen_ip else "SourceRewritten"
    return Step(reason, {"from": before, "to": after, "node": entry}, evidence)


def no_endpoint(
    story: Story, service: Service, port: ServicePort, ip: str, number: int, entry: str, routes: Table
) -> None:
    reason = story.journey.reason
    usable: tuple[Any, ...] = ()
    local = reason == "LocalPolicyNoEndpoint"
    step = Step(
        reason,
        {
            "service": service.ref,
            "node": entry,
            "port": number,
            "selector": _selector_text(service),
            "state": _state(story.cluster, service),
        },
        empty_evidence(story.cluster, service, port, reason),
        candidates(routes, usable, None, entry, local) + unmatched_pods(story, service, reason),
    )
    story.move(service.ref, "l4", [_matched(service, port, ip, number), step], f"{ip}:{number}")


def _selector_text(service: Service) -> str:
    return ",".join(f"{k}={v}" for k, v in service.selector.items())


def empty_evidence(cluster: Cluster, service: Service, port: ServicePort, reason: str) -> list[Evidence]:
    """The field to look at when nobody stands behind a Service."""
    if reason == "LocalPolicyNoEndpoint":
        field = "externalTrafficPolicy" if service.local_external else "internalTrafficPolicy"
        return [Evidence(service.ref, f"spec.{field}", "Local")]
    if reason == "ServiceHasNoEndpoints" and service.selector:
        return [Evidence(service.ref, _path(port, "targetPort"), port.target)]
    unwell = _unwell(cluster, service) if reason == "AllEndpointsUnready" else []
    return [_health(pod) for pod in unwell] or [Evidence(service.ref, "spec.selector", service.selector or None)]


def _unwell(cluster: Cluster, service: Service) -> list[Pod]:
    pods = cluster.selected_pods(service.namespace, service.selector) if service.selector else []
    return [pod for pod in pods if not pod.finished and not pod.ready][:3]


def _health(pod: Pod) -> Evidence:
    """What keeps a pod from being ready: what its container waits for, else that it is not ready."""
    if not pod.status.get("containerStatuses"):
        return Evidence(pod.ref, "status.phase", pod.phase)
    if pod.waits_for:
        return Evidence(pod.ref, "status.containerStatuses[0].state.waiting.reason", pod.waits_for)
    return Evidence(pod.ref, "status.containerStatuses[0].ready", False)


def _state(cluster: Cluster, service: Service) -> str:
    """What all the pods that are not ready wait for, where it is one thing."""
    found = {pod.waits_for for pod in _unwell(cluster, service)}
    return found.pop() if len(found) == 1 else ""


def unmatched_pods(story: Story, service: Service, reason: str) -> list[Candidate]:
    """For a selector that matches nothing: the pods of the namespace, none of which bears its labels."""
    if reason != "SelectorMatchesNothing":
        return []
    pods = story.cluster.of_kind("Pod", service.namespace)[:20]
    return [Candidate(p.ref, False, "LabelsDiffer") for p in pods if not matches(service.selector, p.labels)]


def port_closed(story: Story, service: Service, ip: str, number: int) -> None:
    open_ports = [p.port for p in service.ports]
    evidence = [Evidence(service.ref, _path(p, "port"), p.port) for p in service.ports]
    step = Step("ServicePortClosed", {"service": service.ref, "ip": ip, "port": number, "open": open_ports}, evidence)
    story.move(service.ref, "l4", [step], f"{ip}:{number}")


def balancer_port_closed(story: Story, service: Service, ip: str, number: int) -> None:
    evidence = [
        Evidence(
            service.ref,
            _path(p, "nodePort" if p.node_port == number else "port"),
            p.node_port if p.node_port == number else p.port,
        )
        for p in service.ports
    ]
    step = Step(
        story.journey.reason,
        {"service": service.ref, "ip": ip, "port": number, "open": [p.port for p in service.ports]},
        evidence,
    )
    where = f"balancer/{service.namespace}/{service.name}"
    if story.at == where:
        story.stay(where, "l4", [step])
    else:
        story.move(where, "l4", [step], f"{ip}:{number}")


def source_blocked(story: Story, service: Service, ip: str, number: int) -> None:
    ranges = service.spec.get("loadBalancerSourceRanges")
    step = Step(
        "SourceRangeBlocked",
        {"service": service.ref, "client": story.src, "ranges": ranges},
        [Evidence(service.ref, "spec.loadBalancerSourceRanges", ranges)],
    )
    story.move(f"balancer/{service.namespace}/{service.name}", "l4", [step], f"{ip}:{number}")


def node_down(story: Story, node: Node, ip: str, number: int) -> None:
    step = Step(
        "NodeDown",
        {"node": node.name, "ip": ip},
        [Evidence(node.ref, "metadata.annotations[kubeviz.dev/power]", "off")],
    )
    port = next(iter(story.cluster.services_by_node_port(story.journey.protocol, number)), None)
    story.move(f"nodeport/{node.name}/{number}" if port else node.ref, "l4", [step], f"{ip}:{number}")


def node_port_closed(story: Story, node: Node, ip: str, number: int) -> None:
    found = [(s, p) for s in story.cluster.of_kind("Service") for p in s.ports if p.node_port]
    evidence = [Evidence(s.ref, _path(p, "nodePort"), p.node_port) for s, p in found[:5]]
    story.move(
        node.ref,
        "l4",
        [Step("NodePortClosed", {"node": node.name, "port": number}, evidence)],
        f"{ip}:{number}",
    )
