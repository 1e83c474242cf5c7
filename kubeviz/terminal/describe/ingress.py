"""Ingresses."""

from ...cluster.changes import Body
from ...cluster.objects import Ingress
from ...cluster.state import Cluster
from ...cluster.tables.columns import balancer_addresses
from .page import Page
from .slices import ready_endpoints


def describe(page: Page, ingress: Ingress) -> None:
    spec = ingress.spec
    page.field("Name", ingress.name)
    page.labels("Labels", ingress.labels)
    page.field("Namespace", ingress.namespace)
    page.field("Address", ",".join(balancer_addresses(ingress.status)))
    page.field("Ingress Class", spec.get("ingressClassName") or "<none>")
    own = spec.get("defaultBackend")
    default = backend(page.cluster, ingress.namespace, own) if own else "<default>"
    page.field("Default backend", default)
    _tls(page, spec.get("tls") or [])
    _rules(page, ingress, default)
    page.annotations("Annotations", ingress.annotations)


def _tls(page: Page, found: list[Body]) -> None:
    if found:
        page.write(0, "TLS:\n")
    for entry in found:
        hosts = ",".join(entry.get("hosts") or ())
        secret = entry.get("secretName")
        page.write(1, f"{secret} terminates {hosts}\n" if secret else f"SNI routes {hosts}\n")


def _rules(page: Page, ingress: Ingress, default: str) -> None:
    page.write(0, "Rules:\n  Host\tPath\tBackends\n")
    page.write(1, "----\t----\t--------\n")
    rules = [rule for rule in ingress.spec.get("rules") or () if rule.get("http")]
    for rule in rules:
        page.write(1, f"{rule.get('host') or '*'}\t\n")
        for path in rule["http"].get("paths") or ():
            page.write(2, f"\t{path.get('path') or ''} \t{backend(page.cluster, ingress.namespace, path['backend'])}\n")
    if not rules:
        page.line(1, "*", "*", default)


def backend(cluster: Cluster, namespace: str, found: Body) -> str:
    """service:port and the endpoints behind it."""
    resource = found.get("resource")
    if resource:
        return f"APIGroup: {resource.get('apiGroup') or '<none>'}, Kind: {resource['kind']}, Name: {resource['name']}"
    wanted = found["service"]
    port = wanted.get("port") or {}
    shown = f"{wanted['name']}:{port.get('number') or port.get('name') or 0}"
    service = cluster.get("Service", namespace, wanted["name"])
    if service is None:
        return f'{shown} (<error: services "{wanted["name"]}" not found>)'
    names = [
        p.name
        for p in service.ports
        if (port.get("number") and port["number"] == p.port) or (p.name and p.name == port.get("name"))
    ]
    return f"{shown} ({ready_endpoints(cluster.of_service(service.key), names[-1] if names else '')})"
