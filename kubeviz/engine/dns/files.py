"""What a pod is given for finding names: /etc/resolv.conf and /etc/hosts, as the kubelet writes them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...cluster.objects import Pod
from ...cluster.state import Cluster
from .zone import ZONE

DNS_IP = "10.96.0.10"
NODE_RESOLVER = "192.168.0.1"
NDOTS = 5
MOST_NDOTS = 15
MOST_NAMESERVERS = 3


class Config(NamedTuple):
    """A pod's resolv.conf."""

    nameservers: tuple[str, ...]
    search: tuple[str, ...]
    options: tuple[tuple[str, str | None], ...]
    server: str = DNS_IP
    """The cluster's DNS."""

    @property
    def ndots(self) -> int:
        """resolv.conf(5): 1 where nothing is said; what is no number counts as 0."""
        value = dict(self.options).get("ndots", "1") or ""
        return min(int(value), MOST_NDOTS) if value.isascii() and value.isdigit() else 0

    @property
    def cluster(self) -> bool:
        """Whether the cluster's DNS is asked."""
        return self.server in self.nameservers

    def __str__(self) -> str:
        options = " ".join(name if value is None else f"{name}:{value}" for name, value in self.options)
        return "".join(
            [
                f"search {' '.join(self.search)}\n" if self.search else "",
                *(f"nameserver {server}\n" for server in self.nameservers),
                f"options {options}\n" if options else "",
            ]
        )


def server_of(cluster: Cluster) -> str:
    """The address that the kubelet gives to pods as their nameserver: that of the Service kube-dns."""
    service = cluster.get("Service", "kube-system", "kube-dns")
    return service.cluster_ip or DNS_IP if service is not None else DNS_IP


@lru_cache(maxsize=1024)
def config(pod: Pod, server: str = DNS_IP) -> Config:
    """By dnsPolicy; `Default`, and ClusterFirst on the host's network, mean the node's own resolver.

    dnsConfig is added to it: nameservers and search domains behind, an option of the same name in its place
    (pkg/kubelet/network/dns).
    """
    base = _base(pod, server)
    extra = pod.spec.get("dnsConfig") or {}
    servers = dict.fromkeys((*base.nameservers, *(extra.get("nameservers") or ())))
    search = dict.fromkeys((*base.search, *(domain.rstrip(".") for domain in extra.get("searches") or ())))
    options = {**dict(base.options), **{o["name"]: o.get("value") for o in extra.get("options") or () if o.get("name")}}
    return Config(tuple(servers)[:MOST_NAMESERVERS], tuple(search), tuple(options.items()), server)


def _base(pod: Pod, server: str) -> Config:
    policy = pod.spec.get("dnsPolicy") or "ClusterFirst"
    if policy == "None":
        return Config((), (), ())
    if policy == "ClusterFirstWithHostNet" or (policy == "ClusterFirst" and not pod.host_network):
        search = (f"{pod.namespace}.svc.{ZONE}", f"svc.{ZONE}", ZONE)
        return Config((server,), search, (("ndots", str(NDOTS)),))
    return Config((NODE_RESOLVER,), (), ())


def names_tried(conf: Config, host: str) -> Iterator[str]:
    """The full names asked for, in order: search domains first for a name with fewer dots than ndots."""
    if host.endswith("."):
        yield host.rstrip(".")
        return
    searched = host.count(".") < conf.ndots
    if not searched:
        yield host
    for domain in conf.search:
        yield f"{host}.{domain}"
    if searched:
        yield host


def hostname(pod: Pod) -> str:
    """What the pod calls itself: on the host's network the node's name."""
    return pod.node if pod.host_network else pod.spec.get("hostname") or pod.name


def host_lines(pod: Pod) -> list[tuple[str, list[str]]]:
    """/etc/hosts: localhost, the pod itself, and then hostAliases in their order."""
    names = [hostname(pod)]
    if pod.spec.get("subdomain") and not pod.host_network:
        names.insert(0, f"{names[0]}.{pod.spec['subdomain']}.{pod.namespace}.svc.{ZONE}")
    aliases = [(a["ip"], a.get("hostnames") or []) for a in pod.spec.get("hostAliases") or ()]
    return [("127.0.0.1", ["localhost"]), (pod.ip, names), *aliases]


@lru_cache(maxsize=1024)
def hosts(pod: Pod) -> dict[str, str]:
    """/etc/hosts by name, in lower case; the first line with a name wins."""
    return {name.lower(): ip for ip, names in reversed(host_lines(pod)) for name in names}
