"""Services."""

from ...cluster.changes import Body
from ...cluster.objects import Service
from ...cluster.tables.columns import labels
from .page import Page
from .slices import ready_endpoints

UNSET = "<unset>"


def describe(page: Page, service: Service) -> None:
    spec = service.spec
    page.head(service)
    page.marks(service)
    page.field("Selector", labels(service.selector))
    page.field("Type", service.type)
    if spec.get("ipFamilyPolicy"):
        page.field("IP Family Policy", spec["ipFamilyPolicy"])
    page.field("IP Families", ",".join(spec.get("ipFamilies") or ()) or "<none>")
    page.field("IP", spec.get("clusterIP") or "")
    page.field("IPs", ",".join(spec.get("clusterIPs") or ()) or "<none>")
    _outside(page, service)
    slices = page.cluster.of_service(service.key)
    for port in spec.get("ports") or ():
        _port(page, port)
        page.field("Endpoints", ready_endpoints(slices, port.get("name") or ""))
    _policies(page, spec)


def _outside(page: Page, service: Service) -> None:
    spec = service.spec
    if service.external_ips:
        page.field("External IPs", ",".join(service.external_ips))
    if spec.get("loadBalancerIP"):
        page.field("Desired LoadBalancer IP", spec["loadBalancerIP"])
    if spec.get("externalName"):
        page.field("External Name", spec["externalName"])
    ingress = (service.status.get("loadBalancer") or {}).get("ingress")
    if ingress:
        page.field("LoadBalancer Ingress", ", ".join(map(_entry, ingress)))


def _entry(entry: Body) -> str:
    if not entry.get("ip"):
        return str(entry.get("hostname") or "")
    return f"{entry['ip']} ({entry['ipMode']})" if entry.get("ipMode") else str(entry["ip"])


def _port(page: Page, port: Body) -> None:
    name, protocol = port.get("name") or UNSET, port.get("protocol") or "TCP"
    page.line(0, "Port:", name, f"{port['port']}/{protocol}")
    page.field("TargetPort", f"{port.get('targetPort') or port['port']}/{protocol}")
    if port.get("appProtocol"):
        page.field("AppProtocol", port["appProtocol"])
    if port.get("nodePort"):
        page.line(0, "NodePort:", name, f"{port['nodePort']}/{protocol}")


def _policies(page: Page, spec: Body) -> None:
    page.field("Session Affinity", spec.get("sessionAffinity") or "")
    for title, key in (
        ("External Traffic Policy", "externalTrafficPolicy"),
        ("Internal Traffic Policy", "internalTrafficPolicy"),
        ("HealthCheck NodePort", "healthCheckNodePort"),
    ):
        if spec.get(key):
            page.field(title, spec[key])
    if spec.get("loadBalancerSourceRanges"):
        page.field("LoadBalancer Source Ranges", ",".join(spec["loadBalancerSourceRanges"]))
    if spec.get("trafficDistribution"):
        page.field("Traffic Distribution", spec["trafficDistribution"])
