"""The node: what kube-proxy (nftables mode) does with a packet for a Service or a node port.

One rewrite: the destination becomes podIP:targetPort on the node that first sees the packet. Where the sender
is not a pod, or comes in through a node port, the source is rewritten too, so that the reply finds its way back.
"""

from typing import Any

from ..cluster.objects import Node, Pod, Service, ServicePort
from ..cluster.selectors import matches
from . import health
from . import pod as pods
from .journey import Journey, Story
from .model import Candidate, Evidence, Step
from .networks import within
from .routes import NOTHING, Endpoint, Table, endpoint_of, pick, table


def to_cluster_ip(j: Journey, service: Service, ip: str, number: int) -> None:
    """A Service's cluster IP, from wherever it can be reached."""
    port = service.by_port.get((number, j.protocol))
    if port is None:
        j.stop("ServicePortClosed", _port_closed, service, ip, number)
        return
    node = j.cluster.get("Node", "", j.node)
    forward(j, service, port, ip, number, node, service.local_internal, masquerade=j.pod is None)


def to_external(j: Journey, service: Service, ip: str, number: int, entry: Node | None) -> None:
    """A balancer's or external IP that a node takes for its own, as kube-proxy does on every node."""
    port = service.by_port.get((number, j.protocol))
    if port is None:
        reached = (number, j.protocol) in service.by_node_port
        reason = "NodePortOnLoadBalancerIP" if reached else "BalancerPortClosed"
        j.stop(reason, _balancer_port_closed, service, ip, number)
        return
    if ip in service.entrances and not in_source_ranges(service, j.client):
        j.stop("SourceRangeBlocked", _source_blocked, service, ip, number)
        return
    _from_outside(j, service, port, ip, number, entry)


def in_source_ranges(service: Service, client: str) -> bool:
    """loadBalancerSourceRanges: none means everybody."""
    ranges = service.spec.get("loadBalancerSourceRanges")
    return not ranges or any(within(client, found) for found in ranges)


def to_node(j: Journey, node: Node, ip: str, number: int) -> None:
    """A node's own address: a node port, a port that a pod holds (hostPort, hostNetwork), or nothing that listens.

    kube-proxy's rules see a packet before any program on the node does.
    """
    if not node.up:
        j.stop("NodeDown", _node_down, node, ip, number)
        return
    service = j.cluster.first("node_port", (j.protocol, number))
    if service is not None:
        port = service.by_node_port[(number, j.protocol)]
        j.log.append((_enter_node, node, ip, service, port))
        _from_outside(j, service, port, ip, number, node)
    elif (pod := j.cluster.first("host_port", (node.name, number, j.protocol))) is not None:
        _to_host_port(j, node, pod, ip, number)
    elif (service := health.checked_at(j.cluster, number, j.protocol)) is not None:
        health.answer(j, node, service, ip, number)
    else:
        j.stop("NodePortClosed", _node_port_closed, node, ip, number)


def _from_outside(j: Journey, service: Service, port: ServicePort, ip: str, number: int, node: Node | None) -> None:
    """Through an address made for the outside. Whoever sits on the node that takes the packet is inside: policy
    Local does not bind them. It keeps every client's address, except that of the node itself."""
    at_home = node is not None and j.node == node.name
    local = service.local_external
    masquerade = not local or (at_home and j.pod is None)
    forward(j, service, port, ip, number, node, local and not at_home, masquerade)


def _to_host_port(j: Journey, node: Node, pod: Pod, ip: str, number: int) -> None:
    endpoint = endpoint_of(pod, pod.host_ports[(number, j.protocol)])
    j.endpoints = (endpoint,)
    j.log.append((_host_port, node, ip, number, endpoint))
    j.source_ip = j.client
    pods.receive(j, endpoint)


def forward(
    j: Journey,
    service: Service,
    port: ServicePort,
    ip: str,
    number: int,
    node: Node | None,
    local: bool,
    masquerade: bool,
) -> None:
    """Choose an endpoint of the port and send the packet there; *node* is the one that does it."""
    routes = table(j.cluster, service, port)
    entry = node.name if node is not None else ""
    usable = routes.by_node.get(entry, ()) if local else routes.usable
    if not usable:
        reason = "LocalPolicyNoEndpoint" if local and routes.usable else why_empty(j, service, port, routes)
        j.stop(reason, _no_endpoint, service, port, ip, number, entry, routes)
        return
    chosen = _choose(j, service, port, usable)
    j.endpoints = usable
    seen = source_ip(j, chosen, node, masquerade)
    j.source_ip = seen
    j.log.append((_forwarded, service, port, ip, number, entry, local, routes, chosen, seen))
    pods.receive(j, chosen)


def _choose(j: Journey, service: Service, port: ServicePort, usable: tuple[Endpoint, ...]) -> Endpoint:
    """By chance, or with sessionAffinity ClientIP the one that this client had at this port."""
    if not service.sticky:
        return usable[pick(j.seed, len(usable))] if len(usable) > 1 else usable[0]
    key = _affinity_key(j, service, port)
    stays = j.affinity.get(key)
    chosen = next((e for e in usable if e.address == stays), None) or usable[pick(j.seed, len(usable))]
    j.sticky = {key: chosen.address}
    return chosen


def _affinity_key(j: Journey, service: Service, port: ServicePort) -> tuple[str, str]:
    return (f"{service.ref}:{port.port}/{port.protocol}", j.client)


def source_ip(j: Journey, chosen: Endpoint, node: Node | None, masquerade: bool) -> str:
    """The sender's address that the pod sees: its own, or the node's where that hides it. A pod that is sent back
    to itself is always hidden (hairpin)."""
    if node is None or not (masquerade or (j.pod is not None and chosen.ip == j.pod.ip)):
        return j.client
    return node.bridge_ip if chosen.node == node.name else node.internal_ip


def why_empty(j: Journey, service: Service, port: ServicePort, routes: Table) -> str:
    """Which of the three ways to have no endpoint this is."""
    if not service.selector:
        return "AllEndpointsUnready" if routes.every else "ServiceHasNoEndpoints"
    pods = [p for p in j.cluster.selected_pods(service.namespace, service.selector) if not p.finished]
    if not pods:
        return "SelectorMatchesNothing"
    return "ServiceHasNoEndpoints" if any(p.ready and not p.terminating for p in pods) else "AllEndpointsUnready"


# ── explanations ──


def _path(port: ServicePort, field: str) -> str:
    return f"spec.ports[{port.position}].{field}"


def _enter_node(story: Story, node: Node, ip: str, service: Service, port: ServicePort) -> None:
    where = f"nodeport/{node.name}/{port.node_port}"
    steps = [
        Step(
            "NodePortOpen",
            {"node": node.name, "port": port.node_port, "service": service.ref},
            [Evidence(service.ref, _path(port, "nodePort"), port.node_port)],
        )
    ]
    story.move(where, "l4", steps, f"{ip}:{port.node_port}")


def _host_port(story: Story, node: Node, ip: str, number: int, endpoint: Endpoint) -> None:
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


def _kept(story: Story, service: Service, port: ServicePort, chosen: Endpoint) -> bool:
    """Whether this client had the endpoint before, and so has it again."""
    journey = story.journey
    return service.sticky and journey.affinity.get(_affinity_key(journey, service, port)) == chosen.address


def _forwarded(
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
) -> None:
    usable = routes.by_node.get(entry, ()) if local else routes.usable
    step = Step(
        "AffinityKept" if _kept(story, service, port, chosen) else "EndpointChosen",
        {"count": len(usable), "endpoint": chosen.address, "pod": chosen.ref, "service": service.ref},
        [Evidence(service.ref, _path(port, "targetPort"), port.target)],
        candidates(routes, usable, chosen, entry, local),
    )
    if chosen.terminating:
        step.note = "TerminatingFallback"
    src = source if source != story.src else ""
    if service.namespace == "ingress-nginx":
        story.move(chosen.ref, "l4", [step], chosen.address, src)
        return
    story.teach(service.ref, "l4", [_matched(service, port, ip, number)], f"{service.cluster_ip or ip}:{port.port}")
    story.teach(chosen.ref, "l4", [step], chosen.address)
    steps = [Step("Rewritten", {"from": f"{ip}:{number}", "to": chosen.address, "node": entry}), step]
    if src:
        steps.append(_masqueraded(service, story.src, src, entry, chosen))
    story.go(chosen.ref, "l4", steps, chosen.address, src)


def _matched(service: Service, port: ServicePort, ip: str, number: int) -> Step:
    if number == port.node_port:
        evidence = Evidence(service.ref, _path(port, "nodePort"), number)
        return Step("NodePortToService", {"service": service.ref, "nodePort": number, "port": port.port}, [evidence])
    return Step(
        "ServiceMatched",
        {"service": service.ref, "ip": ip, "port": number},
        [Evidence(service.ref, _path(port, "port"), port.port)],
    )


def _masqueraded(service: Service, before: str, after: str, entry: str, chosen: Endpoint) -> Step:
    evidence = (
        [Evidence(service.ref, "spec.externalTrafficPolicy", service.spec.get("externalTrafficPolicy"))]
        if service.spec.get("externalTrafficPolicy")
        else []
    )
    reason = "Hairpin" if before == chosen.ip else "SourceRewritten"
    return Step(reason, {"from": before, "to": after, "node": entry}, evidence)


def _no_endpoint(
    story: Story, service: Service, port: ServicePort, ip: str, number: int, entry: str, routes: Table
) -> None:
    reason = story.journey.reason
    usable: tuple[Any, ...] = ()
    local = reason == "LocalPolicyNoEndpoint"
    step = Step(
        reason,
        {"service": service.ref, "node": entry, "port": number, "selector": _selector_text(service)},
        empty_evidence(service, port, reason),
        candidates(routes, usable, None, entry, local) + unmatched_pods(story, service, reason),
    )
    story.move(service.ref, "l4", [_matched(service, port, ip, number), step], f"{ip}:{number}")


def _selector_text(service: Service) -> str:
    return ",".join(f"{k}={v}" for k, v in service.selector.items())


def empty_evidence(service: Service, port: ServicePort, reason: str) -> list[Evidence]:
    """The field to look at when nobody stands behind a Service."""
    if reason == "LocalPolicyNoEndpoint":
        field = "externalTrafficPolicy" if service.local_external else "internalTrafficPolicy"
        return [Evidence(service.ref, f"spec.{field}", "Local")]
    if reason == "ServiceHasNoEndpoints" and service.selector:
        return [Evidence(service.ref, _path(port, "targetPort"), port.target)]
    return [Evidence(service.ref, "spec.selector", service.selector or None)]


def unmatched_pods(story: Story, service: Service, reason: str) -> list[Candidate]:
    """For a selector that matches nothing: the pods of the namespace, none of which bears its labels."""
    if reason != "SelectorMatchesNothing":
        return []
    pods = story.cluster.of_kind("Pod", service.namespace)[:20]
    return [Candidate(p.ref, False, "LabelsDiffer") for p in pods if not matches(service.selector, p.labels)]


def _port_closed(story: Story, service: Service, ip: str, number: int) -> None:
    open_ports = [p.port for p in service.ports]
    evidence = [Evidence(service.ref, _path(p, "port"), p.port) for p in service.ports]
    step = Step("ServicePortClosed", {"service": service.ref, "ip": ip, "port": number, "open": open_ports}, evidence)
    story.move(service.ref, "l4", [step], f"{ip}:{number}")


def _balancer_port_closed(story: Story, service: Service, ip: str, number: int) -> None:
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


def _source_blocked(story: Story, service: Service, ip: str, number: int) -> None:
    ranges = service.spec.get("loadBalancerSourceRanges")
    step = Step(
        "SourceRangeBlocked",
        {"service": service.ref, "client": story.src, "ranges": ranges},
        [Evidence(service.ref, "spec.loadBalancerSourceRanges", ranges)],
    )
    story.move(f"balancer/{service.namespace}/{service.name}", "l4", [step], f"{ip}:{number}")


def _node_down(story: Story, node: Node, ip: str, number: int) -> None:
    step = Step(
        "NodeDown",
        {"node": node.name, "ip": ip},
        [Evidence(node.ref, "metadata.annotations[kubeviz.dev/power]", "off")],
    )
    port = next(iter(story.cluster.services_by_node_port(story.journey.protocol, number)), None)
    story.move(f"nodeport/{node.name}/{number}" if port else node.ref, "l4", [step], f"{ip}:{number}")


def _node_port_closed(story: Story, node: Node, ip: str, number: int) -> None:
    found = [(s, p) for s in story.cluster.of_kind("Service") for p in s.ports if p.node_port]
    evidence = [Evidence(s.ref, _path(p, "nodePort"), p.node_port) for s, p in found[:5]]
    story.move(
        node.ref,
        "l4",
        [Step("NodePortClosed", {"node": node.name, "port": number}, evidence)],
        f"{ip}:{number}",
    )


__all__ = ["NOTHING", "forward", "to_cluster_ip", "to_external", "to_node", "why_empty"]
