"""Repairs at the edge: the right door, an open firewall, an address from the cloud."""

from collections.abc import Iterator

from ...cluster.changes import Body
from ...cluster.objects import Service, ServicePort
from ...engine.edge import firewall_rule_for
from .case import Case
from .proposal import Create, Edit, Patch, Proposal, kubectl_patch

FIRST_NODE_PORT = 30080
LAB = ("Environment", "", "lab")


def firewall(case: Case) -> Iterator[Proposal]:
    port = int(case.params["port"])
    yield Proposal("OpenFirewall", {"port": port}, _gcloud(port), (Create(_rule(port)),))


def _rule(port: int) -> Body:
    spec = {"ports": [port], "protocol": "TCP"}
    return {"apiVersion": "kubeviz.dev/v1", "kind": "FirewallRule", "metadata": {"name": f"allow-{port}"}, "spec": spec}


def _gcloud(port: int) -> str:
    return f"gcloud compute firewall-rules create allow-{port} --allow=tcp:{port}"


def _opened(case: Case, port: int) -> tuple[Edit, ...]:
    """What the firewall needs so that the outside reaches a node's *port*."""
    outside = case.sent.source == "internet" and case.provider == "cloud"
    return (Create(_rule(port)),) if outside and firewall_rule_for(case.cluster, port, "TCP") is None else ()


def doors(case: Case) -> Iterator[Proposal]:
    """How one comes in from outside to the Service that was meant; else a door is made."""
    for service in _meant(case) if case.sent.source in ("internet", "vpc") else ():
        found = [*_balancer(case, service), *_hosts(case, service), *_node_ports(case, service)]
        yield from found or _new_door(case, service)


def _meant(case: Case) -> list[Service]:
    """The Service of the address; for a pod's address those that select it, for a name those of that name."""
    if case.service is not None:
        return [case.service]
    pod = case.cluster.pod_by_ip(case.target.host)
    if pod is not None:
        return case.cluster.services_selecting(pod)
    name = case.target.host.partition(".")[0]
    return [s for s in case.cluster.of_kind("Service") if s.name == name]


def _port(case: Case, service: Service) -> ServicePort | None:
    """The port that was asked for (by port or targetPort), else the only or first one."""
    asked = case.target.port
    fitting = [p for p in service.ports if asked in (p.port, p.target, p.node_port)]
    return next(iter([*fitting, *service.ports]), None)


def _balancer(case: Case, service: Service) -> Iterator[Proposal]:
    port = _port(case, service)
    if port is not None and service.balancer_ips:
        yield _ask(case, "UseBalancer", service, host=service.balancer_ips[0], port=port.port)


def _node_ports(case: Case, service: Service) -> Iterator[Proposal]:
    port = _port(case, service)
    node = next(iter(case.nodes_up()), None)
    if port is None or node is None or not port.node_port:
        return
    internet = case.sent.source == "internet"
    host = (node.external_ip if internet else "") or node.internal_ip
    more: dict[str, str] = {"source": "vpc"} if internet and case.provider == "bare" else {}
    edits = _opened(case, port.node_port)
    command = _gcloud(port.node_port) if edits else ""
    yield _ask(case, "UseNodePort", service, edits, command, host=host, port=port.node_port, **more)


def _hosts(case: Case, service: Service) -> Iterator[Proposal]:
    """An Ingress that leads to the Service and has an address."""
    for ingress in case.cluster.of_kind("Ingress", service.namespace):
        for rule in ingress.spec.get("rules") or () if ingress.addresses else ():
            for path in (rule.get("http") or {}).get("paths") or ():
                if ((path["backend"].get("service") or {}).get("name")) == service.name and rule.get("host"):
                    yield _ask(case, "UseIngressHost", service, host=rule["host"], port=80, scheme="http")
                    return


def _new_door(case: Case, service: Service) -> Iterator[Proposal]:
    """No door leads there: on minikube the tunnel, elsewhere a node port of its own."""
    if case.provider == "minikube":
        yield from tunnel(case)
    port = _port(case, service)
    node = next(iter(case.nodes_up()), None)
    if port is None or node is None or service.type != "ClusterIP" or service.headless:
        return
    number = next(n for n in range(FIRST_NODE_PORT, 32768) if not case.cluster.first("node_port", ("TCP", n)))
    ports = [{**p, "nodePort": number} if i == port.position else p for i, p in enumerate(service.spec["ports"])]
    patch = {"spec": {"type": "NodePort", "ports": ports}}
    internet = case.sent.source == "internet"
    yield _ask(
        case,
        "MakeNodePort",
        service,
        (Patch(service.key, patch), *_opened(case, number)),
        kubectl_patch(service, patch),
        host=(node.external_ip if internet else "") or node.internal_ip,
        port=number,
        **({"source": "vpc"} if internet and case.provider == "bare" else {}),
    )


def _ask(
    case: Case, code: str, service: Service, edits: tuple[Edit, ...] = (), command: str = "", **changes: object
) -> Proposal:
    request = case.ask(**changes)
    return Proposal(code, {"service": service.ref, "url": request.url}, command, edits, request)


def service_port(case: Case) -> Iterator[Proposal]:
    """The same address at a port that is open there."""
    service = case.service or _by_node_port(case)
    if service is None or case.inner:
        return
    for port in service.ports[:2]:
        yield _ask(case, "UsePort", service, host=case.target.host, port=port.port)
    if case.reason == "NodePortOnLoadBalancerIP":
        yield from _node_ports(case, service)


def _by_node_port(case: Case) -> Service | None:
    return next(iter(case.cluster.services_by_node_port("TCP", case.target.port)), None)


def node_port(case: Case) -> Iterator[Proposal]:
    """A node port that is open, at the same node."""
    if case.inner:
        return
    for service in case.cluster.of_kind("Service"):
        for port in service.ports:
            if port.node_port and service.namespace not in ("ingress-nginx", "kube-system"):
                edits = _opened(case, port.node_port)
                command = _gcloud(port.node_port) if edits else ""
                yield _ask(case, "UseNodePort", service, edits, command, host=case.target.host, port=port.node_port)


def other_node(case: Case) -> Iterator[Proposal]:
    """Another node has the same door."""
    internet = case.sent.source == "internet"
    for node in case.nodes_up() if not case.inner else ():
        host = (node.external_ip if internet else "") or node.internal_ip
        if host != case.target.host:
            request = case.ask(host=host)
            yield Proposal("UseOtherNode", {"node": node.name, "url": request.url}, request=request)


def public_address(case: Case) -> Iterator[Proposal]:
    public = case.params.get("public")
    if public:
        edits = _opened(case, case.target.port)
        request = case.ask(host=public)
        command = _gcloud(case.target.port) if edits else ""
        yield Proposal("UsePublicAddress", {"url": request.url}, command, edits, request)
    else:
        request = case.ask(source="vpc")
        yield Proposal("AskFromNetwork", {}, request=request)


def tunnel(case: Case) -> Iterator[Proposal]:
    """minikube's cloud: a route from the laptop to the Services' addresses."""
    if case.provider != "minikube" or case.cluster.environment.get("tunnel"):
        return
    waiting = [s for s in case.cluster.of_kind("Service") if s.type == "LoadBalancer" and not s.balancer_ips]
    named = case.target.host == case.params.get("host") and case.reason == "LoadBalancerPending"
    request = case.ask(host=waiting[0].cluster_ip, port=waiting[0].ports[0].port) if named and waiting else None
    yield Proposal("OpenTunnel", {}, "minikube tunnel", (Patch(LAB, {"spec": {"tunnel": True}}),), request)


def pending(case: Case) -> Iterator[Proposal]:
    """Where no cloud gives an address, the node port does."""
    for service in case.cluster.of_kind("Service"):
        if service.type == "LoadBalancer" and not service.balancer_ips:
            yield from _node_ports(case, service)


def plain_http(case: Case) -> Iterator[Proposal]:
    if not case.inner:
        request = case.ask(scheme="http")
        yield Proposal("UseHttp", {"url": request.url}, request=request)
