"""What dig, nslookup and host do: ask the DNS server that a pod (or a machine outside) was given."""

from typing import NamedTuple

from ...cluster.objects import Pod, Service
from ...cluster.state import Cluster
from .. import policy
from ..routes import Endpoint, table
from . import files
from .records import Reply, reply
from .zone import reverse_name

PUBLIC_DNS = "198.51.100.53"
"""The resolver of a client outside."""


class Query(NamedTuple):
    """The questions asked, in order, and their replies. `failure` is a reason code where no server answered."""

    server: str
    replies: tuple[Reply, ...]
    failure: str = ""

    @property
    def answer(self) -> Reply | None:
        """The reply that counts: the first with records, else the first that knows the name, else the last."""
        known = [r for r in self.replies if r.rcode == "NOERROR"]
        best = [r for r in known if r.records] or known or list(self.replies[-1:])
        return best[0] if best else None


def query(cluster: Cluster, pod: Pod | None, name: str, type: str = "A", search: bool = True) -> Query:
    """Ask for a name, with the search list of resolv.conf as nslookup and host do, or without it as dig does.

    `pod` None is a client outside or a node: they ask the public DNS and have no search list. An IPv4 address is
    asked for by its reverse name when *type* is PTR.
    """
    if type == "PTR" and not name.lower().rstrip(".").endswith("arpa"):
        name, search = reverse_name(name), False
    if pod is None:
        return Query(PUBLIC_DNS, (reply(cluster, name, type, inside=False),))
    conf = files.config(pod, files.server_of(cluster))
    server = conf.nameservers[0] if conf.nameservers else ""
    failure = unreachable(cluster, pod).reason if conf.cluster else ""
    if failure or not server:
        return Query(server, (), failure or "DNSUnavailable")
    replies: list[Reply] = []
    for full in files.names_tried(conf, name) if search else (name,):
        replies.append(reply(cluster, full, type, conf.cluster))
        if replies[-1].records:
            break
    return Query(server, tuple(replies))


class Reach(NamedTuple):
    """Whether a pod's packets get to the cluster's DNS: `reason` is "" where they do."""

    reason: str
    service: Service | None = None
    endpoint: Endpoint | None = None


def unreachable(cluster: Cluster, pod: Pod) -> Reach:
    """The question is a packet of its own: to kube-dns' cluster IP and on to a CoreDNS pod that is ready."""
    service = cluster.get("Service", "kube-system", "kube-dns")
    port = service.by_port.get((53, "UDP")) if service is not None else None
    usable = table(cluster, service, port).usable if port is not None else ()
    blocked = None
    for endpoint in usable:
        if _answers(cluster, endpoint):
            if not cluster.policed or _allowed(cluster, pod, endpoint):
                return Reach("", service, endpoint)
            blocked = blocked or endpoint
    return Reach("DNSBlocked", service, blocked) if blocked else Reach("DNSUnavailable", service)


def _server(cluster: Cluster, endpoint: Endpoint) -> Pod | None:
    return cluster.find(endpoint.key) if endpoint.key is not None else None


def _answers(cluster: Cluster, endpoint: Endpoint) -> bool:
    """A CoreDNS pod that listens, on a node that has power."""
    server = _server(cluster, endpoint)
    if server is None:
        return True
    node = cluster.get("Node", "", server.node)
    return (endpoint.port, "UDP") in server.listening and (node is None or node.up)


def _allowed(cluster: Cluster, pod: Pod, endpoint: Endpoint) -> bool:
    return policy.denied(cluster, question(cluster, pod, endpoint)) is None


def question(cluster: Cluster, pod: Pod, endpoint: Endpoint) -> policy.Packet:
    """The packet that a question to this server is."""
    server = _server(cluster, endpoint)
    if server is None:
        return policy.leaving(pod, endpoint.ip, endpoint.port, "UDP")
    return policy.between(pod, pod.node, server, pod.ip, endpoint.port, "UDP")
