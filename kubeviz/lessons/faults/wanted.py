"""What is wanted of a repaired cluster: everything that reached something in the unbroken one reaches it again."""

from collections.abc import Iterator
from typing import NamedTuple

from ...cluster.app import parse
from ...cluster.objects import APP_ANNOTATION, Service
from ...cluster.state import Cluster
from ...engine import Request, trace
from ..checks.reachability import ReachabilityCheck
from ..places import Unknown, address, sources
from .services import ours


class Way(NamedTuple):
    """One cell: from where, to what, as an author would write them."""

    source: str
    url: str


def checks(cluster: Cluster) -> list[ReachabilityCheck]:
    """One table a Service or Ingress: who reached it, by which addresses. Tables without a row are left out."""
    found: list[ReachabilityCheck] = []
    for ways in [*_services(cluster), *_ingresses(cluster)]:
        good = [way for way in ways if _delivered(cluster, way)]
        for source in dict.fromkeys(way.source for way in good):
            urls = [way.url for way in good if way.source == source]
            found.append(ReachabilityCheck(id=f"ways-{len(found) + 1}", sources=[source], to=urls, weight=len(urls)))
    return found


def _delivered(cluster: Cluster, way: Way) -> bool:
    try:
        places = sources(cluster, way.source)
        url = address(cluster, way.url)
    except Unknown:
        return False
    return bool(places) and all(trace(cluster, Request(url, place)).verdict == "delivered" for place in places)


def _services(cluster: Cluster) -> Iterator[list[Way]]:
    for service in ours(cluster):
        yield [*_outside(cluster, service), *_inside(cluster, service)]


def _outside(cluster: Cluster, service: Service) -> Iterator[Way]:
    name = f"{service.namespace}/{service.name}"
    for path in _paths(cluster, service):
        if service.balancer_ips:
            yield Way("internet", f"http://{{balancer {name}}}:{service.ports[0].port}{path}")
        if any(p.node_port for p in service.ports):
            for node in cluster.of_kind("Node"):
                yield Way("internet", f"http://{{node {node.name}}}:{{nodeport {name}}}{path}")
                yield Way("vpc", f"http://{node.internal_ip}:{{nodeport {name}}}{path}")


def _inside(cluster: Cluster, service: Service) -> Iterator[Way]:
    for path in _paths(cluster, service):
        for port in service.ports:
            for namespace in dict.fromkeys(s.namespace for s in ours(cluster)):
                yield Way(f"every pod/{namespace}", f"http://{service.name}.{service.namespace}:{port.port}{path}")


def _paths(cluster: Cluster, service: Service) -> list[str]:
    """The paths that the app knows; those that call another app reach through it."""
    pods = cluster.selected_pods(service.namespace, service.selector)
    text = pods[0].annotations.get(APP_ANNOTATION) if pods else None
    return list(parse(text).routes) if text and parse(text).routes else ["/"]


def _ingresses(cluster: Cluster) -> Iterator[list[Way]]:
    for ingress in cluster.of_kind("Ingress"):
        ways = []
        for rule in ingress.spec.get("rules") or ():
            host = (rule.get("host") or "{balancer ingress-nginx/ingress-nginx-controller}").replace("*", "www")
            paths = [p.get("path") or "/" for p in (rule.get("http") or {}).get("paths") or ()]
            ways += [Way("internet", f"http://{host}{path}") for path in paths]
        yield ways
