"""The network: `trace(cluster, request)` says what happens to a request, and why.

Pure, total and deterministic: the same cluster, request and seed give the same trace, and a packet that does not
arrive is a verdict with its evidence, never an exception (only a request no client could send is: InvalidRequest).
"""

from typing import Any

import msgspec

from ..cluster import ingresses
from ..cluster.objects import Pod
from ..cluster.state import Cluster
from . import dns, edge
from . import node as nodes
from . import pod as pods
from .journey import Affinity, Journey, Story
from .model import Curl, Evidence, Hop, Http, Step
from .pod import in_cluster
from .reasons import ENDINGS
from .request import (
    INTERNET_CLIENT,
    LAPTOP,
    PROTOCOLS,
    VPC_CLIENT,
    InvalidRequest,
    Request,
    Target,
    is_ip,
    parse_url,
)
from .routes import endpoint_of

SCHEMA = 1
_ENCODER = msgspec.json.Encoder()


class Asked(msgspec.Struct, gc=False, rename={"source": "from"}):
    """The request as the trace repeats it."""

    source: str
    method: str
    url: str
    host: str
    headers: dict[str, str]
    protocol: str
    client_ip: str


class Record(msgspec.Struct, gc=False):
    """The trace as it is written: one JSON object."""

    schema: int
    request: Asked
    rv: int
    seed: int
    verdict: str
    reason: str
    http: Http | None
    curl: Curl
    served_by: str | None
    endpoints: list[str]
    source_ip: str | None
    hops: list[Hop]
    calls: list["Record"]


class Trace:
    """What happened. The verdict is there at once; `hops` are told when they are first asked for."""

    __slots__ = ("_hops", "_journey")

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._hops: list[Hop] | None = None

    @property
    def reason(self) -> str:
        return self._journey.reason

    @property
    def verdict(self) -> str:
        return self._journey.verdict or ENDINGS[self._journey.reason].verdict

    @property
    def http(self) -> Http | None:
        return self._journey.http

    @property
    def served_by(self) -> str | None:
        return self._journey.served_by

    @property
    def source_ip(self) -> str | None:
        return self._journey.source_ip

    @property
    def calls(self) -> tuple["Trace", ...]:
        return self._journey.calls

    @property
    def affinity(self) -> Affinity:
        """The table of session affinity as it is after this request."""
        journey = self._journey
        return {**journey.affinity, **journey.sticky}

    @property
    def endpoints(self) -> list[str]:
        """Every endpoint that could have been chosen."""
        return [e.ref for e in self._journey.endpoints]

    @property
    def curl(self) -> Curl:
        return _curl(self._journey, self.verdict)

    @property
    def hops(self) -> list[Hop]:
        if self._hops is None:
            story = Story(self._journey)
            for entry in self._journey.log:
                entry[0](story, *entry[1:])
            self._hops = story.hops
        return self._hops

    @property
    def record(self) -> Record:
        j = self._journey
        r = j.request
        asked = Asked(
            r.source,
            r.method,
            r.url,
            j.target.host_header if not r.headers else _host(j),
            r.headers,
            r.protocol,
            j.client,
        )
        return Record(
            SCHEMA,
            asked,
            j.cluster.rv,
            r.seed,
            self.verdict,
            self.reason,
            self.http,
            self.curl,
            self.served_by,
            self.endpoints,
            self.source_ip,
            self.hops,
            [c.record for c in self.calls],
        )

    def to_json(self) -> bytes:
        return _ENCODER.encode(self.record)

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(self.record)
        return found


def _host(j: Journey) -> str:
    return next((v for k, v in j.request.headers.items() if k.lower() == "host"), j.target.host_header)


def _curl(j: Journey, verdict: str) -> Curl:
    """curl's exit code and message; an HTTP error is no failure to curl without --fail."""
    if verdict in ("delivered", "http_error"):
        return Curl(0, "")
    target = j.target
    if verdict == "dns_error":
        return Curl(6, f"curl: (6) Could not resolve host: {target.host}")
    if verdict == "timeout":
        return Curl(
            28,
            f"curl: (28) Failed to connect to {target.host} port {target.port} after 5000 ms: Timeout was reached",
        )
    if j.reason == "TLSNotSpoken":
        return Curl(35, "curl: (35) error:0A00010B:SSL routines::wrong version number")
    return Curl(
        7,
        f"curl: (7) Failed to connect to {target.host} port {target.port} after 0 ms: Couldn't connect to server",
    )


def trace(cluster: Cluster, request: Request, affinity: Affinity | None = None) -> Trace:
    """Send *request* through *cluster*. Raises InvalidRequest for what no client could send."""
    journey = Journey(cluster, request, parse_url(request.url))
    if affinity:
        journey.affinity = affinity
    _depart(journey)
    address = _to_connect(journey)
    if address is not None:
        _connect(journey, address)
    return Trace(journey)


def _depart(j: Journey) -> None:
    """Where the packet starts, and with which address."""
    source = j.request.source
    if j.protocol not in PROTOCOLS:
        raise InvalidRequest("protocol", f"{j.protocol} is not simulated; use TCP, UDP or SCTP")
    if source in ("internet", "vpc"):
        minikube = j.cluster.environment.get("provider") == "minikube"
        j.client = j.request.client_ip or (
            LAPTOP if minikube else INTERNET_CLIENT if source == "internet" else VPC_CLIENT
        )
        j.source = "client/laptop" if minikube else f"client/{source}"
        return
    kind, _, rest = source.partition("/")
    found = (
        j.cluster.get("Pod", *rest.split("/"))
        if kind == "pod" and rest.count("/") == 1
        else j.cluster.get("Node", "", rest)
        if kind == "node"
        else None
    )
    if found is None:
        raise InvalidRequest("from", f"no {source} to send from; use internet, vpc, node/NAME or pod/NAMESPACE/NAME")
    if isinstance(found, Pod):
        _depart_from_pod(j, found)
    else:
        j.node, j.client, j.source = found.name, found.internal_ip, found.ref


def _depart_from_pod(j: Journey, pod: Pod) -> None:
    if not pod.ip or not pod.running:
        raise InvalidRequest("from", f"{pod.ref} is not running ({pod.phase}); nothing can be sent from it")
    j.pod, j.node, j.client, j.source = pod, pod.node, pod.ip, pod.ref


def _to_connect(j: Journey) -> str | None:
    """The address to connect to: the one asked for, or the one the name stands for."""
    wanted = j.request.connect_to
    if not wanted:
        return j.target.host if j.target.address else dns.resolve(j, j.target.host)
    if wanted != "ingress":
        if not is_ip(wanted):
            raise InvalidRequest("connect_to", f"{wanted} is no IP address; write one, or `ingress`")
        return wanted
    addresses = ingresses.controller_addresses(j.cluster)
    if not addresses:
        j.stop(
            "NoIngressController" if ingresses.controller_service(j.cluster) is None else "LoadBalancerPending",
            _no_controller,
            verdict="refused",
        )
        return None
    return addresses[0]


def _connect(j: Journey, address: str) -> None:
    port = j.target.port
    if j.request.connect_to == "ingress":
        port = _ingress_port(j, port)
    if j.node:
        connect_inside(j, address, port)
    else:
        edge.enter(j, address, port)


def _ingress_port(j: Journey, port: int) -> int:
    """Without a balancer or host port the controller's outside address is a node port."""
    service = ingresses.controller_service(j.cluster)
    if service is None or service.type != "NodePort" or j.cluster.environment.get("provider") == "minikube":
        return port
    return next((p.node_port for p in service.ports if p.port == port), port)


def connect_inside(j: Journey, ip: str, port: int) -> None:
    """A packet that starts on a node or in a pod: the node's own rules apply first."""
    cluster = j.cluster
    if ip.startswith("127."):
        _to_itself(j, ip, port)
        return
    service = cluster.service_by_ip(ip)
    if service is not None:
        if ip in service.cluster_ips:
            nodes.to_cluster_ip(j, service, ip, port)
        else:
            nodes.to_external(j, service, ip, port, j.node)
        return
    found = cluster.first("pod_ip", ip)
    if found is not None:
        _to_pod(j, found, port)
        return
    node = cluster.first("node_ip", ip)
    if node is not None:
        nodes.to_node(j, node, ip, port)
    else:
        _elsewhere(j, ip, port)


def _to_pod(j: Journey, pod: Pod, port: int) -> None:
    """A pod's own address needs no Service and no rewrite."""
    endpoint = endpoint_of(pod, port)
    j.endpoints = (endpoint,)
    j.source_ip = j.client if j.pod is not None else _node_as_seen(j, pod)
    j.log.append((_direct, pod, port))
    pods.receive(j, endpoint)


def _node_as_seen(j: Journey, pod: Pod) -> str:
    node = j.cluster.get("Node", "", j.node)
    return str(node.bridge_ip if pod.node == j.node else node.internal_ip)


def _to_itself(j: Journey, ip: str, port: int) -> None:
    """localhost: the pod's own app. On a node nothing answers there, node ports included (nftables mode)."""
    if j.pod is None:
        j.stop("NodePortClosed", _loopback, ip, port)
        return
    endpoint = endpoint_of(j.pod, port, ip)
    j.endpoints = (endpoint,)
    j.source_ip = ip
    j.log.append((_own_app, j.pod, ip, port))
    pods.receive(j, endpoint)


def _elsewhere(j: Journey, ip: str, port: int) -> None:
    """An address of nobody in the cluster's networks, or one outside."""
    if in_cluster(j, ip):
        j.stop("PodIPGone", _nobody, ip, port)
        return
    name = dns.outside_name(j.cluster, ip)
    if name is None and ip != "192.168.0.10":
        j.stop("AddressUnreachable", _nobody, ip, port)
        return
    edge.outside(j, name or ip, ip, port)


def follow(j: Journey, pod: Pod, url: str, missing: list[str]) -> Trace:
    """The request that an app makes while it answers another."""
    request = Request(url=url, source=pod.ref, seed=j.seed)
    try:
        target = parse_url(url)
    except InvalidRequest:
        target = Target("http", url, 80, "/", url, "/", False)
        inner = Journey(j.cluster, request, target)
        _depart_from_pod(inner, pod)
        inner.stop("EnvMissing" if missing else "NameNotFound", _unsendable, pod, url, missing)
        return Trace(inner)
    inner = Journey(j.cluster, request, target)
    inner.depth = j.depth + 1
    _depart_from_pod(inner, pod)
    if missing:
        inner.stop("EnvMissing", _unsendable, pod, url, missing)
        return Trace(inner)
    address = _to_connect(inner)
    if address is not None:
        connect_inside(inner, address, target.port)
    return Trace(inner)


# ── explanations ──


def _no_controller(story: Story) -> None:
    ignored = story.cluster.of_kind("Ingress")
    step = Step(
        story.journey.reason,
        {"ingresses": [i.ref for i in ignored]},
        [Evidence(i.ref, "status.loadBalancer", None) for i in ignored[:3]],
    )
    story.stay(story.at, "l4", [step])


def _direct(story: Story, pod: Pod, port: int) -> None:
    source = story.journey.source_ip or ""
    step = Step("PodDirect", {"pod": pod.ref, "ip": pod.ip, "port": port}, [Evidence(pod.ref, "status.podIP", pod.ip)])
    story.move(pod.ref, "l4", [step], f"{pod.ip}:{port}", source if source != story.src else "")


def _loopback(story: Story, ip: str, port: int) -> None:
    story.stay(
        story.at,
        "l4",
        [
            Step(
                "NodePortClosed",
                {"node": story.journey.node, "port": port, "ip": ip},
                note="LoopbackNodePort",
            )
        ],
    )


def _own_app(story: Story, pod: Pod, ip: str, port: int) -> None:
    story.move(pod.ref, "l4", [Step("PodDirect", {"pod": pod.ref, "ip": ip, "port": port})], f"{ip}:{port}")


def _nobody(story: Story, ip: str, port: int) -> None:
    story.move(
        f"external/{ip}",
        "l4",
        [
            Step(
                story.journey.reason,
                {"ip": ip, "port": port, "address": f"{ip}:{port}", "from": story.journey.request.source},
            )
        ],
        f"{ip}:{port}",
    )


def _unsendable(story: Story, pod: Pod, url: str, missing: list[str]) -> None:
    evidence = [Evidence(pod.ref, "spec.containers[0].env", name) for name in missing]
    story.stay(
        pod.ref,
        "dns",
        [Step(story.journey.reason, {"pod": pod.ref, "url": url, "missing": missing, "host": url}, evidence)],
    )


__all__ = ["Affinity", "InvalidRequest", "Request", "Trace", "trace"]
