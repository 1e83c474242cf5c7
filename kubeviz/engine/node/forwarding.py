"""Choosing an endpoint, and the one rewrite: the destination becomes podIP:targetPort."""

from ...cluster.clock import lapse, stamp
from ...cluster.objects import Node, Service, ServicePort
from .. import pod as pods
from ..journey import Journey, Kept
from ..routes import Endpoint, Table, pick, table
from . import explain

LONGEST = 10_800
"""Seconds: three hours, where the Service says nothing."""


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
        j.stop(reason, explain.no_endpoint, service, port, ip, number, entry, routes)
        return
    kept = _kept(j, service, port) if service.sticky else None
    chosen = _choose(j.seed, usable, kept)
    if service.sticky:
        j.sticky = {_affinity_key(j, service, port): Kept(chosen.address, _until(j, service))}
    j.endpoints = usable
    seen = source_ip(j, chosen, node, masquerade)
    j.source_ip = seen
    j.log.append(
        (explain.forwarded, service, port, ip, number, entry, local, routes, chosen, seen, chosen.address == kept)
    )
    pods.receive(j, chosen)


def _choose(seed: int, usable: tuple[Endpoint, ...], kept: str | None) -> Endpoint:
    """By chance, or with sessionAffinity ClientIP the one that this client had at this port."""
    if kept is not None:
        for endpoint in usable:
            if endpoint.address == kept:
                return endpoint
    return usable[pick(seed, len(usable))] if len(usable) > 1 else usable[0]


def _kept(j: Journey, service: Service, port: ServicePort) -> str | None:
    """The endpoint that this client had last, unless that was too long ago."""
    found = j.affinity.get(_affinity_key(j, service, port))
    over = found is not None and found.until and j.now is not None and found.until <= stamp(j.now)
    return found.address if found is not None and not over else None


def _until(j: Journey, service: Service) -> str:
    seconds = ((service.spec.get("sessionAffinityConfig") or {}).get("clientIP") or {}).get("timeoutSeconds", LONGEST)
    return stamp(j.now + lapse(seconds)) if j.now is not None else ""


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
