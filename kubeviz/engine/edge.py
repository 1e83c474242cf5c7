"""The edge: what stands between the outside and the nodes — firewall, balancer, and what cannot be reached at all."""

from ..cluster.objects import Node, Obj, Service
from ..cluster.state import Cluster
from . import dns, ingress
from . import node as nodes
from .journey import Journey, Story
from .model import Candidate, Evidence, Http, Step, told
from .networks import is_cluster_ip, is_loopback, is_pod_ip
from .routes import endpoint_outside, pick, table

API_SERVER = "192.168.0.10"


def enter(j: Journey, ip: str, port: int) -> None:
    """A packet from outside the cluster to *ip*:*port*."""
    if is_loopback(ip):
        j.stop("OwnMachine", _own_machine, ip, port)
        return
    holder = j.cluster.holder(ip, port, j.protocol)
    if isinstance(holder, Node):
        _to_node(j, holder, ip, port)
    elif isinstance(holder, Service):
        _to_service(j, holder, ip, port)
    elif holder is not None or is_pod_ip(j.cluster, ip):
        j.stop("PodIPFromOutside", _unroutable, holder, ip, port)
    elif is_cluster_ip(j.cluster, ip):
        j.stop("ClusterIPFromOutside", _unroutable, None, ip, port)
    elif (found := ingress.rules_at(j.cluster, ip)) is not None:
        _to_foreign_controller(j, found, ip, port)
    else:
        beyond(j, ip, port)


def _to_foreign_controller(j: Journey, rules: ingress.Rules, ip: str, port: int) -> None:
    """An address that another controller gave its Ingresses and that nobody in the cluster has: a cloud's own."""
    j.log.append((_foreign, ip, port))
    ingress.serve(j, ingress.Door(f"external/{ip}", ip, None, rules), port)


def beyond(j: Journey, ip: str, port: int) -> None:
    """A machine beyond the cluster that somebody knows by name (or the API server) is assumed to answer."""
    name = dns.outside_name(j.cluster, ip)
    if name is None and ip != API_SERVER:
        j.stop("AddressUnreachable", _unroutable, None, ip, port)
        return
    j.http = Http(200, name or ip) if j.protocol == "TCP" else None
    j.endpoints = (endpoint_outside(ip, port),)
    j.log.append((_left, name or ip, ip, port))
    j.stop("Delivered", _outside_answered, f"{ip}:{port}")


def _to_service(j: Journey, service: Service, ip: str, port: int) -> None:
    if ip in service.entrances:
        _to_balancer(j, service, ip, port)
    elif ip in service.external_ips:
        entry = next((n for n in j.cluster.of_kind("Node") if n.up), None)
        nodes.to_external(j, service, ip, port, entry)
    elif j.cluster.environment.get("tunnel"):
        _through_tunnel(j, service, ip, port)
    else:
        j.stop("ClusterIPFromOutside", _unroutable, service, ip, port)


def _through_tunnel(j: Journey, service: Service, ip: str, port: int) -> None:
    """`minikube tunnel` routes the whole Service network from the laptop to the node."""
    found = service.by_port.get((port, j.protocol))
    if found is None:
        nodes.to_cluster_ip(j, service, ip, port)
        return
    node = next(iter(j.cluster.of_kind("Node")), None)
    nodes.forward(j, service, found, ip, port, node, local=False, masquerade=True)


def _to_balancer(j: Journey, service: Service, ip: str, port: int) -> None:
    """The balancer listens on the Service's ports only and knows which nodes live (with Local: which have a pod)."""
    if (port, j.protocol) not in service.by_port or not nodes.in_source_ranges(service, j.client):
        nodes.to_external(j, service, ip, port, None)
        return
    alive = [n for n in j.cluster.of_kind("Node") if n.up]
    routes = table(j.cluster, service, service.by_port[(port, j.protocol)])
    healthy = [n for n in alive if n.name in routes.by_node] if service.local_external and routes.usable else alive
    if not healthy:
        j.stop("NodeDown", _no_node, service, ip, port)
        return
    entry = healthy[pick(j.seed + 1, len(healthy))]
    j.log.append((_balanced, service, ip, port, entry, tuple(healthy)))
    j.front = ingress.rules_at(j.cluster, ip)
    nodes.to_external(j, service, ip, port, entry)


def _to_node(j: Journey, node: Node, ip: str, port: int) -> None:
    """A node's address: the private one only from the same network, the public one only through the firewall."""
    provider = j.cluster.environment.get("provider", "cloud")
    internet = j.request.source == "internet"
    if internet and provider != "minikube" and ip == node.internal_ip:
        j.stop("PrivateAddressFromOutside", _private, node, ip, port)
        return
    if internet and provider == "cloud":
        rule = firewall_rule_for(j.cluster, port, j.protocol)
        if rule is None:
            j.stop("FirewallBlocked", _blocked, node, ip, port)
            return
        j.log.append((_allowed, rule, port))
    nodes.to_node(j, node, ip, port)


def firewall_rule_for(cluster: Cluster, port: int, protocol: str) -> str | None:
    """The rule that lets the port in ("*" when the firewall stands open), or None."""
    if cluster.environment.get("firewall") == "open":
        return "*"
    for rule in cluster.of_kind("FirewallRule"):
        if port in rule.spec["ports"] and rule.spec.get("protocol", "TCP") == protocol:
            return str(rule.name)
    return None


# ── explanations ──


def _own_machine(story: Story, ip: str, port: int) -> None:
    params = {"ip": ip, "port": port, "from": story.journey.request.source}
    story.stay(story.at, "l4", [Step("OwnMachine", params)])


def _foreign(story: Story, ip: str, port: int) -> None:
    story.move(f"external/{ip}", "l4", [Step("ForeignController", {"ip": ip})], f"{ip}:{port}")


def _left(story: Story, name: str, ip: str, port: int) -> None:
    story.move(f"external/{name}", "l4", [Step("LeftCluster", {"host": name, "ip": ip})], f"{ip}:{port}")


def _outside_answered(story: Story, address: str) -> None:
    story.stay(story.at, "l7", [Step("OutsideAnswered", {"address": address}, note="OutsideAssumed")])


def _unroutable(story: Story, obj: Obj | None, ip: str, port: int) -> None:
    reason = story.journey.reason
    field = "spec.clusterIP" if reason == "ClusterIPFromOutside" else "status.podIP"
    evidence = [Evidence(obj.ref, field, ip)] if obj is not None else []
    where = obj.ref if obj is not None else f"external/{ip}"
    others = [
        Candidate(s.ref, False, "OtherEntrance")
        for s in story.cluster.of_kind("Service")
        if s.type in ("NodePort", "LoadBalancer") and s.namespace != "ingress-nginx"
    ]
    story.move(
        where,
        "l4",
        [Step(reason, {"ip": ip, "port": port, "from": story.journey.request.source}, evidence, others[:5])],
        f"{ip}:{port}",
    )


def _private(story: Story, node: Node, ip: str, port: int) -> None:
    step = Step(
        "PrivateAddressFromOutside",
        {"ip": ip, "node": node.name, "public": node.external_ip},
        [Evidence(node.ref, "status.addresses", ip)],
    )
    story.move(node.ref, "l4", [step], f"{ip}:{port}")


def _blocked(story: Story, node: Node, ip: str, port: int) -> None:
    rules = story.cluster.of_kind("FirewallRule")
    candidates = [Candidate(r.ref, False, "OtherPort") for r in rules]
    step = Step(
        "FirewallBlocked",
        {"ip": ip, "port": port, "node": node.name},
        [Evidence(r.ref, "spec.ports", r.spec["ports"]) for r in rules],
        candidates,
    )
    story.move("firewall/cloud", "l4", [step], f"{ip}:{port}")


def _allowed(story: Story, rule: str, port: int) -> None:
    story.passed.append(_let_in(rule, port))


@told
def _let_in(rule: str, port: int) -> Step:
    if rule == "*":
        return Step("FirewallOpen", {"port": port})
    evidence = Evidence(f"firewallrule/{rule}", "spec.ports", [port])
    return Step("FirewallAllowed", {"rule": rule, "port": port}, [evidence])


def _balanced(story: Story, service: Service, ip: str, port: int, entry: Node, healthy: tuple[Node, ...]) -> None:
    where = f"balancer/{service.namespace}/{service.name}"
    candidates = [
        Candidate(
            n.ref,
            n is entry,
            "" if n is entry else "NotThisTime" if n in healthy else "NodeDown" if not n.up else "NoLocalEndpoint",
        )
        for n in story.cluster.of_kind("Node")
    ]
    number = service.by_port[(port, story.journey.protocol)]
    step = Step(
        "BalancerPassed",
        {"ip": ip, "port": port, "node": entry.name, "nodePort": number.node_port},
        [Evidence(service.ref, "status.loadBalancer.ingress[0].ip", ip)],
        candidates,
    )
    story.move(where, "l4", [step], f"{ip}:{port}")


def _no_node(story: Story, service: Service, ip: str, port: int) -> None:
    step = Step(
        "NodeDown",
        {"service": service.ref, "ip": ip},
        [],
        [Candidate(n.ref, False, "NodeDown") for n in story.cluster.of_kind("Node")],
    )
    story.move(f"balancer/{service.namespace}/{service.name}", "l4", [step], f"{ip}:{port}")
