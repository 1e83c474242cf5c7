"""Names: inside a pod through its resolv.conf and CoreDNS, outside through the public DNS of the lab.

Sources: the Kubernetes DNS specification 1.1.0, resolv.conf(5), CoreDNS' kubernetes plugin.
"""

from typing import NamedTuple

from ..cluster.objects import Ingress, Pod, Service
from ..cluster.state import Cluster
from . import policy
from .journey import Journey, Story
from .model import Candidate, Evidence, Hop, Step
from .request import is_ip
from .routes import Endpoint, pick, table

ZONE = "cluster.local"
DNS_IP = "10.96.0.10"
NDOTS = 5
MOST_ALIASES = 8
OUTSIDE_NETWORK = "198.51.100."


class Answer(NamedTuple):
    """What one full name means. `why` is "" or NXDOMAIN, NODATA or LOOP; `chain` the aliases (CNAME) on the way."""

    name: str
    addresses: tuple[str, ...]
    chain: tuple[str, ...] = ()
    service: Service | None = None
    external: str = ""
    why: str = ""


def resolve(j: Journey, host: str) -> str | None:
    """The address to connect to, or None once the journey has stopped. *host* is a name."""
    if host == "localhost":
        return "127.0.0.1"
    return _inside(j, j.pod, host) if j.pod is not None else _outside(j, host)


# ── inside a pod ──


class Config(NamedTuple):
    """A pod's resolv.conf."""

    nameservers: tuple[str, ...]
    search: tuple[str, ...]
    ndots: int
    cluster: bool

    def __str__(self) -> str:
        lines = [f"search {' '.join(self.search)}"] if self.search else []
        return (
            "\n".join(
                [
                    *lines,
                    *(f"nameserver {n}" for n in self.nameservers),
                    *([f"options ndots:{self.ndots}"] if self.ndots > 1 else []),
                ]
            )
            + "\n"
        )


def config(pod: Pod) -> Config:
    """By dnsPolicy; `Default`, and ClusterFirst on the host's network, mean the node's own resolver."""
    policy_name = pod.spec.get("dnsPolicy") or "ClusterFirst"
    extra = pod.spec.get("dnsConfig") or {}
    cluster = policy_name == "ClusterFirstWithHostNet" or (policy_name == "ClusterFirst" and not pod.host_network)
    servers: tuple[str, ...] = () if policy_name == "None" else (DNS_IP,) if cluster else ("192.168.0.1",)
    search = (f"{pod.namespace}.svc.{ZONE}", f"svc.{ZONE}", ZONE) if cluster else ()
    options = {o["name"]: o.get("value") for o in extra.get("options") or ()}
    ndots = int(options.get("ndots") or (NDOTS if cluster else 1))
    servers = (*servers, *(extra.get("nameservers") or ()))[:3]
    search = tuple(dict.fromkeys((*search, *(extra.get("searches") or ()))))
    return Config(servers, search, ndots, DNS_IP in servers)


def hosts_file(pod: Pod) -> dict[str, str]:
    """/etc/hosts: the pod's own name and hostAliases, asked before DNS."""
    found = {pod.spec.get("hostname") or pod.name: pod.ip}
    for alias in pod.spec.get("hostAliases") or ():
        for name in alias.get("hostnames") or ():
            found.setdefault(name, alias["ip"])
    return found


def queries(conf: Config, host: str) -> list[str]:
    """The names tried, in order: search domains first for a name with fewer dots than ndots."""
    if host.endswith("."):
        return [host.rstrip(".")]
    searched = [f"{host}.{domain}" for domain in conf.search]
    return [*searched, host] if host.count(".") < conf.ndots else [host, *searched]


def _inside(j: Journey, pod: Pod, host: str) -> str | None:
    alias = hosts_file(pod).get(host.lower())
    if alias:
        j.log.append((_from_hosts, pod, host, alias))
        return alias
    conf = config(pod)
    if conf.cluster and not _dns_answers(j, pod, host):
        return None
    tried: list[str] = []
    empty = None
    for name in queries(conf, host.lower()):
        tried.append(name)
        answer = lookup(j.cluster, name) if conf.cluster else public(j.cluster, name)
        if answer.addresses:
            address = answer.addresses[pick(j.seed, len(answer.addresses))]
            j.log.append((_resolved, pod, host, tuple(tried), answer, address))
            return address
        if answer.why == "LOOP":
            j.stop("Loop", _alias_loop, pod, host, answer)
            return None
        if answer.why == "NODATA":
            empty = answer
    j.stop(
        "NameHasNoAddress" if empty else "NameNotFound",
        _not_resolved,
        pod,
        host,
        tuple(tried),
        empty,
        verdict="dns_error",
    )
    return None


def _dns_answers(j: Journey, pod: Pod, host: str) -> bool:
    """The query is a packet of its own: to kube-dns' cluster IP and on to a CoreDNS pod that is ready."""
    service = j.cluster.service_by_ip(DNS_IP)
    port = service.by_port.get((53, "UDP")) if service else None
    usable = table(j.cluster, service, port).usable if port else ()
    if not usable:
        j.stop("DNSUnavailable", _no_dns, pod, host, service)
        return False
    if all(policy.denied(j.cluster, pod, _server(j, e), pod.ip, e.port, "UDP") for e in usable):
        j.stop("DNSBlocked", _dns_blocked, pod, host, usable[0])
        return False
    return True


def _server(j: Journey, endpoint: Endpoint) -> Pod | None:
    return j.cluster.get("Pod", *endpoint.ref.split("/")[1:]) if endpoint.ref.startswith("pod/") else None


def lookup(cluster: Cluster, name: str) -> Answer:
    """The addresses (A) of a full name in the cluster's DNS; what is not its own it asks of the public DNS."""
    chain: list[str] = []
    at = name.lower().rstrip(".")
    while len(chain) <= MOST_ALIASES:
        if not (at == ZONE or at.endswith(f".{ZONE}")):
            found = public(cluster, at)
            return found._replace(name=name, chain=tuple(chain))
        answer, alias = _record(cluster, at)
        if alias is None:
            return answer._replace(name=name, chain=tuple(chain))
        chain.append(alias)
        at = alias
    return Answer(name, (), tuple(chain), why="LOOP")


def _record(cluster: Cluster, name: str) -> tuple[Answer, str | None]:
    """One record of the zone: an answer, or the name it is an alias for."""
    labels = name.removesuffix(f".{ZONE}").split(".")
    nothing = Answer(name, (), why="NXDOMAIN")
    if len(labels) >= 3 and labels[-1] == "svc":
        service = cluster.get("Service", labels[-2], labels[-3])
        if service is None:
            return nothing, None
        return _service_record(cluster, name, service, labels[:-3])
    if len(labels) == 3 and labels[-1] == "pod":
        address = labels[0].replace("-", ".")
        known = cluster.get("Namespace", "", labels[1]) is not None and is_ip(address)
        return (Answer(name, (address,)) if known else nothing), None
    if labels in (["svc"], ["pod"], [name]) or (
        len(labels) == 2 and labels[1] in ("svc", "pod") and cluster.get("Namespace", "", labels[0])
    ):
        return Answer(name, (), why="NODATA"), None
    return nothing, None


def _service_record(cluster: Cluster, name: str, service: Service, before: list[str]) -> tuple[Answer, str | None]:
    if service.type == "ExternalName":
        target = (service.spec.get("externalName") or "").rstrip(".").lower()
        return (Answer(name, (), service=service), target) if not before else (Answer(name, (), why="NXDOMAIN"), None)
    if service.headless:
        return _headless(cluster, name, service, before), None
    if before:
        return Answer(name, (), why="NXDOMAIN"), None
    if not service.cluster_ips:
        return Answer(name, (), service=service, why="NODATA"), None
    return Answer(name, service.cluster_ips, service=service), None


def _headless(cluster: Cluster, name: str, service: Service, before: list[str]) -> Answer:
    """The addresses of the ready pods; with a host name before the Service's, that of one pod."""
    found: dict[str, None] = {}
    for piece in cluster.of_service(service.key):
        for endpoint in piece.body.get("endpoints") or ():
            if (endpoint.get("conditions") or {}).get("ready") is False:
                continue
            if not before or endpoint.get("hostname") == before[0] or _dashed(endpoint) == before[0]:
                found |= dict.fromkeys(endpoint["addresses"])
    if not found or len(before) > 1:
        return Answer(name, (), service=service, why="NXDOMAIN")
    return Answer(name, tuple(found), service=service)


def _dashed(endpoint: dict[str, list[str]]) -> str:
    """Endpoints without a host name are named by their address."""
    return endpoint["addresses"][0].replace(".", "-")


# ── the public DNS ──


def _outside(j: Journey, host: str) -> str | None:
    answer = public(j.cluster, host.lower())
    if answer.addresses:
        address = answer.addresses[0]
        j.log.append((_resolved_outside, host, answer, address))
        return address
    ingress = _ingress_for(j.cluster, host.lower())
    if ingress is not None:
        _no_address_yet(j, host, ingress)
    elif host in ("<pending>", "pending") or host.startswith("<"):
        j.stop("LoadBalancerPending", _pending, host)
    else:
        j.stop("NameNotFound", _unknown_outside, host)
    return None


def public(cluster: Cluster, name: str) -> Answer:
    """Hosts of Ingresses that have an address, and the outside machines that ExternalName Services point to."""
    zone = cluster.derived("public-dns", cluster.lookup("kind", "Ingress"), lambda: _public_zone(cluster))
    addresses = zone.get(name) or zone.get(f"*.{name.partition('.')[2]}")
    if addresses:
        return Answer(name, addresses)
    if name in cluster.derived("external-names", cluster.lookup("kind", "Service"), lambda: _external_names(cluster)):
        return Answer(name, (outside_address(name),), external=name)
    return Answer(name, (), why="NXDOMAIN")


def _public_zone(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    zone: dict[str, tuple[str, ...]] = {}
    for ingress in cluster.of_kind("Ingress"):
        addresses = tuple(a for a in ingress.addresses if is_ip(a))
        for rule in ingress.spec.get("rules") or ():
            if rule.get("host") and addresses:
                zone.setdefault(rule["host"], addresses)
    return zone


def _external_names(cluster: Cluster) -> dict[str, str]:
    services = (s for s in cluster.of_kind("Service") if s.type == "ExternalName")
    names = ((s.spec.get("externalName") or "").rstrip(".").lower() for s in services)
    return {name: outside_address(name) for name in names if name and not name.endswith(ZONE) and not is_ip(name)}


def outside_address(name: str) -> str:
    """An address of the documentation range (RFC 5737) that stands for a machine outside."""
    return f"{OUTSIDE_NETWORK}{20 + sum(name.encode()) % 200}"


def outside_name(cluster: Cluster, ip: str) -> str | None:
    names = cluster.derived("external-names", cluster.lookup("kind", "Service"), lambda: _external_names(cluster))
    return next((name for name, address in names.items() if address == ip), None)


def _ingress_for(cluster: Cluster, host: str) -> Ingress | None:
    for ingress in cluster.of_kind("Ingress"):
        for rule in ingress.spec.get("rules") or ():
            if rule.get("host") in (host, f"*.{host.partition('.')[2]}"):
                return ingress
    return None


def _no_address_yet(j: Journey, host: str, ingress: Ingress) -> None:
    """An Ingress names the host, but nobody has given it an address: why not?"""
    from .ingress import why_unserved

    reason, evidence = why_unserved(j.cluster, ingress)
    j.stop(reason, _ingress_without_address, host, ingress, evidence, verdict="dns_error")


# ── explanations ──


def _hop(story: Story, steps: list[Step]) -> None:
    story.hops.append(_dns_hop(story, steps))


def _dns_hop(story: Story, steps: list[Step]) -> Hop:
    inside = story.journey.pod is not None
    where = "service/kube-system/kube-dns" if inside else "dns/public"
    dst = f"{DNS_IP}:53" if inside else ""
    return Hop(
        len(story.hops) + 1,
        where,
        f"{story.at}>{where}" if inside else None,
        "dns",
        "both",
        {"src": story.src, "dst": dst},
        {},
        steps,
    )


def _resolved(story: Story, pod: Pod, host: str, tried: tuple[str, ...], answer: Answer, address: str) -> None:
    params = {
        "host": host,
        "full": tried[-1],
        "address": address,
        "tried": list(tried),
        "chain": list(answer.chain),
        "count": len(answer.addresses),
    }
    evidence = []
    if answer.service is not None:
        field = "spec.externalName" if answer.service.type == "ExternalName" else "spec.clusterIP"
        evidence = [Evidence(answer.service.ref, field, answer.service.spec.get(field.partition(".")[2]))]
    reason = (
        "HeadlessResolved"
        if answer.service is not None and answer.service.headless
        else "AliasFollowed"
        if answer.chain
        else "NameResolved"
    )
    _hop(
        story,
        [
            Step(
                reason,
                params,
                evidence,
                [Candidate(name, name == tried[-1], "" if name == tried[-1] else "NXDOMAIN") for name in tried],
            )
        ],
    )


def _from_hosts(story: Story, pod: Pod, host: str, address: str) -> None:
    _hop(
        story,
        [
            Step(
                "HostsFile",
                {"host": host, "address": address},
                [Evidence(pod.ref, "spec.hostAliases", address)],
            )
        ],
    )


def _not_resolved(story: Story, pod: Pod, host: str, tried: tuple[str, ...], empty: Answer | None) -> None:
    reason = "NameHasNoAddress" if empty else "NameNotFound"
    services = [s for s in story.cluster.of_kind("Service") if s.name == host.partition(".")[0].partition(":")[0]]
    candidates = [
        Candidate(s.ref, False, "OtherNamespace" if s.namespace != pod.namespace else "NotThisName") for s in services
    ]
    params = {
        "host": host,
        "namespace": pod.namespace,
        "tried": list(tried),
        "elsewhere": [s.namespace for s in services],
    }
    _hop(story, [Step(reason, params, [], candidates)])


def _alias_loop(story: Story, pod: Pod, host: str, answer: Answer) -> None:
    _hop(story, [Step("Loop", {"host": host, "chain": list(answer.chain)})])


def _no_dns(story: Story, pod: Pod, host: str, service: Service | None) -> None:
    evidence = [Evidence(service.ref, "spec.selector", service.selector)] if service else []
    _hop(story, [Step("DNSUnavailable", {"host": host, "server": DNS_IP}, evidence)])


def _dns_blocked(story: Story, pod: Pod, host: str, endpoint: Endpoint) -> None:
    _hop(
        story,
        [
            Step(
                "DNSBlocked",
                {"host": host, "pod": pod.ref},
                [],
                policy.candidates(story.cluster, pod, None, endpoint.ip, endpoint.port, "UDP"),
            )
        ],
    )


def _resolved_outside(story: Story, host: str, answer: Answer, address: str) -> None:
    ingress = _ingress_for(story.cluster, host)
    evidence = [Evidence(ingress.ref, "status.loadBalancer.ingress[0].ip", address)] if ingress else []
    _hop(story, [Step("PublicNameResolved", {"host": host, "address": address}, evidence)])


def _unknown_outside(story: Story, host: str) -> None:
    inside = host.endswith(ZONE) or any(s.name == host.partition(".")[0] for s in story.cluster.of_kind("Service"))
    _hop(
        story,
        [
            Step(
                "NameNotFound",
                {"host": host, "tried": [host], "inside": inside, "namespace": "", "elsewhere": []},
            )
        ],
    )


def _pending(story: Story, host: str) -> None:
    services = [s for s in story.cluster.of_kind("Service") if s.type == "LoadBalancer" and not s.balancer_ips]
    provider = story.cluster.environment.get("provider", "cloud")
    _hop(
        story,
        [
            Step(
                "LoadBalancerPending",
                {"host": host, "provider": provider},
                [Evidence(s.ref, "status.loadBalancer", None) for s in services[:3]],
            )
        ],
    )


def _ingress_without_address(story: Story, host: str, ingress: Ingress, evidence: list[Evidence]) -> None:
    _hop(
        story,
        [
            Step(
                story.journey.reason,
                {"host": host, "ingress": ingress.ref, "class": ingress.class_name},
                evidence,
            )
        ],
    )
